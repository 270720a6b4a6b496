// SPDX-License-Identifier: Apache-2.0
#include "authority/denial_proofs.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "authority/testing/test_zone.h"
#include "dns/name.h"
#include "dns/text/base_encoding.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::authority {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAre;

constexpr AskOptions kSigned = {.dnssec_ok = true};

std::string Answer(const std::string& zone, const std::string& question, const AskOptions& options = kSigned) {
  return Ask(ZoneCatalog({MakeZone("example.", zone)}), question, options);
}

// Owners of the records of `type` in the authority section.
std::vector<std::string> Owners(const std::string& answer, absl::string_view type) {
  std::vector<std::string> owners;
  bool in_authority = false;
  for (const absl::string_view line : absl::StrSplit(answer, '\n')) {
    if (absl::EndsWith(line, ":")) in_authority = line == "authority:";
    const std::vector<std::string> words = absl::StrSplit(line, ' ');
    if (in_authority && words.size() > 3 && words[3] == type) owners.push_back(words[0]);
  }
  return owners;
}

constexpr char kNsecZone[] = R"(@ NS ns.f.
    @ NSEC a NS SOA NSEC
    a A 192.0.2.1
    a NSEC x.e A NSEC
    x.e TXT deep
    x.e NSEC s TXT NSEC
    s NS n.s
    s NSEC t NS NSEC
    n.s A 192.0.2.2
    n.s NSEC @ A
    t NS n.t
    t DS 1 13 2 0000000000000000000000000000000000000000000000000000000000000000
    t NSEC *.w NS DS NSEC
    n.t A 192.0.2.3
    *.w TXT wild
    *.w NSEC @ TXT NSEC)";

std::vector<std::string> Nsec(const std::string& question) { return Owners(Answer(kNsecZone, question), "NSEC"); }

TEST(NsecProofsTest, NameError) {
  EXPECT_THAT(Nsec("b.example. A"), ElementsAre("a.example.", "example."));
  // One record covers the name and the wildcard.
  EXPECT_THAT(Nsec("b.a.example. A"), ElementsAre("a.example."));
  EXPECT_THAT(Nsec("y.e.example. A"), ElementsAre("x.e.example.", "a.example."));
}

TEST(NsecProofsTest, NoData) {
  EXPECT_THAT(Nsec("a.example. MX"), ElementsAre("a.example."));
  EXPECT_THAT(Nsec("example. MX"), ElementsAre("example."));
  // An empty non-terminal has no record; the one before it shows that something lies below.
  EXPECT_THAT(Nsec("e.example. A"), ElementsAre("a.example."));
  EXPECT_THAT(Nsec("s.example. DS"), ElementsAre("s.example."));
}

TEST(NsecProofsTest, Wildcards) {
  EXPECT_THAT(Answer(kNsecZone, "q.w.example. TXT"), HasSubstr("answer:\nq.w.example. 3600 IN TXT"));
  EXPECT_THAT(Nsec("q.w.example. TXT"), ElementsAre("*.w.example."));
  EXPECT_THAT(Nsec("q.w.example. A"), ElementsAre("*.w.example."));
  EXPECT_THAT(Nsec("*.w.example. TXT"), IsEmpty());
}

TEST(NsecProofsTest, Referrals) {
  EXPECT_THAT(Nsec("x.s.example. A"), ElementsAre("s.example."));
  EXPECT_THAT(Nsec("x.t.example. A"), IsEmpty());
  EXPECT_THAT(Answer(kNsecZone, "x.t.example. A"), HasSubstr("t.example. 3600 IN DS 1 13 2"));
}

TEST(NsecProofsTest, NothingIsProvenToWhoDoesNotAsk) {
  EXPECT_THAT(Owners(Answer(kNsecZone, "b.example. A", {}), "NSEC"), IsEmpty());
  EXPECT_THAT(Answer(kNsecZone, "x.t.example. A", {}), Not(HasSubstr(" DS ")));
  // The type is asked for like any other.
  EXPECT_THAT(Answer(kNsecZone, "a.example. NSEC", {}), HasSubstr("answer:\na.example. 3600 IN NSEC x.e.example."));
}

