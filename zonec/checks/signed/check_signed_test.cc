// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/signed/check_signed.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/checks/signed/testing.h"

namespace strata::zonec {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(CheckSigned, LeavesUnsignedZonesAlone) {
  EXPECT_THAT(CheckRecords("a RRSIG A 15 2 60 1 1 1 x. AAAA\n"), IsEmpty());
}

TEST(CheckSigned, NeedsKeysAndDenial) {
  EXPECT_THAT(ChecksThatFind(Without(kNsecZone, " DNSKEY ")), Contains("dnskey-missing"));
  EXPECT_THAT(ChecksThatFind(Without(kNsecZone, " NSEC ")), ElementsAre("nsec-none"));
  EXPECT_THAT(ChecksThatFind(absl::StrCat(kNsecZone, "example. 0 IN NSEC3PARAM 1 0 0 -\n")),
              Contains("nsec-and-nsec3"));
}

}  // namespace
}  // namespace strata::zonec
