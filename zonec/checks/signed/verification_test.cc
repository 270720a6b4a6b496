// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/signed/verification.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/checks/signed/testing.h"

namespace strata::zonec {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr SignedZoneOptions kVerify = {.time = std::nullopt, .verify = true};

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

}  // namespace
}  // namespace strata::zonec
