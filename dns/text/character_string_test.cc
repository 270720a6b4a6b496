// SPDX-License-Identifier: Apache-2.0
#include "dns/text/character_string.h"

#include "gmock/gmock.h"

namespace strata::dns {
namespace {

using testing::HasSubstr;

std::string Unescape(absl::string_view text) {
  std::string octets;
  const absl::Status status = UnescapeText(text, &octets);
  return status.ok() ? octets : "ERROR " + std::string(status.message());
}

TEST(UnescapeText, ReadsBothEscapes) {
  EXPECT_EQ(Unescape(R"(a\"b\\c\;\065\000)"), std::string("a\"b\\c;A\0", 8));
  EXPECT_EQ(Unescape(R"(\0651)"), "A1");
  EXPECT_EQ(Unescape(""), "");
}

TEST(UnescapeText, SaysWhatIsWrong) {
  EXPECT_THAT(Unescape("a\\"), HasSubstr("lone backslash"));
  EXPECT_THAT(Unescape("\\12"), HasSubstr("three digits"));
  EXPECT_THAT(Unescape("\\1a2"), HasSubstr("three digits"));
  EXPECT_THAT(Unescape("\\256"), HasSubstr("\\256 is no octet"));
}

TEST(AppendQuotedText, EscapesWhatMustBe) {
  std::string text;
  AppendQuotedText(absl::string_view("a b;c\"d\\e\0\x1f\x7f\xff~", 14), &text);
  EXPECT_EQ(text, R"("a b;c\"d\\e\000\031\127\255~")");
}

TEST(AppendQuotedText, EveryOctetSurvives) {
  std::string octets;
  for (int i = 0; i < 256; ++i) octets.push_back(static_cast<char>(i));
  std::string text;
  AppendQuotedText(octets, &text);
  EXPECT_EQ(Unescape(absl::string_view(text).substr(1, text.size() - 2)), octets);
}

}  // namespace
}  // namespace strata::dns
