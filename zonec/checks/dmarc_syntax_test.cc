// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/dmarc_syntax.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::zonec {
namespace {

using ::testing::HasSubstr;

std::string Error(absl::string_view text) { return std::string(CheckDmarc(text).message()); }

TEST(Dmarc, IsToldByItsVersion) {
  EXPECT_TRUE(IsMeantForDmarc("v=DMARC1; p=none"));
  EXPECT_TRUE(IsMeantForDmarc("v = dmarc1"));
  EXPECT_FALSE(IsMeantForDmarc("some text"));
}

TEST(Dmarc, GoodRecords) {
  for (const char* good :
       {"v=DMARC1; p=none", "v=DMARC1;p=reject;sp=quarantine;adkim=s;aspf=r;pct=100;ri=86400;fo=0:d:s;rf=afrf;",
        "v=DMARC1; p=quarantine; rua=mailto:a@b.example,mailto:c@d.example!10m; ruf=mailto:x@y.example!5",
        "v=DMARC1; p=none; np=reject; psd=u; t=y", "v=DMARC1; p=None; rua=https://report.example/"}) {
    EXPECT_EQ(Error(good), "") << good;
  }
}

TEST(Dmarc, BadRecords) {
  EXPECT_THAT(Error("v=dmarc1; p=none"), HasSubstr("does not start with v=DMARC1"));
  EXPECT_THAT(Error("p=none; v=DMARC1"), HasSubstr("does not start with v=DMARC1"));
  EXPECT_EQ(Error("v=DMARC1; p=nothing"), "behind p= stands none, quarantine or reject, not \"nothing\"");
  EXPECT_EQ(Error("v=DMARC1; policy=none"), "there is no tag policy=");
  EXPECT_EQ(Error("v=DMARC1"), "it has no policy: the tag p= is missing");
  for (const char* tag : {"pct=101", "pct=-1", "pct=", "ri=x", "fo=2", "adkim=x", "rua=a@b.example", "rua=mailto:ab",
                          "rua=mailto:a@b.example!", "rua=mailto:a@b.example mailto:c@d.example", "rua=", "ruf=,",
                          "t=1", "p=none", "PCT=5", "none"}) {
    EXPECT_NE(Error(absl::StrCat("v=DMARC1; p=none; ", tag)), "") << tag;
  }
}

}  // namespace
}  // namespace strata::zonec
