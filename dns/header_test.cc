// SPDX-License-Identifier: Apache-2.0
#include "dns/header.h"

#include <string>

#include "gtest/gtest.h"

namespace strata::dns {
namespace {

TEST(HeaderTest, FieldsAreBigEndianAndUnsigned) {
  const std::string octets("\x80\xff\x7f\x00", 4);
  EXPECT_EQ(GetU16(octets, 0), 0x80ff);
  EXPECT_EQ(GetU16(octets, 1), 0xff7f);
  EXPECT_EQ(GetU16(octets, 2), 0x7f00);
}

TEST(HeaderTest, SetIsReadBackAndTouchesTwoOctets) {
  std::string octets = "....";
  for (int value = 0; value <= 0xffff; value += 0x0101) {
    SetU16(octets.data(), 1, static_cast<uint16_t>(value));
    ASSERT_EQ(GetU16(octets, 1), value);
  }
  EXPECT_EQ(octets, ".\xff\xff.");
}

// QR | opcode | AA TC RD RA | Z AD CD | rcode: the bits tile the word, but for Z.
TEST(HeaderTest, BitsTileTheFlagsWord) {
  const uint16_t opcode_mask = 0x0f << kOpcodeShift;
  EXPECT_EQ(kQr + opcode_mask + kAa + kTc + kRd + kRa + kAd + kCd + kRcodeMask, 0xffff - 0x0040);
  for (int opcode = 0; opcode < 16; ++opcode) {
    EXPECT_EQ(OpcodeOf(static_cast<uint16_t>(opcode << kOpcodeShift | (0xffff & ~opcode_mask))), opcode);
  }
}

}  // namespace
}  // namespace strata::dns
