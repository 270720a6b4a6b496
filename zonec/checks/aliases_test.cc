// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/aliases.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/checks/testing.h"

namespace strata::zonec {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Aliases, ACnameStandsAlone) {
  EXPECT_THAT(
      CheckRecords("a A 192.0.2.1\nA CNAME b.elsewhere.\n"),
      ElementsAre("error 5 cname-and-other-data: a.example. is an alias and has other records too (RFC 1034 §3.6.2) "
                  "(note 4)"));
  EXPECT_THAT(CheckRecords("@ CNAME b.elsewhere.\n"), ElementsAre(HasSubstr("error 4 cname-and-other-data")));
  EXPECT_THAT(CheckRecords("a CNAME b.elsewhere.\na DNAME c.elsewhere.\n"),
              ElementsAre(HasSubstr("cname-and-other-data")));
  EXPECT_THAT(CheckRecords("a CNAME b.elsewhere.\nx.a A 192.0.2.1\n"), IsEmpty());
}

TEST(Aliases, SignaturesMayStandBesideACname) {
  EXPECT_THAT(CheckRecords("a CNAME b.elsewhere.\n"
                           "a NSEC b CNAME RRSIG NSEC\n"
                           "a RRSIG CNAME 13 2 60 20300101000000 20200101000000 1 example. AAAA\n"),
              IsEmpty());
}

TEST(Aliases, ThereIsOneTarget) {
  EXPECT_THAT(
      CheckRecords("a CNAME b.elsewhere.\na CNAME c.elsewhere.\n"),
      ElementsAre("error 5 multiple-cname: a.example. has a second CNAME record; there can be one only (note 4)"));
  EXPECT_THAT(CheckRecords("a DNAME b.elsewhere.\na DNAME c.elsewhere.\n"),
              ElementsAre(HasSubstr("error 5 multiple-dname: a.example. has a second DNAME record")));
  EXPECT_THAT(CheckRecords("a CNAME b.elsewhere.\na CNAME B.Elsewhere.\n"),
              ElementsAre(HasSubstr("warning 5 duplicate-record")));
}

}  // namespace
}  // namespace strata::zonec
