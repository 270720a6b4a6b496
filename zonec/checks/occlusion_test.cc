// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/occlusion.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/checks/testing.h"

namespace strata::zonec {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Occlusion, OnlyGlueIsOfUseBelowADelegation) {
  EXPECT_THAT(CheckRecords("sub NS ns.sub\nns.sub A 192.0.2.1\nns.sub AAAA 2001:db8::1\nsub DS 1 13 2 "
                           "0000000000000000000000000000000000000000000000000000000000000000\n"),
              IsEmpty());
  EXPECT_THAT(CheckRecords("sub NS ns.elsewhere.\nwww.sub A 192.0.2.1\n"),
              ElementsAre("warning 5 occluded-by-delegation: www.sub.example. A is never answered: sub.example. has a "
                          "delegation (note 4)"));
  EXPECT_THAT(CheckRecords("ns.sub A 192.0.2.1\nns.sub TXT x\nsub NS ns.sub\n"),
              ElementsAre(HasSubstr("warning 5 occluded-by-delegation: ns.sub.example. TXT")));
}

TEST(Occlusion, WhatStandsAtTheDelegationPointIsTheChildsToo) {
  EXPECT_THAT(CheckRecords("sub NS ns.elsewhere.\nsub A 192.0.2.1\nsub TXT x\n"),
              ElementsAre(HasSubstr("warning 5"), HasSubstr("warning 6")));
  EXPECT_THAT(CheckRecords("sub NS sub\nsub A 192.0.2.1\n"), IsEmpty());
}

TEST(Occlusion, TheHighestDelegationCounts) {
  EXPECT_THAT(CheckRecords("sub NS ns.elsewhere.\na.sub NS ns.elsewhere.\n"),
              ElementsAre(HasSubstr("5 occluded-by-delegation: a.sub.example. NS is never answered: sub.example.")));
}

TEST(Occlusion, GlueMayBeForAnotherDelegation) {
  EXPECT_THAT(CheckRecords("sub NS ns.other\nother NS ns.elsewhere.\nns.other A 192.0.2.1\n"), IsEmpty());
}

TEST(Occlusion, ADnameAnswersForAllBelowItself) {
  EXPECT_THAT(CheckRecords("d DNAME x.elsewhere.\nd A 192.0.2.1\na.b.d A 192.0.2.1\n"),
              ElementsAre("warning 6 occluded-by-dname: a.b.d.example. A is never answered: d.example. has a DNAME "
                          "(note 4)"));
  EXPECT_THAT(CheckRecords("d DNAME x.elsewhere.\n*.d TXT x\n"), ElementsAre(HasSubstr("occluded-by-dname")));
}

}  // namespace
}  // namespace strata::zonec
