// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/spf_syntax.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::zonec {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string Error(absl::string_view text) { return std::string(ParseSpf(text).status().message()); }

TEST(Spf, IsToldByItsVersion) {
  EXPECT_TRUE(IsSpf("v=spf1"));
  EXPECT_TRUE(IsSpf("V=SPF1 -all"));
  EXPECT_FALSE(IsSpf("v=spf10"));
  EXPECT_FALSE(IsSpf("v=spf1,-all"));
  EXPECT_FALSE(IsSpf("v=spf"));
}

TEST(Spf, GoodRecords) {
  for (const char* good :
       {"v=spf1", "v=spf1 -all", "v=spf1  mx  a ~all ", "v=spf1 +mx/24 a//64 a:x.example/24//64 -all",
        "v=spf1 ip4:192.0.2.1 ip4:192.0.2.0/24 ip6:2001:db8::/32 ip6:::1 ?all", "v=spf1 INCLUDE:_spf.example.com ~ALL",
        "v=spf1 exists:%{ir}.%{l1r+-}._spf.%{d} -all", "v=spf1 redirect=_spf.example.com",
        "v=spf1 mx exp=explain._spf.%{d} -all", "v=spf1 ptr:x.example -all", "v=spf1 moo.cow-far_out=man:dog/cat",
        "v=spf1 a:%{d}/8 -all"}) {
    EXPECT_THAT(Error(good), IsEmpty()) << good;
  }
}

TEST(Spf, BadRecords) {
  EXPECT_EQ(Error("v=spf1 ip4:300.0.2.1 -all"),
            "\"ip4:300.0.2.1\": behind it stand a colon and an IPv4 address or network");
  EXPECT_THAT(Error("v=spf1 ip4=192.0.2.1 -all"), HasSubstr("behind ip4 stands a colon"));
  EXPECT_THAT(Error("v=spf1 includ:x.example"), HasSubstr("there is no such mechanism"));
  EXPECT_THAT(Error("v=spf1 redirect=a.b redirect=c.d"), HasSubstr("a second redirect="));
  for (const char* bad : {"v=spf1 ip4:192.0.2.0/33",
                          "v=spf1 ip4:192.0.2.0/",
                          "v=spf1 ip4:192.0.2",
                          "v=spf1 ip4:",
                          "v=spf1 ip4",
                          "v=spf1 ip6:192.0.2.1",
                          "v=spf1 ip6:2001:db8::/129",
                          "v=spf1 include",
                          "v=spf1 include:",
                          "v=spf1 include:com",
                          "v=spf1 include:x.example/24",
                          "v=spf1 a/33",
                          "v=spf1 a/024",
                          "v=spf1 a//129",
                          "v=spf1 a:",
                          "v=spf1 all:x.example",
                          "v=spf1 -",
                          "v=spf1 --all",
                          "v=spf1 mail.example.com",
                          "v=spf1 exists",
                          "v=spf1 redirect=",
                          "v=spf1 exp=%{z}",

                          "v=spf1 1x=y",
                          "v=spf1 x=100%",
                          "v=spf1 a;mx",
                          "v=spf1 all/8"}) {
    EXPECT_FALSE(ParseSpf(bad).ok()) << bad;
  }
}

TEST(Spf, CountsWhatIsLookedUp) {
  EXPECT_EQ(ParseSpf("v=spf1 ip4:192.0.2.1 -all")->lookups, 0);
  EXPECT_EQ(ParseSpf("v=spf1 a mx ptr include:a.b exists:a.b redirect=c.d exp=e.f")->lookups, 6);
}

TEST(Spf, Doubts) {
  EXPECT_THAT(ParseSpf("v=spf1 mx -all")->doubt, IsEmpty());
  EXPECT_THAT(ParseSpf("v=spf1 mx +all")->doubt, HasSubstr("\"+all\" lets everybody"));
  EXPECT_THAT(ParseSpf("v=spf1 all")->doubt, HasSubstr("lets everybody"));
  EXPECT_THAT(ParseSpf("v=spf1 -all mx")->doubt, HasSubstr("\"mx\" stands behind all"));
  EXPECT_THAT(ParseSpf("v=spf1 -all redirect=a.b")->doubt, HasSubstr("redirect= is ignored"));
  EXPECT_THAT(ParseSpf("v=spf1 include:a.exampleinclude:b.example")->doubt, HasSubstr("a second colon"));
}

}  // namespace
}  // namespace strata::zonec
