// SPDX-License-Identifier: Apache-2.0
#include "dns/edns.h"

#include <string>
#include <utility>
#include <vector>

#include "dns/header.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::dns {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

std::string Octets(std::initializer_list<int> octets) { return std::string(octets.begin(), octets.end()); }

struct Walk {
  std::vector<std::pair<uint16_t, std::string>> options;
  bool well_formed = false;
};

Walk WalkOptions(absl::string_view options) {
  Walk walk;
  EdnsOptionCursor cursor(options);
  while (cursor.Next()) walk.options.emplace_back(cursor.code(), std::string(cursor.value()));
  walk.well_formed = cursor.well_formed();
  EXPECT_FALSE(cursor.Next()) << "ends for good";
  EXPECT_EQ(cursor.well_formed(), walk.well_formed);
  return walk;
}

TEST(EdnsOptionCursorTest, NoOptions) {
  EXPECT_THAT(WalkOptions("").options, IsEmpty());
  EXPECT_TRUE(WalkOptions("").well_formed);
  EXPECT_TRUE(WalkOptions(absl::string_view()).well_formed);
}

TEST(EdnsOptionCursorTest, StepsThroughOptionsInOrder) {
  std::string options;
  AppendEdnsOption(edns_option::kNsid, "", &options);
  AppendEdnsOption(edns_option::kCookie, "12345678", &options);
  AppendEdnsOption(65001, absl::string_view("\0\xff", 2), &options);
  AppendEdnsOption(edns_option::kCookie, "again", &options);
  const Walk walk = WalkOptions(options);
  EXPECT_TRUE(walk.well_formed);
  EXPECT_THAT(walk.options,
              ElementsAre(Pair(3, ""), Pair(10, "12345678"), Pair(65001, std::string("\0\xff", 2)), Pair(10, "again")));
}

TEST(EdnsOptionCursorTest, EveryCutIsMalformedButTheBoundaries) {
  std::string options;
  AppendEdnsOption(1, "ab", &options);  // 6 octets
  AppendEdnsOption(2, "", &options);    // 4
  AppendEdnsOption(3, "c", &options);   // 5
  for (size_t size = 0; size <= options.size(); ++size) {
    const Walk walk = WalkOptions(absl::string_view(options).substr(0, size));
    EXPECT_EQ(walk.well_formed, size == 0 || size == 6 || size == 10 || size == 15) << size;
    EXPECT_EQ(walk.options.size(), (size >= 6 ? 1u : 0u) + (size >= 10 ? 1u : 0u) + (size >= 15 ? 1u : 0u)) << size;
  }
}

TEST(EdnsOptionCursorTest, ALengthBeyondTheEnd) {
  EXPECT_FALSE(WalkOptions(Octets({0, 10, 0xff, 0xff, 1, 2})).well_formed);
  EXPECT_FALSE(WalkOptions(Octets({0, 10, 0, 3, 1, 2})).well_formed);
}

TEST(EdnsTest, OptionIsCodeLengthValue) {
  std::string options = "before";
  AppendEdnsOption(0x0102, "abc", &options);
  EXPECT_EQ(options, "before" + Octets({1, 2, 0, 3, 'a', 'b', 'c'}));
}

TEST(EdnsTest, ExtendedErrorIsInfoCodeAndText) {
  std::string options;
  AppendExtendedError({extended_error::kProhibited, "go away"}, &options);
  AppendExtendedError({0x1234, ""}, &options);
  EXPECT_EQ(options, Octets({0, 15, 0, 9, 0, 18}) + "go away" + Octets({0, 15, 0, 2, 0x12, 0x34}));
}

TEST(EdnsTest, LengthsNeverLie) {
  for (size_t size : {65533u, 65534u, 65535u, 65536u, 70000u}) {
    std::string options;
    AppendEdnsOption(1, std::string(size, 'x'), &options);
    AppendExtendedError({1, std::string(size, 'y')}, &options);
    const Walk walk = WalkOptions(options);
    EXPECT_TRUE(walk.well_formed) << size;
    ASSERT_EQ(walk.options.size(), 2u) << size;
    EXPECT_EQ(walk.options[0].second.size(), std::min<size_t>(size, 65535));
    EXPECT_EQ(walk.options[1].second.size(), 2 + std::min<size_t>(size, 65533));

    Edns edns;
    const std::string raw(size, 'z');
    edns.options = raw;
    std::string record;
    AppendOptRecord(edns, &record);
    ASSERT_GE(record.size(), kOptFixedSize);
    EXPECT_EQ(GetU16(record, 9), record.size() - kOptFixedSize) << size;
    EXPECT_EQ(record.size() - kOptFixedSize, size <= 65535 ? size : 0);
  }
}

TEST(EdnsTest, OptRecord) {
  std::string options;
  AppendEdnsOption(edns_option::kNsid, "me", &options);
  Edns edns;
  edns.udp_payload_size = 1232;
  edns.extended_rcode = 0x01;
  edns.version = 0x02;
  edns.dnssec_ok = true;
  edns.options = options;
  std::string message = "m";
  AppendOptRecord(edns, &message);
  EXPECT_EQ(message, "m" +
                         Octets({0,           // owner: the root
                                 0, 41,       // type: OPT
                                 0x04, 0xd0,  // class: payload size
                                 0x01, 0x02,  // TTL: extended rcode, version
                                 0x80, 0x00,  // DO
                                 0, 6,        // RDLENGTH
                                 0, 3, 0, 2}) +
                         "me");
}

TEST(EdnsTest, ZoneVersionIsLabelsTypeAndSerial) {
  const auto value = ZoneVersionValue({.label_count = 2, .serial = 0x81020384});
  EXPECT_EQ(std::string(value.data(), value.size()), Octets({2, 0, 0x81, 2, 3, 0x84}));
}

TEST(EdnsTest, PlainOptRecord) {
  std::string message;
  AppendOptRecord(Edns(), &message);
  EXPECT_EQ(message, Octets({0, 0, 41, 0x02, 0x00, 0, 0, 0, 0, 0, 0}));
  EXPECT_EQ(message.size(), kOptFixedSize);
}

}  // namespace
}  // namespace strata::dns
