// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/signed/verification.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/checks/signed/testing.h"

namespace strata::zonec {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const SignedZoneOptions kVerify = {.time = std::nullopt, .verify = true};

TEST(Verification, FindsNothingInARightZone) { EXPECT_THAT(ChecksThatFind(kNsecZone, kVerify), IsEmpty()); }

TEST(Verification, FindsWhatHasChanged) {
  EXPECT_THAT(ChecksThatFind(With(kNsecZone, "192.0.2.2", "192.0.2.9"), kVerify), ElementsAre("signature-wrong"));
  EXPECT_THAT(ChecksThatFind(With(kNsecZone, "192.0.2.2", "192.0.2.9")), IsEmpty());
}

TEST(Verification, DoesNotMindCase) {
  EXPECT_THAT(ChecksThatFind(With(kNsecZone, "NS ns.example.", "NS NS.Example."), kVerify), IsEmpty());
}

TEST(Verification, SaysWhatItCannotDo) {
  EXPECT_THAT(ChecksThatFind(With(kNsecZone, "RRSIG TXT 15 4", "RRSIG TXT 23 4"), kVerify),
              Contains("signature-not-verified"));
}

// More signatures than one thread takes at a time.
TEST(Verification, SharesALargeZoneAmongThreads) {
  constexpr int kNames = 300;
  const size_t start = kNsecZone.find("www.example. 3600 IN RRSIG A");
  ASSERT_NE(start, absl::string_view::npos);
  const absl::string_view signature = kNsecZone.substr(start + 3, kNsecZone.find('\n', start) - start - 3);
  std::string zone(kNsecZone);
  for (int i = 0; i < kNames; ++i) absl::StrAppend(&zone, "h", i, ".example. A 192.0.2.2\nh", i, signature, "\n");
  const std::vector<std::string> found = ChecksThatFind(absl::StrCat("$TTL 3600\n", zone), kVerify);
  EXPECT_EQ(std::count(found.begin(), found.end(), "signature-wrong"), kNames);
}

// Keys of one tag, of which the right one comes last: their octets in another order have the same sum.
TEST(Verification, GivesUpWhenManyKeysShareATag) {
  constexpr absl::string_view kKey = "example. 3600 IN DNSKEY 256 3 15 6NM6wgJuJMUCxle4Jeq+tbMIumhx3L+iXrKgrlIYZw8=\n";
  std::string key;
  ASSERT_TRUE(absl::Base64Unescape("6NM6wgJuJMUCxle4Jeq+tbMIumhx3L+iXrKgrlIYZw8=", &key));
  std::string others;
  for (size_t i = 2; i < 22; i += 2) {
    std::string other = key;
    std::swap_ranges(other.begin(), other.begin() + 2, other.begin() + static_cast<ptrdiff_t>(i));
    absl::StrAppend(&others, "example. 3600 IN DNSKEY 256 3 15 ", absl::Base64Escape(other), "\n");
  }
  const auto found = ChecksThatFind(With(kNsecZone, kKey, absl::StrCat(others, kKey)), kVerify);
  EXPECT_THAT(found, ::testing::Contains("signature-not-verified"));
  // The DNSKEY records, with the added ones, are signed by the other key, which is the only one of its tag.
  EXPECT_EQ(std::count(found.begin(), found.end(), "signature-wrong"), 1);
}

}  // namespace
}  // namespace strata::zonec
