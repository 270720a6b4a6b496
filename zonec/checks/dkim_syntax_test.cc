// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/dkim_syntax.h"

#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::zonec {
namespace {

using ::testing::HasSubstr;

std::string Error(absl::string_view text) { return std::string(CheckDkimKey(text).message()); }
std::string Key(size_t size) { return absl::Base64Escape(std::string(size, 'k')); }

TEST(DkimKey, GoodRecords) {
  EXPECT_EQ(Error(absl::StrCat("v=DKIM1; k=rsa; p=", Key(294))), "");
  EXPECT_EQ(Error(absl::StrCat("p=", Key(162), ";")), "");
  EXPECT_EQ(Error(absl::StrCat("v=DKIM1; k=ed25519; p=", Key(32))), "");
  EXPECT_EQ(Error("v=DKIM1; p="), "");  // revoked
  EXPECT_EQ(Error(absl::StrCat("v=DKIM1; h=sha256; t=y:s; s=email; n=note; p= ", Key(150), " ", Key(144))), "");
}

TEST(DkimKey, BadRecords) {
  EXPECT_EQ(Error("v=DKIM1; k=rsa"), "it has no key: the tag p= is missing");
  EXPECT_THAT(Error("k=rsa; v=DKIM1; p="), HasSubstr("v= stands first"));
  EXPECT_THAT(Error("v=DKIM2; p="), HasSubstr("v=DKIM1"));
  EXPECT_THAT(Error("v=DKIM1; k=dsa; p="), HasSubstr("rsa or ed25519, not \"dsa\""));
  EXPECT_THAT(Error("v=DKIM1; p=abc"), HasSubstr("not base64"));
  EXPECT_THAT(Error("v=DKIM1; p=ab_-"), HasSubstr("not base64"));
  EXPECT_THAT(Error(absl::StrCat("v=DKIM1; p=", Key(94))), HasSubstr("94 octets is cut short"));
  EXPECT_THAT(Error(absl::StrCat("v=DKIM1; k=ed25519; p=", Key(44))), HasSubstr("this one has 44"));
  EXPECT_THAT(Error("some text"), HasSubstr("no tag"));
}

}  // namespace
}  // namespace strata::zonec
