// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/alias_loops.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/checks/testing.h"

namespace strata::zonec {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(CnameLoop, OfOneAndOfMore) {
  EXPECT_THAT(
      CheckRecords("a CNAME a\n"),
      ElementsAre("warning 4 cname-loop: this alias of a.example. leads back to itself: it can never be answered "
                  "(RFC 1034 §3.6.2)"));
  EXPECT_THAT(CheckRecords("c CNAME a\na CNAME b\nb CNAME C\n"),
              ElementsAre("warning 4 cname-loop: this alias of c.example. leads back to itself, by a.example., "
                          "b.example.: it can never be answered (RFC 1034 §3.6.2) (note 5)"));
}

TEST(CnameLoop, IsToldOnceHoweverManyLeadThere) {
  EXPECT_THAT(CheckRecords("x CNAME a\na CNAME b\nb CNAME a\ny CNAME b\nz CNAME y\n"),
              ElementsAre(HasSubstr("warning 5 cname-loop")));
  EXPECT_THAT(CheckRecords("a CNAME b\nb CNAME a\nc CNAME d\nd CNAME c\n"),
              ElementsAre(HasSubstr("warning 4"), HasSubstr("warning 6")));
}

TEST(CnameLoop, ByWildcardsAndDnames) {
  EXPECT_THAT(CheckRecords("*.w CNAME x.w\n"), ElementsAre(HasSubstr("cname-loop: this alias of *.w.example.")));
  EXPECT_THAT(CheckRecords("*.w CNAME x.w\nx.w A 192.0.2.1\n"), IsEmpty());
  EXPECT_THAT(CheckRecords("a CNAME x.d\nd DNAME e\nx.e CNAME a\n"), ElementsAre(HasSubstr("cname-loop")));
}

TEST(CnameLoop, ChainsAreNone) {
  EXPECT_THAT(CheckRecords("a CNAME b\nb CNAME c\nc A 192.0.2.1\nd CNAME b\n"), IsEmpty());
  // It may end elsewhere.
  EXPECT_THAT(CheckRecords("a CNAME x.sub\nsub NS ns.elsewhere.\n"), IsEmpty());
}

TEST(DnameLoop, OfOneAndOfMore) {
  EXPECT_THAT(CheckRecords("a DNAME x.a\n"), ElementsAre(HasSubstr("warning 4 dname-loop")));
  EXPECT_THAT(
      CheckRecords("a DNAME b\nb DNAME a\n"),
      ElementsAre(HasSubstr("warning 4 dname-loop: this DNAME of a.example. leads back to itself, by b.example.")));
  EXPECT_THAT(CheckRecords("a DNAME b\nb DNAME c.elsewhere.\n"), IsEmpty());
}

TEST(SvcbAliasLoop, OfOneAndOfMore) {
  EXPECT_THAT(CheckRecords("a HTTPS 0 a\n"),
              ElementsAre(HasSubstr("warning 4 svcb-alias-loop: this HTTPS alias of a.example. leads "
                                    "back to itself: it can never be answered (RFC 9460 §2.4.2)")));
  EXPECT_THAT(CheckRecords("a SVCB 0 b\nb SVCB 0 a\n"), ElementsAre(HasSubstr("warning 4 svcb-alias-loop")));
  EXPECT_THAT(CheckRecords("a HTTPS 0 b\nb CNAME a\n"), ElementsAre(HasSubstr("svcb-alias-loop")));
  // Of CNAMEs alone.
  EXPECT_THAT(CheckRecords("a HTTPS 0 b\nb CNAME c\nc CNAME b\n"), ElementsAre(HasSubstr("cname-loop")));
}

TEST(SvcbAliasLoop, OtherModesAndTypesAreNone) {
  EXPECT_THAT(CheckRecords("a HTTPS 1 a\na A 192.0.2.1\n"), IsEmpty());
  EXPECT_THAT(CheckRecords("a HTTPS 0 .\n"), IsEmpty());
  EXPECT_THAT(CheckRecords("a HTTPS 0 b\nb SVCB 0 a\n"), IsEmpty());
}

}  // namespace
}  // namespace strata::zonec
