// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/signed/keys.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/checks/signed/testing.h"

namespace strata::zonec {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Keys, AreForTheZone) {
  EXPECT_THAT(ChecksThatFind(With(kNsecZone, "DNSKEY 256 3", "DNSKEY 0 3")), Contains("dnskey-not-for-zone"));
  EXPECT_THAT(ChecksThatFind(With(kNsecZone, "DNSKEY 257 3", "DNSKEY 256 3")), Contains("dnskey-no-sep"));
  EXPECT_THAT(ChecksThatFind(With(kNsecZone, "DNSKEY 257 3", "DNSKEY 385 3")), Contains("dnskey-revoked"));
  EXPECT_THAT(ChecksThatFind(With(kNsecZone, "DNSKEY 256 3 15", "DNSKEY 256 3 13")), Contains("dnskey-malformed"));
  EXPECT_THAT(ChecksThatFind(With(kNsecZone, "DNSKEY 256 3 15", "DNSKEY 256 3 3")), Contains("dnskey-algorithm"));
}

TEST(Keys, AreWhatTheParentIsTold) {
  EXPECT_THAT(ChecksThatFind(absl::StrCat(kNsecZone, "example. 3600 IN CDNSKEY 257 3 15 AAAA\n")),
              Contains("cds-mismatch"));
  EXPECT_THAT(ChecksThatFind(absl::StrCat(kNsecZone, "example. 3600 IN CDS 1 15 2 ", std::string(64, '0'), "\n")),
              Contains("cds-mismatch"));
  EXPECT_THAT(ChecksThatFind(absl::StrCat(kNsecZone, "example. 3600 IN CDS 0 0 0 00\n")),
              ::testing::Not(Contains("cds-mismatch")));
}

}  // namespace
}  // namespace strata::zonec
