// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/rrsets.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/checks/testing.h"

namespace strata::zonec {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(RRsets, DuplicatesAreFoundWhateverTheCaseOfNames) {
  EXPECT_THAT(CheckRecords("a A 192.0.2.1\na A 192.0.2.2\nA A 192.0.2.1\n"),
              ElementsAre("warning 6 duplicate-record: this a.example. A record stands in the zone already (note 4)"));
  EXPECT_THAT(CheckRecords("a PTR X.elsewhere.\na PTR x.elsewhere.\n"), ElementsAre(HasSubstr("duplicate-record")));
  EXPECT_THAT(CheckRecords("a TXT x\na TXT X\n"), IsEmpty());
  EXPECT_THAT(CheckRecords("a A 192.0.2.1\na A 192.0.2.1\na A 192.0.2.1\n"),
              ElementsAre(HasSubstr("warning 5"), HasSubstr("warning 6")));
}

TEST(RRsets, OneTtlForAllAndThatIsTheLowest) {
  const CheckOutcome outcome = CheckText(
      "@ 60 SOA ns.elsewhere. root 1 2 3 4 5\n@ 60 NS ns.elsewhere.\n"
      "a 30 A 192.0.2.1\na 20 A 192.0.2.2\na 25 A 192.0.2.3\na 99 TXT x\n");
  EXPECT_THAT(outcome.found, ElementsAre("warning 4 ttl-mismatch: a.example. A has TTL 20 here and 30 before; all its "
                                         "records get the lowest, 20 (RFC 2181 §5.2) (note 3)"));
  EXPECT_THAT(outcome.ttls, ElementsAre(60, 60, 20, 20, 20, 99));
}

TEST(RRsets, SignaturesOfDifferentTypesAreDifferentRRsets) {
  EXPECT_THAT(CheckRecords("a 1 A 192.0.2.1\n"
                           "a 1 RRSIG A 13 2 1 20300101000000 20200101000000 1 example. AAAA\n"
                           "a 2 RRSIG NSEC 13 2 2 20300101000000 20200101000000 1 example. AAAA\n"),
              IsEmpty());
}

TEST(RRsets, MoreRecordsThanASnapshotHoldsAreAnError) {
  std::string records;
  for (int i = 0; i < 65536; ++i) absl::StrAppend(&records, "a A 10.0.", i / 256, ".", i % 256, "\n");
  EXPECT_THAT(CheckRecords(records),
              ElementsAre("error 4 rrset-too-large: a.example. A has 65536 records; the most is 65535"));
}

TEST(RRsets, MoreThanAMessageCarriesIsAWarning) {
  const auto records = [](int count) {
    std::string text;
    for (int i = 0; i < count; ++i) absl::StrAppend(&text, "a A 10.0.", i / 256, ".", i % 256, "\n");
    return text;
  };
  // 16 octets each; the header, "a.example." and the rest of the question take 27.
  EXPECT_THAT(CheckRecords(records(4094)), IsEmpty());
  EXPECT_THAT(CheckRecords(records(4095)), ElementsAre(HasSubstr("warning 4 rrset-too-large: the 4095 records of")));
}

}  // namespace
}  // namespace strata::zonec
