// What answers do where zones are as large, deep or twisted as they may be; and what is asked for rarely.
//
// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "authority/answerer.h"
#include "authority/testing/test_zone.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::authority {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kSignature[] = "13 2 3600 20380101000000 20200101000000 1 example. AAAA";

ZoneCatalog Catalog(const std::vector<std::pair<std::string, std::string>>& zones) {
  std::vector<std::shared_ptr<const Zone>> made;
  made.reserve(zones.size());
  for (const auto& [origin, lines] : zones) made.push_back(MakeZone(origin, lines));
  return ZoneCatalog(std::move(made));
}

ZoneCatalog Example(const std::string& lines) { return Catalog({{"example.", lines}}); }

size_t Count(const std::string& text, const std::string& what) {
  size_t count = 0;
  for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

// RFC 2181 §9: what does not fit is not sent in part.
TEST(AnswerLimitsTest, LargeRRsetsAreWholeOrTruncated) {
  std::string lines;
  for (int i = 0; i < 4000; ++i) absl::StrAppend(&lines, "many A 10.0.", i / 250, ".", i % 250, "\n");
  for (int i = 0; i < 250; ++i) absl::StrAppend(&lines, "long TXT ", std::string(230, 'x'), i, "\n");
  const ZoneCatalog zones = Example(lines);
  for (const size_t size : {512, 1232, 4096, 16384, 60000}) {
    EXPECT_EQ(Ask(zones, "many.example. A", {.max_size = size}), "NOERROR aa tc\n") << size;
  }
  EXPECT_EQ(Count(Ask(zones, "many.example. A"), " IN A 10.0."), 4000u);
  EXPECT_EQ(Count(Ask(zones, "long.example. TXT"), " IN TXT "), 250u);
}

TEST(AnswerLimitsTest, ChainsOfDnamesEnd) {
  std::string lines;
  for (int i = 0; i < 100; ++i) absl::StrAppend(&lines, "d", i, " DNAME d", i + 1, "\n");
  const std::string answer = Ask(Example(lines), "x.d0.example. A");
  EXPECT_THAT(answer, StartsWith("NOERROR aa\n"));
  EXPECT_EQ(Count(answer, " CNAME "), static_cast<size_t>(kMaxAliasSteps));
}

TEST(AnswerLimitsTest, LoopsThroughZonesEndWhereTheyClose) {
  const ZoneCatalog zones = Catalog({{"a.", "x CNAME x.b.\nd DNAME d.b."},
                                     {"b.", "x CNAME x.c.\nd DNAME d.c."},
                                     {"c.", "x CNAME x.a.\nd DNAME d.a."}});
  const std::string names = Ask(zones, "x.a. A"), trees = Ask(zones, "q.d.a. A");
  EXPECT_EQ(Count(names, " CNAME "), 3u) << names;
  EXPECT_EQ(Count(trees, " DNAME "), 3u) << trees;
  EXPECT_EQ(Count(trees, " CNAME "), 3u) << trees;
}

// A name that grows with each step stops where no name is as long.
TEST(AnswerLimitsTest, AliasesThatGrowEnd) {
  EXPECT_THAT(Ask(Example("d DNAME aaaaaaaaaaaaaaaaaaaa.d"), "x.d.example. A"),
              AllOf(Not(HasSubstr("malformed")), HasSubstr(" CNAME ")));
}

// RFC 8482 §4.1, RFC 1034 §3.7.1.
TEST(AnswerLimitsTest, AnyIsWholeOrOneRRset) {
  const ZoneCatalog zones =
      Example(absl::StrCat("www A 192.0.2.1\nwww TXT t\nwww RRSIG A ", kSignature, "\nwww RRSIG TXT ", kSignature,
                           "\n*.w TXT wild\n*.w A 192.0.2.2\nd DNAME www\ncut NS ns.elsewhere.\nalias CNAME www"));
  const auto any = [&](const char* name, bool minimal, bool dnssec) {
    return Ask(zones, absl::StrCat(name, ".example. ANY"), {.minimal_any = minimal, .dnssec_ok = dnssec});
  };
  EXPECT_EQ(Count(any("www", false, false), "www.example. 3600 IN "), 4u);
  EXPECT_EQ(Count(any("www", true, false), "www.example. 3600 IN "), 1u);
  EXPECT_THAT(any("www", true, true), AllOf(HasSubstr("IN A "), HasSubstr("RRSIG A"), Not(HasSubstr("TXT"))));
  EXPECT_EQ(Count(any("a.w", false, false), "a.w.example. 3600 IN "), 2u);
  EXPECT_THAT(any("alias", false, false), AllOf(HasSubstr("CNAME www.example."), Not(HasSubstr("IN A "))));
  EXPECT_THAT(any("x.d", false, false), HasSubstr("x.d.example. 3600 IN CNAME x.www.example."));
  EXPECT_THAT(any("x.cut", false, false), AllOf(StartsWith("NOERROR\n"), HasSubstr("cut.example. 3600 IN NS")));
  EXPECT_THAT(any("no", false, false), StartsWith("NXDOMAIN"));
}

TEST(AnswerLimitsTest, SignaturesAreAskedForAsATypeOfTheirOwn) {
  const ZoneCatalog zones = Example(absl::StrCat("www A 192.0.2.1\nwww RRSIG A ", kSignature, "\nwww RRSIG NSEC ",
                                                 kSignature, "\n*.w A 192.0.2.1\n*.w RRSIG A ", kSignature));
  EXPECT_EQ(Count(Ask(zones, "www.example. RRSIG"), " IN RRSIG "), 2u);
  EXPECT_EQ(Count(Ask(zones, "x.w.example. RRSIG"), "x.w.example. 3600 IN RRSIG A"), 1u);
  EXPECT_THAT(Ask(zones, "example. RRSIG"), HasSubstr("authority:\nexample."));
}

// RFC 9824: the zone says what it has; what it denies of names that have no record of their own is up to its chain.
TEST(AnswerLimitsTest, CompactDenialIsServedAsGiven) {
  const ZoneCatalog zones = Example(
      absl::StrCat("@ NSEC \\000 NS SOA RRSIG NSEC\n@ RRSIG NSEC ", kSignature, "\nwww A 192.0.2.1\n",
                   "www NSEC \\000.www A RRSIG NSEC\nno NSEC \\000.no RRSIG NSEC NXNAME\nno RRSIG NSEC ", kSignature));
  const std::string denied = Ask(zones, "no.example. A", {.dnssec_ok = true});
  EXPECT_THAT(denied,
              AllOf(StartsWith("NOERROR aa\n"), HasSubstr("no.example. 3600 IN NSEC \\000.no.example. RRSIG NSEC")));
  EXPECT_THAT(denied, HasSubstr("NXNAME"));
  EXPECT_THAT(Ask(zones, "www.example. MX", {.dnssec_ok = true}), HasSubstr("IN NSEC \\000.www.example. A RRSIG NSEC"));
  // There is no record for this one: the chain gives the one before it.
  EXPECT_THAT(Ask(zones, "other.example. A", {.dnssec_ok = true}),
              AllOf(StartsWith("NXDOMAIN aa\n"), HasSubstr("no.example. 3600 IN NSEC")));
}

}  // namespace
}  // namespace strata::authority
