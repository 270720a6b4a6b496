// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/signed/signatures.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/checks/signed/testing.h"

namespace strata::zonec {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Signatures, ThatAreInOrderAreNotMentioned) { EXPECT_THAT(ChecksThatFind(kNsecZone), IsEmpty()); }

TEST(Signatures, AreMissedWhereTheZoneIsAuthoritative) {
  EXPECT_THAT(ChecksThatFind(Without(kNsecZone, "RRSIG TXT 15 4")), ElementsAre("signature-missing"));
  EXPECT_THAT(ChecksThatFind(Without(kNsecZone, "RRSIG DS ")), ElementsAre("signature-missing"));
}

TEST(Signatures, OfNothingAreStray) {
  EXPECT_THAT(ChecksThatFind(Without(kNsecZone, " TXT \"deep\"")), Contains("signature-stray"));
}

TEST(Signatures, HaveFieldsThatMustFit) {
  EXPECT_THAT(ChecksThatFind(With(kNsecZone, "RRSIG TXT 15 4", "RRSIG TXT 15 3")), ElementsAre("signature-labels"));
  EXPECT_THAT(ChecksThatFind(With(kNsecZone, "RRSIG TXT 15 4 3600", "RRSIG TXT 15 4 60")),
              ElementsAre("signature-ttl"));
}

TEST(Signatures, ByAKeyThatIsGoneAreMentionedOnce) {
  EXPECT_THAT(ChecksThatFind(Without(kNsecZone, "DNSKEY 256")), ElementsAre("signature-key-unknown"));
}

TEST(Signatures, HaveTheirTime) {
  const auto at = [](uint32_t time) { return ChecksThatFind(kNsecZone, {.time = time}); };
  EXPECT_THAT(at(1577836799), ElementsAre("signature-not-yet-valid"));
  EXPECT_THAT(at(1577836800), IsEmpty());
  EXPECT_THAT(at(2145916799), ElementsAre("signature-expiring"));
  EXPECT_THAT(at(2145916801), ElementsAre("signature-expired"));
}

TEST(Signatures, NotOneIsOneFinding) {
  EXPECT_THAT(ChecksThatFind(Without(kNsecZone, " RRSIG ")), Contains("zone-unsigned"));
}

}  // namespace
}  // namespace strata::zonec
