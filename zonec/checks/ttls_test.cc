// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/ttls.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/checks/testing.h"

namespace strata::zonec {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Ttls, OneForAnRRsetAndThatIsTheLowest) {
  const CheckOutcome outcome = CheckText(
      "@ 60 SOA ns.elsewhere. root 1 2 3 4 5\n@ 60 NS ns.elsewhere.\n"
      "a 30 A 192.0.2.1\na 20 A 192.0.2.2\na 25 A 192.0.2.3\na 99 TXT x\n");
  EXPECT_THAT(outcome.found, ElementsAre("warning 4 ttl-mismatch: a.example. A has TTL 20 here and 30 before; all its "
                                         "records get the lowest, 20 (RFC 2181 §5.2) (note 3)"));
  EXPECT_THAT(outcome.ttls, ElementsAre(60, 60, 20, 20, 20, 99));
}

TEST(Ttls, SignaturesOfDifferentTypesAreDifferentRRsets) {
  EXPECT_THAT(CheckRecords("a 1 A 192.0.2.1\n"
                           "a 1 RRSIG A 13 2 1 20300101000000 20200101000000 1 example. AAAA\n"
                           "a 2 RRSIG NSEC 13 2 2 20300101000000 20200101000000 1 example. AAAA\n"),
              IsEmpty());
}

TEST(Ttls, LongOnesAreToldOnce) {
  EXPECT_THAT(CheckRecords("a 2592000 A 192.0.2.1\n"), IsEmpty());
  EXPECT_THAT(CheckRecords("a 2592001 A 192.0.2.1\n"),
              ElementsAre(HasSubstr("warning 4 ttl-too-long: a TTL of 30 days")));
  EXPECT_THAT(CheckRecords("a 365D A 192.0.2.1\nb 365D A 192.0.2.1\nc 365D A 192.0.2.1\n").size(), 1u);
}

}  // namespace
}  // namespace strata::zonec
