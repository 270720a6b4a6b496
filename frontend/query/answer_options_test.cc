// SPDX-License-Identifier: Apache-2.0
#include "frontend/query/answer_options.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "dns/edns.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using Options = std::vector<std::pair<uint16_t, std::string>>;

Options Read(absl::string_view wire) {
  Options options;
  dns::EdnsOptionCursor cursor(wire);
  while (cursor.Next()) options.emplace_back(cursor.code(), std::string(cursor.value()));
  EXPECT_TRUE(cursor.well_formed());
  return options;
}

// Into a buffer of just the announced size.
Options Written(const AnswerOptions& options) {
  const size_t size = SizeOf(options);
  const std::unique_ptr<char[]> out(new char[size]);
  EXPECT_EQ(WriteOptions(options, out.get()), out.get() + size);
  return Read(absl::string_view(out.get(), size));
}

TEST(AnswerOptionsTest, NoneIsNothing) { EXPECT_THAT(Written({}), IsEmpty()); }

TEST(AnswerOptionsTest, EachIsWritten) {
  AnswerOptions options;
  options.has_cookie = true;
  options.cookie.fill('c');
  options.nsid = "ns1";
  options.keepalive = 100;
  options.wants_zone_version = true;
  options.zone_version = {2, 0, 0, 0, 1, 2};
  EXPECT_THAT(Written(options), ElementsAre(Pair(dns::edns_option::kCookie, std::string(kCookieSize, 'c')),
                                            Pair(dns::edns_option::kNsid, "ns1"),
                                            Pair(dns::edns_option::kTcpKeepalive, std::string({0, 100})),
                                            Pair(dns::edns_option::kZoneVersion, std::string({2, 0, 0, 0, 1, 2}))));
}

TEST(AnswerOptionsTest, AZoneVersionThatIsStillToComeHasItsRoom) {
  AnswerOptions options;
  options.wants_zone_version = true;
  EXPECT_EQ(SizeOf(options), 10u);
  char out[10];
  EXPECT_EQ(WriteOptions(options, out), out);
  options.zone_version = {2, 0, 0, 0, 1, 2};
  EXPECT_EQ(WriteOptions(options, out), out + 10);
  EXPECT_EQ(SizeOf(MandatoryOptions(options)), 0u);
}

TEST(AnswerOptionsTest, OfWhatAnAuthoritySaysNothingElseIsTaken) {
  const std::string version("\2\0\0\0\1\2", 6);
  std::string octets;
  dns::AppendEdnsOption(dns::edns_option::kZoneVersion, version + "x", &octets);
  dns::AppendEdnsOption(dns::edns_option::kNsid, "ns", &octets);
  EXPECT_FALSE(ReadZoneVersion(octets).has_value());
  dns::AppendEdnsOption(dns::edns_option::kZoneVersion, version, &octets);
  EXPECT_EQ(ReadZoneVersion(octets), (std::array<char, 6>{2, 0, 0, 0, 1, 2}));
  octets.pop_back();
  EXPECT_FALSE(ReadZoneVersion(octets).has_value());
  EXPECT_FALSE(ReadZoneVersion("\0\x13\0\x60").has_value());
}

TEST(AnswerOptionsTest, KeepaliveOfZeroIsSaid) {
  AnswerOptions options;
  options.keepalive = 0;
  EXPECT_THAT(Written(options), ElementsAre(Pair(dns::edns_option::kTcpKeepalive, std::string(2, '\0'))));
}

TEST(AnswerOptionsTest, ExtendedErrorKeepsWhatAPersonReads) {
  const std::string text(500, 'x');
  const ExtendedErrorView error = {18, text};
  const size_t size = SizeOf(error);
  const std::unique_ptr<char[]> out(new char[size]);
  EXPECT_EQ(WriteExtendedError(error, out.get()), out.get() + size);
  const Options options = Read(absl::string_view(out.get(), size));
  ASSERT_EQ(options.size(), 1u);
  EXPECT_EQ(options[0].first, dns::edns_option::kExtendedError);
  EXPECT_EQ(options[0].second.substr(0, 2), std::string({0, 18}));
  EXPECT_LT(options[0].second.size(), 200u);
}

}  // namespace
}  // namespace strata::frontend
