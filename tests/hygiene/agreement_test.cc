// SPDX-License-Identifier: Apache-2.0
#include "tests/hygiene/agreement.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::tests {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;

ReplyDigest Digest(const char* rcode, const char* aa = "0") { return {{"reply", "yes"}, {"rcode", rcode}, {"aa", aa}}; }

std::vector<PeerDigest> Peers(ReplyDigest a, ReplyDigest b, ReplyDigest c) { return {{"A", a}, {"B", b}, {"C", c}}; }

TEST(FindDisagreementsTest, AsAllDo) {
  const auto peers = Peers(Digest("REFUSED"), Digest("REFUSED"), Digest("REFUSED"));
  EXPECT_THAT(FindDisagreements(Digest("REFUSED"), peers), IsEmpty());
  const std::vector<Disagreement> found = FindDisagreements(Digest("NOERROR"), peers);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].aspect, "rcode");
  EXPECT_EQ(found[0].ours, "NOERROR");
  EXPECT_EQ(found[0].theirs, "A: REFUSED, B: REFUSED, C: REFUSED");
}

TEST(FindDisagreementsTest, AsMostDo) {
  const auto peers = Peers(Digest("REFUSED"), Digest("FORMERR"), Digest("REFUSED"));
  EXPECT_THAT(FindDisagreements(Digest("REFUSED"), peers), IsEmpty());
  EXPECT_THAT(FindDisagreements(Digest("FORMERR"), peers), ElementsAre(Field(&Disagreement::aspect, "rcode")));
}

TEST(FindDisagreementsTest, AsOneDoes) {
  const auto peers = Peers(Digest("REFUSED"), Digest("FORMERR"), Digest("NOTIMP"));
  EXPECT_THAT(FindDisagreements(Digest("NOTIMP"), peers), IsEmpty());
  EXPECT_THAT(FindDisagreements(Digest("SERVFAIL"), peers), ElementsAre(Field(&Disagreement::ours, "SERVFAIL")));
}

TEST(FindDisagreementsTest, AspectsAreApart) {
  const auto peers = Peers(Digest("REFUSED", "1"), Digest("REFUSED", "1"), Digest("NOERROR", "0"));
  EXPECT_THAT(FindDisagreements(Digest("NOERROR", "1"), peers), ElementsAre(Field(&Disagreement::aspect, "rcode")));
}

TEST(FindDisagreementsTest, SilenceHasNoOtherAspects) {
  const auto peers = Peers(DigestOfSilence(), DigestOfSilence(), Digest("FORMERR"));
  EXPECT_THAT(FindDisagreements(DigestOfSilence(), peers), IsEmpty());
  EXPECT_THAT(FindDisagreements(Digest("NOERROR"), peers), ElementsAre(Field(&Disagreement::aspect, "reply")));
  const auto replying = Peers(DigestOfSilence(), Digest("FORMERR"), Digest("FORMERR"));
  EXPECT_THAT(FindDisagreements(DigestOfSilence(), replying), ElementsAre(Field(&Disagreement::aspect, "reply")));
  EXPECT_THAT(FindDisagreements(Digest("NOERROR"), replying), ElementsAre(Field(&Disagreement::aspect, "rcode")));
}

TEST(ExplainsTest, MatchesCaseAspectAndValue) {
  const KnownDifference known = {"type-*/udp", "rcode", "REFUSED", "why"};
  EXPECT_TRUE(Explains(known, "type-41/udp", {"rcode", "REFUSED", ""}));
  EXPECT_FALSE(Explains(known, "type-41/tcp", {"rcode", "REFUSED", ""}));
  EXPECT_FALSE(Explains(known, "type-41/udp", {"aa", "REFUSED", ""}));
  EXPECT_FALSE(Explains(known, "type-41/udp", {"rcode", "NOERROR", ""}));
}

}  // namespace
}  // namespace strata::tests
