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
  EXPECT_THAT(Written(options), ElementsAre(Pair(dns::edns_option::kCookie, std::string(kCookieSize, 'c')),
                                            Pair(dns::edns_option::kNsid, "ns1"),
                                            Pair(dns::edns_option::kTcpKeepalive, std::string({0, 100}))));
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