TEST(SignedAnswersTest, SignaturesStandBehindWhatTheyCover) {
  const std::string signature = "13 2 60 20380101000000 20200101000000 1 example. AAAA";
  const std::string zone = absl::StrCat("a 60 A 192.0.2.1\na 60 RRSIG A ", signature, "\na 60 RRSIG TXT ", signature,
                                        "\na 60 TXT t\n@ 60 MX 1 a\n@ 60 RRSIG MX ", signature);
  EXPECT_EQ(
      Answer(zone, "a.example. A"),
      absl::StrCat("NOERROR aa\nanswer:\na.example. 60 IN A 192.0.2.1\na.example. 60 IN RRSIG A ", signature, "\n"));
  EXPECT_EQ(Answer(zone, "a.example. A", {}), "NOERROR aa\nanswer:\na.example. 60 IN A 192.0.2.1\n");
  EXPECT_THAT(Answer(zone, "example. MX"),
              HasSubstr("additional:\na.example. 60 IN A 192.0.2.1\na.example. 60 IN RRSIG A"));
  EXPECT_THAT(Answer(zone, "a.example. ANY", {.minimal_any = true, .dnssec_ok = true}),
              HasSubstr("A 192.0.2.1\na.example. 60 IN RRSIG A"));
  EXPECT_EQ(Owners(Answer(zone, "a.example. RRSIG"), "RRSIG").size(), 0u);
}

// A zone with NSEC3 records for `names` (relative; "" is the apex), and what hides behind their owners.
class Nsec3Zone {
 public:
  Nsec3Zone(const std::string& lines, const std::vector<std::string>& names, int iterations = 0,
            const std::string& salt = "-")
      : lines_(lines), iterations_(iterations) {
    const std::string salt_octets = salt == "-" ? "" : absl::HexStringToBytes(salt);
    for (const std::string& name : names) {
      hashes_.push_back({Hash(name, salt_octets), name});
    }
    std::sort(hashes_.begin(), hashes_.end());
    const std::string parameters = absl::StrCat(iterations, " ", salt, " ");
    for (size_t i = 0; i < hashes_.size(); ++i) {
      absl::StrAppend(&lines_, "\n", hashes_[i].first, " NSEC3 1 0 ", parameters,
                      hashes_[(i + 1) % hashes_.size()].first);
    }
    absl::StrAppend(&lines_, "\n@ NSEC3PARAM 1 0 ", parameters);
    salt_octets_ = salt_octets;
  }

  const std::string& lines() const { return lines_; }

  // Of the proofs to a question: "=name" for the record of a name, and those of `candidates` that the others cover,
  // "~name".
  std::vector<std::string> Proofs(const std::string& question, const std::vector<std::string>& candidates) const {
    std::vector<std::string> proven;
    for (const std::string& owner : Owners(Answer(lines_, question), "NSEC3")) {
      const std::string hash = owner.substr(0, owner.find('.'));
      const auto at = std::find_if(hashes_.begin(), hashes_.end(), [&](const auto& row) { return row.first == hash; });
      const std::string& next = at + 1 == hashes_.end() ? hashes_.front().first : (at + 1)->first;
      proven.push_back("=" + at->second);
      for (const std::string& name : candidates) {
        const std::string wanted = Hash(name, salt_octets_);
        const bool covers = hash < next ? hash < wanted && wanted < next : wanted > hash || wanted < next;
        if (covers) proven.push_back("~" + name);
      }
    }
    return proven;
  }

 private:
  std::string Hash(const std::string& name, const std::string& salt) const {
    const std::string full = name.empty() ? "example." : absl::StrCat(name, ".example.");
    const snapshot::Nsec3Hash hash =
        snapshot::HashForNsec3(dns::Name::FromText(full)->wire(), {static_cast<uint16_t>(iterations_), salt});
    std::string text;
    dns::AppendBaseEncoded(dns::BaseEncoding::kBase32Hex,
                           absl::string_view(reinterpret_cast<const char*>(hash.data()), hash.size()), &text);
    return absl::AsciiStrToLower(text);
  }

