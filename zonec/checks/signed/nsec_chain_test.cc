// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/signed/nsec_chain.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/checks/signed/testing.h"

namespace strata::zonec {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(NsecChain, MayLackNoName) {
  EXPECT_THAT(ChecksThatFind(With(kNsecZone, "www.example. 3600 IN A", "new.example. 3600 IN A")),
              Contains("nsec-missing"));
}

TEST(NsecChain, LeadsFromNameToName) {
  EXPECT_THAT(ChecksThatFind(With(kNsecZone, " NSEC a.b.c.example.", " NSEC b.b.c.example.")),
              ElementsAre("nsec-chain"));
}

TEST(NsecChain, ListsTheTypes) {
  EXPECT_THAT(ChecksThatFind(With(kNsecZone, " A RRSIG NSEC", " A MX RRSIG NSEC")), ElementsAre("nsec-types"));
}

TEST(NsecChain, LeavesGlueOut) {
  EXPECT_THAT(ChecksThatFind(absl::StrCat(kNsecZone, "ns.sub.example. 300 IN NSEC www.example. A RRSIG NSEC\n")),
              Contains("nsec-stray"));
}

}  // namespace
}  // namespace strata::zonec
