// SPDX-License-Identifier: Apache-2.0
#include "zonec/bind/directives.h"

#include <filesystem>
#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/bind/testing.h"

namespace strata::zonec {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(DateDirective, IsReadOver) {
  const ParseOutcome outcome = ParseText("$DATE 20260131120000\n$TTL 1\na A 192.0.2.1\n");
  EXPECT_THAT(outcome.errors, testing::IsEmpty());
  EXPECT_EQ(outcome.records.size(), 1u);
  EXPECT_THAT(ParseText("$DATE today\n").errors, ElementsAre(HasSubstr("1:7 directive: \"today\" is not a time")));
  EXPECT_THAT(ParseText("$ORIGN b\n").errors, ElementsAre(HasSubstr("did you mean $ORIGIN?")));
}

TEST(Directives, OriginCompletesWhatFollows) {
  const ParseOutcome outcome = ParseText(
      "$TTL 1\na A 192.0.2.1\n$origin sub\nb CNAME c\n$ORIGIN test.\nd A 192.0.2.2\n$ORIGIN .\ne A 192.0.2.3\n");
  EXPECT_THAT(outcome.records, ElementsAre("a.example. 1 A 192.0.2.1", "b.sub.example. 1 CNAME c.sub.example.",
                                           "d.test. 1 A 192.0.2.2", "e. 1 A 192.0.2.3"));
}

TEST(Directives, TtlHoldsUntilTheNext) {
  EXPECT_THAT(ParseText("$TTL 1\na A 192.0.2.1\n$ttl 1W2d\nb A 192.0.2.2\n").records,
              ElementsAre("a.example. 1 A 192.0.2.1", "b.example. 777600 A 192.0.2.2"));
}

TEST(Directives, SayWhatIsWrong) {
  EXPECT_THAT(ParseText("$ORIGIN\n").errors, ElementsAre("1:8 directive: the directive ends too soon: $ORIGIN name"));
  EXPECT_THAT(ParseText("$ORIGIN a b\n").errors,
              ElementsAre("1:11 directive: more than the directive takes: $ORIGIN name"));
  EXPECT_THAT(ParseText("$ORIGIN a..b\n").errors, ElementsAre(HasSubstr("1:9 directive: an empty label")));
  EXPECT_THAT(ParseText("$TTL soon\na A 192.0.2.1\n").errors,
              ElementsAre(HasSubstr("1:6 directive: \"soon\" is not a TTL")));
  EXPECT_THAT(ParseText("$TTL 2147483648\n").errors, ElementsAre(HasSubstr("is not a TTL")));
  EXPECT_THAT(ParseText("$FOO bar\n").errors,
              ElementsAre(HasSubstr("1:1 directive: \"$FOO\" is no directive; they are")));
  EXPECT_TRUE(ParseText("$FOO bar\n").unreliable);
}

TEST(Directives, AnOwnerWithADollarIsEscaped) {
  EXPECT_THAT(ParseText("$TTL 1\n\\$ttl A 192.0.2.1\n").records, ElementsAre("\\$ttl.example. 1 A 192.0.2.1"));
}

class IncludeTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = testing::TempDir() + "/" + testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::create_directories(folder_);
  }
  void Write(const std::string& name, const std::string& text) { std::ofstream(folder_ + "/" + name) << text; }
  ParseOutcome Parse(const std::string& text) { return ParseText(text, "example.", {folder_}, folder_ + "/test.zone"); }

  std::string folder_;
};

TEST_F(IncludeTest, OriginAndOwnerComeBackAfterwards) {
  Write("part", " A 192.0.2.2\n$ORIGIN deep\nb A 192.0.2.3\n$TTL 9\n");
  const ParseOutcome outcome =
      Parse("$TTL 1\na A 192.0.2.1\n$INCLUDE part sub\n A 192.0.2.4\nc A 192.0.2.5\n$INCLUDE \"part\" ; again\n");
  EXPECT_THAT(outcome.errors, IsEmpty());
  EXPECT_THAT(outcome.records,
              ElementsAre("a.example. 1 A 192.0.2.1", "a.example. 1 A 192.0.2.2", "b.deep.sub.example. 1 A 192.0.2.3",
                          "a.example. 9 A 192.0.2.4", "c.example. 9 A 192.0.2.5", "c.example. 9 A 192.0.2.2",
                          "b.deep.example. 9 A 192.0.2.3"));
}

TEST_F(IncludeTest, ErrorsNameTheIncludedFile) {
  Write("part", "\nb 1 A bad\n");
  EXPECT_THAT(Parse("$INCLUDE part\n").errors, ElementsAre(HasSubstr(folder_ + "/part:2:7 rdata: A: ")));
}

TEST_F(IncludeTest, WhatCannotBeReadIsAnError) {
  EXPECT_THAT(Parse("$INCLUDE none\n").errors,
              ElementsAre(HasSubstr("1:10 directive: cannot include \"none\": no such")));
  EXPECT_THAT(Parse("$INCLUDE ../../etc/passwd\n").errors, SizeIs(1));
  EXPECT_THAT(ParseText("$INCLUDE x\n").errors, ElementsAre(HasSubstr("--include_root")));
  EXPECT_THAT(Parse("$INCLUDE part a b\n").errors, ElementsAre(HasSubstr("1:17 directive: more than")));
}

TEST_F(IncludeTest, AFileCannotIncludeItself) {
  Write("a", "$INCLUDE b\n");
  Write("b", "$INCLUDE a\n");
  EXPECT_THAT(Parse("$INCLUDE a\n").errors,
              ElementsAre(HasSubstr("b:1:10 directive: cannot include \"a\": it includes itself")));
}

TEST_F(IncludeTest, DepthAndNumberAreBounded) {
  for (int i = 0; i < 30; ++i) Write(absl::StrCat("deep", i), absl::StrCat("$INCLUDE deep", i + 1, "\n"));
  EXPECT_THAT(Parse("$INCLUDE deep0\n").errors, ElementsAre(HasSubstr("nested more than 16 deep")));
  // 2^14 inclusions, if nothing stopped them.
  for (int i = 0; i < 14; ++i) {
    Write(absl::StrCat("wide", i), absl::StrCat("$INCLUDE wide", i + 1, "\n$INCLUDE wide", i + 1, "\n"));
  }
  Write("wide14", "");
  EXPECT_THAT(Parse("$INCLUDE wide0\n").errors, ElementsAre(HasSubstr("more than 4096 files included")));
}

TEST_F(IncludeTest, WhatIsIncludedAgainIsBounded) {
  Write("large", std::string(1 << 20, '\n'));
  std::string text;
  for (int i = 0; i < 65; ++i) text += "$INCLUDE large\n";
  EXPECT_THAT(Parse(text).errors, IsEmpty());
  // Reported once.
  EXPECT_THAT(Parse(text + "$INCLUDE large\n$INCLUDE large\n").errors,
              ElementsAre(HasSubstr("66:10 directive: files are included again, more than 64 MiB")));
}

}  // namespace
}  // namespace strata::zonec