  std::string lines_;
  int iterations_;
  std::string salt_octets_;
  std::vector<std::pair<std::string, std::string>> hashes_;
};

constexpr char kLines[] = "@ NS ns.f.\na A 192.0.2.1\nx.e TXT deep\n*.w TXT wild\ns NS n.s\nn.s A 192.0.2.2";

TEST(Nsec3ProofsTest, EncloserNextCloserAndWildcard) {
  for (const auto& [iterations, salt] : {std::pair{0, "-"}, {1, "ab"}, {150, "0123456789abcdef"}}) {
    const Nsec3Zone zone(kLines, {"", "a", "e", "x.e", "w", "*.w", "s"}, iterations, salt);
    const std::vector<std::string> all = {"b", "c.b", "*", "y.e", "*.e", "q.w", "p.q.w"};
    EXPECT_THAT(zone.Proofs("c.b.example. A", all), testing::AllOf(Contains("="), Contains("~b"), Contains("~*")));
    EXPECT_THAT(zone.Proofs("y.e.example. A", all), testing::AllOf(Contains("=e"), Contains("~y.e"), Contains("~*.e")));
    EXPECT_THAT(zone.Proofs("a.example. MX", {}), ElementsAre("=a"));
    EXPECT_THAT(zone.Proofs("e.example. MX", {}), ElementsAre("=e"));
    EXPECT_THAT(zone.Proofs("p.q.w.example. TXT", all), Contains("~q.w"));
    EXPECT_THAT(zone.Proofs("p.q.w.example. A", all),
                testing::AllOf(Contains("=w"), Contains("~q.w"), Contains("=*.w")));
    EXPECT_THAT(zone.Proofs("x.s.example. A", {}), ElementsAre("=s"));
  }
}

TEST(Nsec3ProofsTest, WhatOptOutLeavesOutIsProvenFromAbove) {
  const Nsec3Zone zone("@ NS ns.f.\nd.ent NS n.f.\na A 192.0.2.1", {"", "a"});
  EXPECT_THAT(zone.Proofs("x.d.ent.example. A", {"ent", "d.ent"}), testing::AllOf(Contains("="), Contains("~ent")));
  EXPECT_THAT(zone.Proofs("d.ent.example. DS", {"ent"}), testing::AllOf(Contains("="), Contains("~ent")));
}

TEST(Nsec3ProofsTest, OwnersOfHashesAreNoNames) {
  const Nsec3Zone zone(kLines, {"", "a"});
  const std::string hashed = Owners(Answer(zone.lines(), "a.example. MX"), "NSEC3").at(0);
  EXPECT_THAT(Answer(zone.lines(), hashed + " NSEC3", {}), StartsWith("NXDOMAIN"));
  EXPECT_THAT(Answer(zone.lines(), "x." + hashed + " A", {}), StartsWith("NXDOMAIN"));
}

TEST(Nsec3ProofsTest, CostIsBounded) {
  std::string deep = "x";
  for (int i = 0; i < 100; ++i) deep += ".x";
  // An insecure delegation far below the last name that has a record.
  const Nsec3Zone zone(absl::StrCat("@ NS ns.f.\n", deep, " NS n.f."), {""}, 2500, "-");
  EXPECT_EQ(Answer(zone.lines(), absl::StrCat(deep, ".example. A")), "SERVFAIL\n");
  EXPECT_THAT(Answer(zone.lines(), absl::StrCat(deep, ".example. A"), {}), StartsWith("NOERROR\nauthority:"));
  EXPECT_THAT(Answer(zone.lines(), "y.example. A"), StartsWith("NXDOMAIN"));
}

}  // namespace
}  // namespace strata::authority
