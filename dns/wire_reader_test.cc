// SPDX-License-Identifier: Apache-2.0
#include "dns/wire_reader.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "dns/name.h"
#include "dns/testing/hex_message.h"
#include "gtest/gtest.h"

namespace strata::dns {
namespace {

// What ReadName gives at `position`: the name's text, "FAIL" when it fails.
std::string ReadNameAt(absl::string_view message, size_t position, size_t* end = nullptr) {
  WireReader reader(message, position);
  std::string wire;
  reader.ReadName(&wire);
  if (end != nullptr) *end = reader.position();
  if (!reader.ok()) return "FAIL";
  EXPECT_TRUE(Name::FromWire(wire).ok()) << ToHex(wire);
  return WireNameToText(wire);
}

TEST(WireReader, ReadsBigEndian) {
  const std::string message = HexMessage("01 0203 04050607 fffefd");
  WireReader reader(message);
  EXPECT_EQ(reader.ReadU8(), 0x01);
  EXPECT_EQ(reader.ReadU16(), 0x0203);
  EXPECT_EQ(reader.ReadU32(), 0x04050607u);
  EXPECT_EQ(reader.remaining(), 3u);
  EXPECT_EQ(reader.ReadBytes(3), HexMessage("fffefd"));
  EXPECT_TRUE(reader.ok());
  EXPECT_TRUE(reader.AtEnd());
}

TEST(WireReader, FailureIsSticky) {
  const std::string message = HexMessage("01 02 03");
  WireReader reader(message);
  EXPECT_EQ(reader.ReadU32(), 0u);
  EXPECT_FALSE(reader.ok());
  EXPECT_EQ(reader.ReadU8(), 0);
  EXPECT_EQ(reader.ReadBytes(1), "");
  EXPECT_EQ(reader.ReadBytes(0), "");
  std::string wire;
  reader.ReadName(&wire);
  reader.ReadUncompressedName(&wire);
  reader.SkipName();
  EXPECT_EQ(wire, "");
  EXPECT_FALSE(reader.ok());
  EXPECT_TRUE(reader.AtEnd());
}

TEST(WireReader, StartingBeyondTheEndFails) {
  EXPECT_TRUE(WireReader("abc", 3).ok());
  EXPECT_FALSE(WireReader("abc", 4).ok());
}

TEST(WireReader, FollowsPointersBackwards) {
  const std::string message = HexMessage(
      "03 777777 07 6578616d706c65 00  ; 0: www.example.\n"
      "01 61 c004                      ; 13: a, then to 4\n"
      "c00d                            ; 17: to 13\n"
      "01 62 c011 ff                   ; 19: b, then to 17\n");
  size_t end = 0;
  EXPECT_EQ(ReadNameAt(message, 0, &end), "www.example.");
  EXPECT_EQ(end, 13u);
  EXPECT_EQ(ReadNameAt(message, 13, &end), "a.example.");
  EXPECT_EQ(end, 17u);
  EXPECT_EQ(ReadNameAt(message, 17, &end), "a.example.");
  EXPECT_EQ(end, 19u);
  EXPECT_EQ(ReadNameAt(message, 19, &end), "b.a.example.");
  EXPECT_EQ(end, 23u);
}

TEST(WireReader, RefusesPointersThatDoNotLeadBack) {
  EXPECT_EQ(ReadNameAt(HexMessage("c000"), 0), "FAIL");                 // to itself
  EXPECT_EQ(ReadNameAt(HexMessage("c002 00"), 0), "FAIL");              // forward
  EXPECT_EQ(ReadNameAt(HexMessage("0161 c000"), 0), "FAIL");            // to its own first label
  EXPECT_EQ(ReadNameAt(HexMessage("0161 c002"), 0), "FAIL");            // to the pointer
  EXPECT_EQ(ReadNameAt(HexMessage("0161 c004 c002"), 4), "FAIL");       // two that point at each other
  EXPECT_EQ(ReadNameAt(HexMessage("0161 0162 c002 c000"), 6), "FAIL");  // back, then into the run being read
  EXPECT_EQ(ReadNameAt(HexMessage("00 c3ff"), 1), "FAIL");              // outside
}

TEST(WireReader, RefusesNamesThatAreCutOff) {
  for (const char* hex : {"", "01", "01 61", "03 6161", "01 61 c0", "c0"}) {
    EXPECT_EQ(ReadNameAt(HexMessage(hex), 0), "FAIL") << hex;
  }
}

// RFC 1035 §4.1.4 keeps 01 and 10 in reserve; RFC 6891 §5 retired the label types that used them.
TEST(WireReader, RefusesOtherLabelTypes) {
  EXPECT_EQ(ReadNameAt(HexMessage("40") + std::string(64, 'x') + HexMessage("00"), 0), "FAIL");
  EXPECT_EQ(ReadNameAt(HexMessage("81 61 00"), 0), "FAIL");
}

// A message with a name of `first_size` octets at 0, then a label of one octet that points at it.
std::string OneLabelBefore(size_t first_size) {
  std::string message;
  for (size_t left = first_size - 1; left > 0;) {
    const size_t label = left > 64 ? (left - 64 == 1 ? 62 : 63) : left - 1;
    absl::StrAppend(&message, std::string(1, static_cast<char>(label)), std::string(label, 'x'));
    left -= label + 1;
  }
  message.push_back('\0');
  EXPECT_EQ(message.size(), first_size);
  return absl::StrCat(message, HexMessage("01 61 c000"));
}

TEST(WireReader, NamesHave255OctetsAtMost) {
  std::string wire;
  const std::string fits = OneLabelBefore(253);
  WireReader reader(fits, 253);
  reader.ReadName(&wire);
  EXPECT_TRUE(reader.ok());
  EXPECT_EQ(wire.size(), 255u);

  EXPECT_EQ(ReadNameAt(OneLabelBefore(254), 254), "FAIL");
  EXPECT_NE(ReadNameAt(OneLabelBefore(255), 0), "FAIL");
  EXPECT_EQ(ReadNameAt(OneLabelBefore(256), 0), "FAIL");
}

// The most pointers that one can pack into a message: each after a label of its own, each to the one before. The size
// of the name ends the walk.
TEST(WireReader, ChainsOfPointersEnd) {
  std::string message(1, '\0');
  std::string before = HexMessage("c000");
  size_t last = 0;
  for (int i = 0; i < 1000; ++i) {
    const size_t at = message.size();
    absl::StrAppend(&message, HexMessage("01 61"), before);
    before = {static_cast<char>(0xc0 | at >> 8), static_cast<char>(at)};
    last = at;
    // 126 labels of one octet and the root make 253 octets, 127 make 255.
    EXPECT_EQ(ReadNameAt(message, at) == "FAIL", i >= 127) << i;
  }
  EXPECT_EQ(ReadNameAt(message, last), "FAIL");
  // Pointers alone, without labels between, cost one step each and end as well.
  std::string pointers(1, '\0');
  for (size_t target = 0; pointers.size() < 16000;) {
    const size_t at = pointers.size();
    pointers += {static_cast<char>(0xc0 | target >> 8), static_cast<char>(target)};
    target = at;
  }
  EXPECT_EQ(ReadNameAt(pointers, pointers.size() - 2), ".");
}

TEST(WireReader, AppendsToWhatIsThere) {
  const std::string message = HexMessage("01 61 00");
  WireReader reader(message);
  std::string wire(300, 'x');
  reader.ReadName(&wire);
  EXPECT_TRUE(reader.ok());
  EXPECT_EQ(wire.substr(300), message);
}

TEST(WireReader, UncompressedNamesHaveNoPointers) {
  const std::string message = HexMessage("01 61 00 01 62 c000");
  WireReader reader(message);
  std::string wire;
  reader.ReadUncompressedName(&wire);
  EXPECT_TRUE(reader.ok());
  EXPECT_EQ(wire, HexMessage("01 61 00"));
  reader.ReadUncompressedName(&wire);
  EXPECT_FALSE(reader.ok());
  EXPECT_EQ(wire, HexMessage("01 61 00"));
}

TEST(WireReader, SkipsNamesWithoutFollowing) {
  const std::string message = HexMessage("01 61 00 01 62 c3ff 99");
  WireReader reader(message);
  reader.SkipName();
  EXPECT_EQ(reader.position(), 3u);
  reader.SkipName();
  EXPECT_EQ(reader.position(), 7u);
  EXPECT_TRUE(reader.ok());
  reader.SkipName();  // 0x99 starts no label
  EXPECT_FALSE(reader.ok());
}

TEST(WireReader, LimitConfinesReads) {
  const std::string message = HexMessage("0102 0304 05");
  WireReader reader(message);
  reader.PushLimit(2);
  EXPECT_EQ(reader.remaining(), 2u);
  EXPECT_EQ(reader.ReadU16(), 0x0102);
  reader.PopLimit();
  EXPECT_TRUE(reader.ok());
  EXPECT_EQ(reader.ReadU16(), 0x0304);
  reader.PushLimit(1);
  EXPECT_EQ(reader.ReadU16(), 0);
  EXPECT_FALSE(reader.ok());
}

TEST(WireReader, LimitMustBeUsedUpAndInside) {
  WireReader unread("abcd");
  unread.PushLimit(2);
  unread.ReadU8();
  unread.PopLimit();
  EXPECT_FALSE(unread.ok());
  EXPECT_EQ(unread.ReadU8(), 0);

  WireReader beyond("abcd");
  beyond.PushLimit(5);
  EXPECT_FALSE(beyond.ok());
}

TEST(WireReader, LimitHoldsForLabelsAndNotForWhatPointersLeadTo) {
  const std::string message = HexMessage("01 61 00 01 62 c000 00");
  WireReader inside(message, 3);
  std::string wire;
  inside.PushLimit(4);
  inside.ReadName(&wire);
  inside.PopLimit();
  EXPECT_TRUE(inside.ok());
  EXPECT_EQ(WireNameToText(wire), "b.a.");

  WireReader cut(message, 3);
  cut.PushLimit(3);  // ends within the pointer
  cut.ReadName(&wire);
  EXPECT_FALSE(cut.ok());
}

}  // namespace
}  // namespace strata::dns
