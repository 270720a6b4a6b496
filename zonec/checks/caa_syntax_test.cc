// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/caa_syntax.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::zonec {
namespace {

using ::testing::HasSubstr;

std::string Error(int flags, absl::string_view tag, absl::string_view value) {
  std::string rdata = {static_cast<char>(flags), static_cast<char>(tag.size())};
  absl::StrAppend(&rdata, tag, value);
  return std::string(CheckCaa(rdata).message());
}

TEST(Caa, GoodRecords) {
  for (const char* good : {"ca.example", "", ";", " ; ", "ca.example; account=230123", "ca.example;a=b; c = d;",
                           "ca1-x.example; validationmethods=dns-01"}) {
    EXPECT_EQ(Error(0, "issue", good), "") << good;
    EXPECT_EQ(Error(128, "IssueWild", good), "") << good;
  }
  EXPECT_EQ(Error(0, "iodef", "mailto:a@b.example"), "");
  EXPECT_EQ(Error(0, "iodef", "https://b.example/x"), "");
  EXPECT_EQ(Error(0, "contactemail", "a@b.example"), "");
  EXPECT_EQ(Error(0, "issuemail", "ca.example"), "");
}

TEST(Caa, BadRecords) {
  EXPECT_THAT(Error(1, "issue", "ca.example"), HasSubstr("the flags are 1"));
  EXPECT_THAT(Error(0, "isue", "ca.example"), HasSubstr("\"isue\" is no tag that is known, so nobody heeds it"));
  EXPECT_THAT(Error(128, "x", ""), HasSubstr("nobody may issue"));
  EXPECT_THAT(Error(0, "issue", "https://ca.example"), HasSubstr("a URL is none"));
  EXPECT_THAT(Error(0, "iodef", "a@b.example"), HasSubstr("iodef takes a URL"));
  for (const char* bad : {"ca.example.", "ca..example", "-ca.example", "ca_x.example", "ca example", "ca.example; x",
                          "ca.example; a=b;; c=d", "ca.example; a b=c", "ca.example; a=b c", ";;"}) {
    EXPECT_NE(Error(0, "issue", bad), "") << bad;
  }
  EXPECT_NE(std::string(CheckCaa("").message()), "");
  EXPECT_NE(std::string(CheckCaa(absl::string_view("\0\xff", 2)).message()), "");
}

}  // namespace
}  // namespace strata::zonec
