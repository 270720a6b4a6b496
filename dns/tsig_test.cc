// SPDX-License-Identifier: Apache-2.0
#include "dns/tsig.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "dns/testing/hex_message.h"
#include "gtest/gtest.h"

namespace strata::dns {
namespace {

constexpr absl::string_view kAlgorithm = "03 61 6c 67 00";
constexpr absl::string_view kTime = "00 00 60 00 00 01";
constexpr absl::string_view kRest = R"(
  01 2c           ; fudge
  00 02 aa bb     ; MAC
  12 34           ; original ID
  00 00           ; error
  00 01 cc        ; other data
)";

TEST(TsigTest, ReadsItsFields) {
  const std::string rdata = HexMessage(absl::StrCat(kAlgorithm, kTime, kRest));
  const std::string message = rdata + "more";
  WireReader reader(message);
  Tsig tsig;
  ReadTsigRdata(rdata.size(), &reader, &tsig);
  ASSERT_TRUE(reader.ok());
  EXPECT_EQ(reader.position(), rdata.size());
  EXPECT_EQ(tsig.algorithm, HexMessage(kAlgorithm));
  EXPECT_EQ(tsig.time_signed, HexMessage(kTime));
  EXPECT_EQ(tsig.fudge, 300);
  EXPECT_EQ(tsig.original_id, 0x1234);
}

TEST(TsigTest, ReadsNothingElse) {
  const std::string rdata = HexMessage(absl::StrCat(kAlgorithm, kTime, kRest));
  for (size_t size = 0; size <= rdata.size() + 1; ++size) {
    const std::string longer = rdata + "x";
    WireReader reader(longer);
    Tsig tsig;
    ReadTsigRdata(size, &reader, &tsig);
    EXPECT_EQ(reader.ok(), size == rdata.size()) << size;
  }
  WireReader cut(rdata);
  Tsig tsig;
  ReadTsigRdata(rdata.size() + 1, &cut, &tsig);
  EXPECT_FALSE(cut.ok()) << "beyond the message";
  const std::string pointer = HexMessage(absl::StrCat("00 c0 00", kTime, kRest));
  WireReader compressed(pointer, 1);
  ReadTsigRdata(pointer.size() - 1, &compressed, &tsig);
  EXPECT_FALSE(compressed.ok()) << "RFC 8945 §4.2: the algorithm is not compressed";
}

TEST(TsigTest, WritesWithoutAMac) {
  const std::string key = HexMessage("01 6b 00");
  const std::string rdata = HexMessage(absl::StrCat(kAlgorithm, kTime, kRest));
  WireReader reader(rdata);
  Tsig tsig;
  ReadTsigRdata(rdata.size(), &reader, &tsig);
  tsig.key = key;
  std::string out(UnsignedTsigSize(tsig), 'x');
  WriteUnsignedTsig(tsig, tsig_error::kBadKey, out.data());
  EXPECT_EQ(ToHex(out), ToHex(HexMessage(absl::StrCat("01 6b 00 00 fa 00 ff 00 00 00 00 00 15", kAlgorithm, kTime,
                                                      "01 2c 00 00 12 34 00 11 00 00"))));
}

}  // namespace
}  // namespace strata::dns
