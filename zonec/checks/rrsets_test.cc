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

TEST(RRsets, ManyRecordsAreComparedAsWell) {
  std::string records;
  for (int i = 0; i < 100; ++i) absl::StrAppend(&records, "a A 10.0.0.", i, "\n");
  EXPECT_THAT(CheckRecords(records), IsEmpty());
  EXPECT_THAT(CheckRecords(records + "a A 10.0.0.50\n"), ElementsAre(HasSubstr("warning 104 duplicate-record")));
}

TEST(RRsets, MoreThanUdpCarriesIsToldWhenAskedFor) {
  const auto records = [](int count) {
    std::string text;
    for (int i = 0; i < count; ++i) absl::StrAppend(&text, "a A 10.0.0.", i, "\n");
    return text;
  };
  // As below: 27 octets and 16 each.
  EXPECT_THAT(CheckRecords(records(80)), IsEmpty());
  EXPECT_THAT(CheckRecords(records(75), Warning("udp-truncation")), IsEmpty());
  EXPECT_THAT(CheckRecords(records(76), Warning("udp-truncation")),
              ElementsAre(HasSubstr("warning 4 udp-truncation: an answer with a.example. A takes 1243 octets")));
  const std::string text =
      absl::StrCat("a TXT", absl::StrCat(" ", std::string(250, 'x')), absl::StrCat(" ", std::string(250, 'x')),
                   absl::StrCat(" ", std::string(250, 'x')), absl::StrCat(" ", std::string(250, 'x')),
                   absl::StrCat(" ", std::string(250, 'x')), "\n");
  EXPECT_THAT(CheckRecords(text, Warning("udp-truncation")), ElementsAre(HasSubstr("udp-truncation")));
}

TEST(RRsets, MoreRecordsThanASnapshotHoldsAreAnError) {
  std::string records;
  for (int i = 0; i < 65536; ++i) absl::StrAppend(&records, "a A 10.0.", i / 256, ".", i % 256, "\n");
  EXPECT_THAT(CheckRecords(records),
              ElementsAre("error 4 rrset-too-large: a.example. A has 65536 records; the most is 65535"));
}

TEST(RRsets, MoreThanAMessageCarriesAreAnError) {
  const auto records = [](int count) {
    std::string text;
    for (int i = 0; i < count; ++i) absl::StrAppend(&text, "a A 10.0.", i / 256, ".", i % 256, "\n");
    return text;
  };
  // 16 octets each; the header, "a.example." and the rest of the question take 27.
  EXPECT_THAT(CheckRecords(records(4094)), IsEmpty());
  EXPECT_THAT(CheckRecords(records(4095)), ElementsAre(HasSubstr("error 4 rrset-too-large: the 4095 records of")));
}

}  // namespace
}  // namespace strata::zonec
