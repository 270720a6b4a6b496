// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/signed/nsec3_chain.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/checks/signed/testing.h"

namespace strata::zonec {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Nsec3Chain, WithASaltIsComplete) { EXPECT_THAT(ChecksThatFind(kNsec3Zone), ElementsAre("nsec3-salt")); }

TEST(Nsec3Chain, MayLackNoName) {
  EXPECT_THAT(ChecksThatFind(absl::StrCat(kNsec3Zone, "new.example. 3600 IN NS ns.elsewhere.\n")),
              ElementsAre("nsec3-salt", "nsec3-missing"));
}

TEST(Nsec3Chain, MayLeaveOutUnsignedDelegationsByOptOut) {
  std::string zone(kNsec3Zone);
  for (size_t at = 0; (at = zone.find("NSEC3 1 0", at)) != std::string::npos; ++at) zone[at + 8] = '1';
  EXPECT_THAT(ChecksThatFind(absl::StrCat(zone, "x.new.example. 3600 IN NS ns.elsewhere.\n")),
              ElementsAre("nsec3-salt"));
}

TEST(Nsec3Chain, ListsTheTypes) {
  EXPECT_THAT(ChecksThatFind(With(kNsec3Zone, " A RRSIG\n", " A MX RRSIG\n")),
              ElementsAre("nsec3-salt", "nsec3-types"));
}

TEST(Nsec3Chain, IsClosed) {
  EXPECT_THAT(ChecksThatFind(Without(kNsec3Zone, "UC66I7VRQJO5INRCOFKBVE3I8L3K0R7E.example.")),
              ElementsAre("nsec3-salt", "nsec3-missing", "nsec3-chain"));
}

TEST(Nsec3Chain, IsTheOneThatTheApexNames) {
  EXPECT_THAT(ChecksThatFind(With(kNsec3Zone, "NSEC3PARAM 1 0 0 ABCD", "NSEC3PARAM 1 0 0 -")),
              ElementsAre("nsec3-param", "nsec3-param"));
  EXPECT_THAT(ChecksThatFind(With(kNsec3Zone, "NSEC3PARAM 1 0 0 ABCD", "NSEC3PARAM 1 0 51 -")),
              Contains("nsec3-iterations-excessive"));
}

}  // namespace
}  // namespace strata::zonec
