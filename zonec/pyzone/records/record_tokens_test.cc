// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/records/record_tokens.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "dns/rdata_schema.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/pyzone/testing/run_with_limits.h"
#include "zonec/sources.h"

namespace strata::zonec::pyzone {
namespace {

// The tokens of a field, in brackets when quoted; or what is wrong.
std::string Tokens(dns::FieldKind kind, Value value) {
  RecordTokens tokens;
  const std::string wrong = tokens.Add({kind, "thing"}, value, {});
  if (!wrong.empty()) return "error: " + wrong;
  std::string out;
  for (const dns::TextToken& token : tokens.tokens()) {
    absl::StrAppend(&out, out.empty() ? "" : " ", token.quoted ? "[" : "", token.text, token.quoted ? "]" : "");
  }
  return out;
}

TEST(RecordTokens, ByKindOfField) {
  RunWithLimits test;
  auto& run = test.run;
  EXPECT_EQ(Tokens(dns::FieldKind::kU16, Value::Int(5)), "5");
  EXPECT_EQ(Tokens(dns::FieldKind::kU16, run.NewStr("5")), "5");
  EXPECT_EQ(Tokens(dns::FieldKind::kType, Value::Int(5)), "TYPE5");
  EXPECT_EQ(Tokens(dns::FieldKind::kString, run.NewStr("a \"b\" \\")), R"([a \"b\" \\])");
  EXPECT_EQ(Tokens(dns::FieldKind::kString, run.NewText(Kind::kBytes, "\xff")), R"([\255])");
  EXPECT_EQ(Tokens(dns::FieldKind::kName, run.NewStr("a.b")), "a.b");
  EXPECT_EQ(Tokens(dns::FieldKind::kHex, run.NewStr("AB cd")), "AB cd");
  EXPECT_EQ(Tokens(dns::FieldKind::kBase64, run.NewText(Kind::kBytes, "abc")), "YWJj");
  EXPECT_EQ(Tokens(dns::FieldKind::kSalt, run.NewText(Kind::kBytes, "")), "-");
}

TEST(RecordTokens, SayWhatAValueShouldBe) {
  RunWithLimits test;
  EXPECT_EQ(Tokens(dns::FieldKind::kU16, Value::Float(1)), "error: the thing is an int or a str, not a float");
  EXPECT_EQ(Tokens(dns::FieldKind::kU16, Value::Bool(true)), "error: the thing is an int or a str, not a bool");
  EXPECT_EQ(Tokens(dns::FieldKind::kIpv4, Value::Int(1)), "error: the thing is a str or a bytes, not an int");
}

TEST(RecordTokens, Names) {
  RunWithLimits test;
  EXPECT_EQ(CheckNameText(test.run.NewStr(".")), "");
  EXPECT_EQ(CheckNameText(test.run.NewText(Kind::kBytes, "a.b")), "");
  EXPECT_EQ(CheckNameText(Value::None()), "a name is a str or a bytes, not None");
  EXPECT_EQ(CheckNameText(test.run.NewStr("")), "the name is empty; the root is written \".\"");
  EXPECT_EQ(CheckNameText(test.run.NewStr("@")), "\"@\" has no meaning here; names are absolute");
  EXPECT_EQ(CheckNameText(test.run.NewStr("\u00e4")), "the name \"\u00e4\" is not ASCII; write its A-labels (xn--...)");
}

TEST(RecordTokens, KnowWhereTheyStand) {
  RecordTokens tokens;
  tokens.AddRaw("a", false, {FileId{}, 5});
  EXPECT_EQ(tokens.PositionOf(0, {FileId{}, 9}).offset, 5u);
  EXPECT_EQ(tokens.PositionOf(1, {FileId{}, 9}).offset, 9u);
}

}  // namespace
}  // namespace strata::zonec::pyzone
