// SPDX-License-Identifier: Apache-2.0
#include "cache/token_source.h"

#include <array>
#include <set>

#include "gmock/gmock.h"

namespace strata::cache {
namespace {

TEST(TokenSourceTest, TokensNameTheirPartAndNeverRepeat) {
  TokenSource source(200);
  std::set<LeaseToken> seen;
  std::array<std::set<char>, sizeof(LeaseToken)> octets;
  for (int i = 0; i < 2000; ++i) {
    const LeaseToken token = source.Next();
    EXPECT_EQ(TokenSource::PartOf(token), 200);
    EXPECT_TRUE(seen.insert(token).second);
    for (size_t j = 0; j < token.size(); ++j) octets[j].insert(token[j]);
  }
  // 2000 random octets leave out some 0.1 of the 256 values.
  for (size_t j = 1; j < octets.size(); ++j) EXPECT_GT(octets[j].size(), 200u) << j;
}

TEST(TokenSourceTest, SourcesDiffer) { EXPECT_NE(TokenSource(1).Next(), TokenSource(1).Next()); }

}  // namespace
}  // namespace strata::cache
