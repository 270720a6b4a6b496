// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/signed/parent_ds.h"

#include "absl/strings/escaping.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/checks/signed/testing.h"

namespace strata::zonec {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// As dnssec-dsfromkey has them for the key with the SEP flag, tag 45222.
constexpr absl::string_view kSha256 = "b0a60f024803c1fefb3c45ecca2d48c56f39e94def06111ca0eefbc00a54dd3b7b311d32";
constexpr absl::string_view kSha384 =
    "b0a60f0429e2ab181f1f88102924da4d8b7d1d342d0f515374ca06aa640eee56c53887beecb6d923b4954445afc94e5823fee436";
// Of no key.
constexpr absl::string_view kOther =
    "00010f02"
    "0000000000000000000000000000000000000000000000000000000000000000";

std::vector<std::string> Found(absl::string_view zone, const std::vector<absl::string_view>& ds,
                               absl::string_view owner = absl::string_view("\7example\0", 9)) {
  SignedZoneOptions options;
  options.parent_ds.emplace();
  for (const absl::string_view hex : ds) {
    options.parent_ds->push_back({Position{}, std::string(owner), absl::HexStringToBytes(hex)});
  }
  return ChecksThatFind(zone, options);
}

TEST(ParentDs, LeadsIntoTheZone) {
  EXPECT_THAT(Found(kNsecZone, {kSha256}), IsEmpty());
  EXPECT_THAT(Found(kNsecZone, {kSha384}), IsEmpty());
  EXPECT_THAT(Found(kNsecZone, {}), IsEmpty());
}

TEST(ParentDs, IsForAKeyOfTheZone) {
  EXPECT_THAT(Found(kNsecZone, {kSha256, kOther}), ElementsAre("ds-without-key"));
  EXPECT_THAT(Found(kNsecZone, {kOther}), ::testing::UnorderedElementsAre("ds-without-key", "ds-mismatch"));
  std::string wrong_digest(kSha256);
  wrong_digest.back() = wrong_digest.back() == '0' ? '1' : '0';
  EXPECT_THAT(Found(kNsecZone, {wrong_digest}), ::testing::UnorderedElementsAre("ds-without-key", "ds-mismatch"));
}

TEST(ParentDs, IsForAKeyThatSignsTheKeys) {
  EXPECT_THAT(Found(Without(kNsecZone, "RRSIG DNSKEY 15 1 3600 20380101000000 20200101000000 45222"), {kSha256}),
              ::testing::Contains("ds-mismatch"));
}

TEST(ParentDs, IsOfTheZone) {
  EXPECT_THAT(Found(kNsecZone, {kSha256}, absl::string_view("\1e\0", 3)), ElementsAre("ds-without-key"));
}

TEST(ParentDs, MakesAnUnsignedZoneBogus) {
  constexpr absl::string_view kUnsigned = "example. 60 SOA ns.f. r.f. 1 2 3 4 5\nexample. 60 NS ns.f.\n";
  EXPECT_THAT(Found(kUnsigned, {kSha256}), ElementsAre("ds-mismatch"));
  EXPECT_THAT(Found(kUnsigned, {}), IsEmpty());
}

}  // namespace
}  // namespace strata::zonec
