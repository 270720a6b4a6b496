// SPDX-License-Identifier: Apache-2.0
#include "dns/name.h"

#include <string>

#include "absl/hash/hash.h"
#include "absl/strings/str_cat.h"
#include "dns/testing/hex_message.h"
#include "dns/testing/matchers.h"
#include "gmock/gmock.h"

namespace strata::dns {
namespace {

using absl::StatusCode;
using testing::HasSubstr;

Name Parse(absl::string_view text, const Name& origin = Name()) {
  absl::StatusOr<Name> name = Name::FromText(text, origin);
  EXPECT_THAT(name, IsOk()) << text;
  return name.ok() ? *name : Name();
}

// `count` labels of `size` octets, each with its dot.
std::string Labels(int count, size_t size) {
  std::string text;
  for (int i = 0; i < count; ++i) absl::StrAppend(&text, std::string(size, 'x'), ".");
  return text;
}

TEST(Name, ReadsPresentationForm) {
  EXPECT_EQ(Parse("www.Example.").wire(), std::string("\3www\7Example\0", 13));
  EXPECT_EQ(Parse(".").wire(), std::string(1, '\0'));
  EXPECT_EQ(Parse("www", Parse("example.")), Parse("www.example."));
  EXPECT_EQ(Parse("@", Parse("example.")), Parse("example."));
  EXPECT_EQ(Parse("www"), Parse("www."));
}

TEST(Name, ReadsEscapes) {
  EXPECT_EQ(Parse(R"(a\.b.c\\d.\101\000.)").wire(), std::string("\3a.b\3c\\d\2e\0\0", 12));
  EXPECT_EQ(Parse(R"(\@)", Parse("example.")), Parse(R"(\@.example.)"));
  // An escaped dot at the end leaves the name relative.
  EXPECT_EQ(Parse(R"(a\.)", Parse("example.")).LabelCount(), 2);
}

TEST(Name, WritesWhatIsSpecialEscaped) {
  for (const char* text : {R"(a\.b\"\(\)\;\@\$\\c.)", R"(\000\032\127\255.)", "*.example.", "_sip._tcp.x-y.", "."}) {
    EXPECT_EQ(Parse(text).ToText(), text);
  }
}

TEST(Name, EveryOctetSurvivesItsText) {
  for (int octet = 0; octet < 256; ++octet) {
    const std::string wire = absl::StrCat("\1", std::string(1, static_cast<char>(octet)), std::string(1, '\0'));
    const absl::StatusOr<Name> name = Name::FromWire(wire);
    ASSERT_THAT(name, IsOk());
    EXPECT_EQ(Parse(name->ToText()).wire(), wire) << octet;
  }
}

TEST(Name, SaysWhatIsWrongWithText) {
  const struct {
    std::string text;
    const char* message;
  } kCases[] = {
      {"", "empty name"},
      {"a..b.", "empty label"},
      {".a.", "empty label"},
      {"..", "empty label"},
      {"a\\", "lone backslash"},
      {"a\\12", "three digits"},
      {"a\\1x2", "three digits"},
      {"a\\256", "\\256 is no octet"},
      {Labels(1, 64), "64 octets; the most is 63"},
      {Labels(4, 62) + "xx.", "256 octets in wire form"},
  };
  for (const auto& c : kCases) {
    EXPECT_THAT(Name::FromText(c.text), StatusIs(StatusCode::kInvalidArgument, HasSubstr(c.message))) << c.text;
  }
}

TEST(Name, TakesTheLongestNamesAndNoLonger) {
  // Four labels of 62 and their length octets are 252; with one more octet, its length and the root 255.
  EXPECT_EQ(Parse(Labels(4, 62) + "x.").wire().size(), kMaxNameSize);
  EXPECT_EQ(Parse(Labels(127, 1)).LabelCount(), 127);
  EXPECT_EQ(Parse(Labels(127, 1)).wire().size(), kMaxNameSize);
  EXPECT_THAT(Name::FromText(Labels(128, 1)), StatusIs(StatusCode::kInvalidArgument, HasSubstr("255")));
  EXPECT_EQ(Parse(Labels(1, 63)).wire().size(), 65u);
  EXPECT_THAT(Name::FromText("ab", Parse(Labels(4, 62))),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("with its origin")));
}

TEST(Name, TakesOneWholeWireNameOnly) {
  EXPECT_THAT(Name::FromWire(HexMessage("01 61 00")), IsOk());
  for (const char* hex : {"", "01", "01 61", "02 61 00", "01 61 00 00", "40 00", "c0 00", "80 00"}) {
    EXPECT_FALSE(Name::FromWire(HexMessage(hex)).ok()) << hex;
  }
  const std::string longest(Parse(Labels(127, 1)).wire());
  EXPECT_THAT(Name::FromWire(longest), IsOk());
  EXPECT_FALSE(Name::FromWire("\1x" + longest).ok());
}

TEST(Name, ComparesWithoutRegardToAsciiCaseOnly) {
  EXPECT_EQ(Parse("WWW.example."), Parse("www.EXAMPLE."));
  EXPECT_EQ(absl::Hash<Name>()(Parse("WWW.example.")), absl::Hash<Name>()(Parse("www.EXAMPLE.")));
  EXPECT_NE(Parse(R"(\192.)"), Parse(R"(\224.)"));  // À and à in Latin-1: no letters to DNS (RFC 4343 §3.2)
  EXPECT_NE(Parse("[."), Parse("{."));              // 0x20 apart and no letters
  EXPECT_EQ(Parse("A.B.").Lowercased().ToText(), "a.b.");
}

// The example of RFC 4034 §6.1, in its order.
TEST(Name, SortsCanonically) {
  const char* kSorted[] = {"example.",           "a.example.",      "yljkjljk.a.example.",
                           "Z.a.example.",       "zABC.a.EXAMPLE.", "z.example.",
                           R"(\001.z.example.)", "*.z.example.",    R"(\200.z.example.)"};
  for (size_t i = 0; i < std::size(kSorted); ++i) {
    for (size_t j = 0; j < std::size(kSorted); ++j) {
      EXPECT_EQ(Parse(kSorted[i]) < Parse(kSorted[j]), i < j) << kSorted[i] << " " << kSorted[j];
    }
  }
  EXPECT_LT(Parse("."), Parse("example."));
  EXPECT_LT(Parse("a."), Parse("aa."));  // a missing octet sorts before any
}

TEST(Name, KnowsItsPlaceInTheTree) {
  const Name name = Parse("a.b.example.");
  EXPECT_EQ(name.Parent(), Parse("b.example."));
  EXPECT_EQ(name.LabelCount(), 3);
  EXPECT_TRUE(name.IsSubdomainOf(name));
  EXPECT_TRUE(name.IsSubdomainOf(Parse("B.Example.")));
  EXPECT_TRUE(name.IsSubdomainOf(Name()));
  EXPECT_FALSE(name.IsSubdomainOf(Parse("c.b.example.")));
  EXPECT_FALSE(Parse("ab.example.").IsSubdomainOf(Parse("b.example.")));
  EXPECT_FALSE(Parse("example.").IsSubdomainOf(name));
  // The octets of the ancestor stand at the end, inside of a label.
  EXPECT_FALSE(
      (*Name::FromWire(HexMessage("04 61 01 62 63 00"))).IsSubdomainOf(*Name::FromWire(HexMessage("02 62 63 00"))));
}

TEST(Name, WildcardIsALoneAsteriskInFront) {
  EXPECT_TRUE(Parse("*.example.").IsWildcard());
  EXPECT_TRUE(Parse("*.").IsWildcard());
  EXPECT_FALSE(Parse("*a.example.").IsWildcard());
  EXPECT_FALSE(Parse("a.*.example.").IsWildcard());
  EXPECT_FALSE(Name().IsWildcard());
}

TEST(Name, PrependsALabelWhileItFits) {
  EXPECT_EQ(*Parse("example.").Prepend("a.b"), Parse(R"(a\.b.example.)"));
  EXPECT_FALSE(Parse("example.").Prepend("").ok());
  EXPECT_FALSE(Parse("example.").Prepend(std::string(64, 'x')).ok());
  EXPECT_THAT(Parse(Labels(4, 62)).Prepend("x"), IsOk());
  EXPECT_FALSE(Parse(Labels(4, 62)).Prepend("xx").ok());
}

TEST(WireNameSize, FindsTheEndOfTheFirstName) {
  EXPECT_EQ(WireNameSize(HexMessage("01 61 00 ff ff")), 3u);
  EXPECT_EQ(WireNameSize(HexMessage("00")), 1u);
  EXPECT_EQ(WireNameSize(""), 0u);
  EXPECT_EQ(WireNameSize(HexMessage("01 61")), 0u);
  EXPECT_EQ(WireNameSize(HexMessage("01 61 c0 00")), 0u);
}

}  // namespace
}  // namespace strata::dns
