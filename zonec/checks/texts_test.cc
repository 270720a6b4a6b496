// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/texts.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/checks/testing.h"

namespace strata::zonec {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Spf, Syntax) {
  EXPECT_THAT(CheckRecords("a TXT \"v=spf1 mx -all\"\nb TXT \"v=spf1 a\" \" -all\"\nc TXT \"hello v=spf1\"\n"),
              IsEmpty());
  EXPECT_THAT(CheckRecords("a TXT \"v=spf1 ip4:192.0.2.1/33 -all\"\n"),
              ElementsAre("warning 4 spf-syntax: this is no valid SPF record: \"ip4:192.0.2.1/33\": behind it stand a "
                          "colon and an IPv4 address or network (RFC 7208)"));
  EXPECT_THAT(CheckRecords("a TXT \"v=spf2 -all\"\n"), ElementsAre(HasSubstr("\"v=spf2 -all\" is no SPF record")));
  // Strings are joined with nothing between them.
  EXPECT_THAT(
      CheckRecords("a TXT \"v=spf1 include:a.example\" \"include:b.example\"\n"),
      ElementsAre(HasSubstr("4 spf-policy: in this SPF record, in \"include:a.exampleinclude:b.example\" stands a "
                            "second colon; is a blank missing before it?")));
}

TEST(Spf, ThereIsOne) {
  EXPECT_THAT(CheckRecords("a TXT \"v=spf1 -all\"\na TXT \"v=spf1 mx -all\"\na TXT x\n"),
              ElementsAre("warning 5 spf-several: a.example. has a second SPF record, so that none counts (note 4)"));
}

TEST(Spf, MakesTenLookUpsAtMost) {
  std::string ten = "a TXT \"v=spf1 mx a ptr";
  for (int i = 0; i < 7; ++i) absl::StrAppend(&ten, " include:x", i, ".elsewhere");
  EXPECT_THAT(CheckRecords(ten + " -all\"\n"), IsEmpty());
  EXPECT_THAT(CheckRecords(ten + " redirect=a.elsewhere\"\n"),
              ElementsAre(HasSubstr("spf-lookups: this SPF record makes receivers look up 11")));
}

TEST(Spf, Policy) {
  EXPECT_THAT(CheckRecords("a TXT \"v=spf1 +all\"\n"), ElementsAre(HasSubstr("warning 4 spf-policy")));
}

TEST(Spf, TypeSpfIsNotAskedForAnyMore) {
  EXPECT_THAT(CheckRecords("a SPF \"v=spf1 -all\"\n"), ElementsAre(HasSubstr("warning 4 spf-type")));
  EXPECT_THAT(CheckRecords("a SPF \"v=spf1 -all\"\na TXT \"v=spf1 -all\"\n"), IsEmpty());
}

TEST(Dmarc, SyntaxAtItsPlace) {
  EXPECT_THAT(CheckRecords("_dmarc TXT \"v=DMARC1; p=none\"\n_DMARC.a TXT other\nb TXT \"v=DMARC1; bad\"\n"),
              IsEmpty());
  EXPECT_THAT(CheckRecords("x._report._dmarc TXT \"v=DMARC1\"\n"), IsEmpty());
  EXPECT_THAT(CheckRecords("_dmarc.a TXT \"v=DMARC1; p=no\"\n"), ElementsAre(HasSubstr("warning 4 dmarc-syntax")));
  EXPECT_THAT(CheckRecords("_dmarc TXT \"v=DMARC1; p=none\"\n_dmarc TXT \"v=DMARC1; p=reject\"\n"),
              ElementsAre(HasSubstr("warning 5 dmarc-several")));
}

TEST(Dkim, KeysAtTheirPlace) {
  EXPECT_THAT(CheckRecords("s._domainkey TXT \"v=DKIM1; p=\"\n_domainkey TXT \"o=~\"\n"), IsEmpty());
  EXPECT_THAT(CheckRecords("s._domainkey TXT \"v=DKIM1; k=rsa\"\n"), ElementsAre(HasSubstr("warning 4 dkim-key")));
}

TEST(Caa, Syntax) {
  EXPECT_THAT(CheckRecords("@ CAA 0 issue \"ca.elsewhere\"\n@ CAA 128 iodef \"mailto:a@b.example\"\n"), IsEmpty());
  EXPECT_THAT(CheckRecords("@ CAA 0 isue \"ca.elsewhere\"\n"),
              ElementsAre("warning 4 caa-syntax: of this CAA record, \"isue\" is no tag that is known, so nobody heeds "
                          "it (RFC 8659 §4)"));
}

}  // namespace
}  // namespace strata::zonec
