// The zones and answers that RFC 4035 and RFC 5155 show in their appendices. Signatures are stand-ins; what they cover
// and their labels are as there. Where the RFCs add the apex's NS and its servers' addresses to a positive answer
// (B.1 and B.6, B.4), ours have none: nothing asks for them.
//
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "authority/testing/test_zone.h"
#include "dns/name.h"
#include "dns/text/base_encoding.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/snapshot/nsec3_hash.h"

namespace strata::authority {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

// The labels field of a signature of `owner`, which is relative to a TLD (RFC 4034 §3.1.3).
int LabelsField(absl::string_view owner) {
  if (owner == "@") return 1;
  absl::ConsumePrefix(&owner, "*.");
  return static_cast<int>(std::count(owner.begin(), owner.end(), '.')) + 2;
}

// Lines of records, where "+" marks one whose RRset is signed.
ZoneCatalog SignedZone(absl::string_view marked_lines, int algorithm) {
  std::string lines;
  for (absl::string_view line : absl::StrSplit(marked_lines, '\n', absl::SkipWhitespace())) {
    line = absl::StripAsciiWhitespace(line);
    const bool is_signed = absl::ConsumePrefix(&line, "+");
    absl::StrAppend(&lines, line, "\n");
    if (!is_signed) continue;
    const std::vector<std::string> words = absl::StrSplit(line, ' ');
    absl::StrAppend(&lines, words[0], " RRSIG ", words[1], " ", algorithm, " ", LabelsField(words[0]),
                    " 3600 20380101000000 20040409183619 1 example. AAAA\n");
  }
  return ZoneCatalog({MakeZone("example.", lines)});
}

// A section's order is of no meaning.
std::string WithSortedSections(absl::string_view answer) {
  std::vector<std::string> lines;
  size_t section = 0;
  for (absl::string_view line : absl::StrSplit(answer, '\n', absl::SkipWhitespace())) {
    line = absl::StripAsciiWhitespace(line);
    lines.emplace_back(line);
    if (section == 0 || line.back() == ':') section = lines.size();
    std::sort(lines.begin() + section, lines.end());
  }
  return absl::StrJoin(lines, "\n");
}

// The answer to who asks for signatures: "owner TYPE RDATA" a line, where a signature is "owner RRSIG TYPE LABELS".
std::string Answer(const ZoneCatalog& zones, absl::string_view question) {
  std::string out;
  const std::string answer = Ask(zones, question, {.dnssec_ok = true});
  for (const absl::string_view line : absl::StrSplit(answer, '\n')) {
    std::vector<std::string> words = absl::StrSplit(line, ' ');
    if (words.size() > 4) {
      EXPECT_EQ(words[1], "3600") << line;
      words.erase(words.begin() + 1, words.begin() + 3);
      if (words[1] == "RRSIG") words = {words[0], words[1], words[2], words[4]};
    }
    absl::StrAppend(&out, absl::StrJoin(words, " "), "\n");
  }
  return WithSortedSections(out);
}

// RFC 4035, appendix A.
constexpr char kNsecZone[] = R"(
    +@ SOA ns1 bugs.x.w 1081539377 3600 300 3600000 3600
    +@ NS ns1
    @ NS ns2
    +@ MX 1 xx
    +@ NSEC a NS SOA MX RRSIG NSEC DNSKEY
    +@ DNSKEY 256 3 5 AQOy
    @ DNSKEY 257 3 5 AQOe
    a NS ns1.a
    a NS ns2.a
    +a DS 57855 5 1 B6DCD485719ADCA18E5F3D48A2331627FDD3636B
    +a NSEC ai NS DS RRSIG NSEC
    ns1.a A 192.0.2.5
    ns2.a A 192.0.2.6
    +ai A 192.0.2.9
    +ai HINFO "KLH-10" "ITS"
    +ai AAAA 2001:db8::f00:baa9
    +ai NSEC b A HINFO AAAA RRSIG NSEC
    b NS ns1.b
    b NS ns2.b
    +b NSEC ns1 NS RRSIG NSEC
    ns1.b A 192.0.2.7
    ns2.b A 192.0.2.8
    +ns1 A 192.0.2.1
    +ns1 NSEC ns2 A RRSIG NSEC
    +ns2 A 192.0.2.2
    +ns2 NSEC *.w A RRSIG NSEC
    +*.w MX 1 ai
    +*.w NSEC x.w MX RRSIG NSEC
    +x.w MX 1 xx
    +x.w NSEC x.y.w MX RRSIG NSEC
    +x.y.w MX 1 xx
    +x.y.w NSEC xx MX RRSIG NSEC
    +xx A 192.0.2.10
    +xx HINFO "KLH-10" "TOPS-20"
    +xx AAAA 2001:db8::f00:baaa
    +xx NSEC @ A HINFO AAAA RRSIG NSEC)";

class Rfc4035ExamplesTest : public testing::Test {
 protected:
  const ZoneCatalog zones_ = SignedZone(kNsecZone, 5);
  const std::string soa_ = R"(
      example. SOA ns1.example. bugs.x.w.example. 1081539377 3600 300 3600000 3600
      example. RRSIG SOA 1
  )";
};

// B.1
TEST_F(Rfc4035ExamplesTest, Answer) {
  EXPECT_EQ(Answer(zones_, "x.w.example. MX"), WithSortedSections(R"(NOERROR aa
      answer:
      x.w.example. MX 1 xx.example.
      x.w.example. RRSIG MX 3
      additional:
      xx.example. A 192.0.2.10
      xx.example. RRSIG A 2
      xx.example. AAAA 2001:db8::f00:baaa
      xx.example. RRSIG AAAA 2)"));
}

// B.2
TEST_F(Rfc4035ExamplesTest, NameError) {
  EXPECT_EQ(Answer(zones_, "ml.example. A"), WithSortedSections(absl::StrCat("NXDOMAIN aa\nauthority:", soa_, R"(
      b.example. NSEC ns1.example. NS RRSIG NSEC
      b.example. RRSIG NSEC 2
      example. NSEC a.example. NS SOA MX RRSIG NSEC DNSKEY
      example. RRSIG NSEC 1)")));
}

// B.3
TEST_F(Rfc4035ExamplesTest, NoData) {
  EXPECT_EQ(Answer(zones_, "ns1.example. MX"), WithSortedSections(absl::StrCat("NOERROR aa\nauthority:", soa_, R"(
      ns1.example. NSEC ns2.example. A RRSIG NSEC
      ns1.example. RRSIG NSEC 2)")));
}

// B.4
TEST_F(Rfc4035ExamplesTest, ReferralToSignedZone) {
  EXPECT_EQ(Answer(zones_, "mc.a.example. MX"), WithSortedSections(R"(NOERROR
      authority:
      a.example. NS ns1.a.example.
      a.example. NS ns2.a.example.
      a.example. DS 57855 5 1 B6DCD485719ADCA18E5F3D48A2331627FDD3636B
      a.example. RRSIG DS 2
      additional:
      ns1.a.example. A 192.0.2.5
      ns2.a.example. A 192.0.2.6)"));
}

// B.5
TEST_F(Rfc4035ExamplesTest, ReferralToUnsignedZone) {
  EXPECT_EQ(Answer(zones_, "mc.b.example. MX"), WithSortedSections(R"(NOERROR
      authority:
      b.example. NS ns1.b.example.
      b.example. NS ns2.b.example.
      b.example. NSEC ns1.example. NS RRSIG NSEC
      b.example. RRSIG NSEC 2
      additional:
      ns1.b.example. A 192.0.2.7
      ns2.b.example. A 192.0.2.8)"));
}

// B.6
TEST_F(Rfc4035ExamplesTest, WildcardExpansion) {
  EXPECT_EQ(Answer(zones_, "a.z.w.example. MX"), WithSortedSections(R"(NOERROR aa
      answer:
      a.z.w.example. MX 1 ai.example.
      a.z.w.example. RRSIG MX 2
      authority:
      x.y.w.example. NSEC xx.example. MX RRSIG NSEC
      x.y.w.example. RRSIG NSEC 4
      additional:
      ai.example. A 192.0.2.9
      ai.example. RRSIG A 2
      ai.example. AAAA 2001:db8::f00:baa9
      ai.example. RRSIG AAAA 2)"));
}

// B.7
TEST_F(Rfc4035ExamplesTest, WildcardNoData) {
  EXPECT_EQ(Answer(zones_, "a.z.w.example. AAAA"), WithSortedSections(absl::StrCat("NOERROR aa\nauthority:", soa_, R"(
      x.y.w.example. NSEC xx.example. MX RRSIG NSEC
      x.y.w.example. RRSIG NSEC 4
      *.w.example. NSEC x.w.example. MX RRSIG NSEC
      *.w.example. RRSIG NSEC 2)")));
}

// B.8
TEST_F(Rfc4035ExamplesTest, DsAtTheChildZone) {
  EXPECT_EQ(Answer(zones_, "example. DS"), WithSortedSections(absl::StrCat("NOERROR aa\nauthority:", soa_, R"(
      example. NSEC a.example. NS SOA MX RRSIG NSEC DNSKEY
      example. RRSIG NSEC 1)")));
}

// RFC 5155, appendix A.
constexpr char kNsec3Zone[] = R"(
    +@ SOA ns1 bugs.x.w 1 3600 300 3600000 3600
    +@ NS ns1
    @ NS ns2
    +@ MX 1 xx
    +@ DNSKEY 256 3 7 AwEA
    @ DNSKEY 257 3 7 AwEB
    +@ NSEC3PARAM 1 0 12 aabbccdd
    +0p9mhaveqvm6t7vbl5lop2u3t2rp3tom NSEC3 1 1 12 aabbccdd 2t7b4g4vsa5smi47k61mv5bv1a22bojr MX )"
                              R"(DNSKEY NS SOA NSEC3PARAM RRSIG
    +2t7b4g4vsa5smi47k61mv5bv1a22bojr A 192.0.2.127
    +2t7b4g4vsa5smi47k61mv5bv1a22bojr NSEC3 1 1 12 aabbccdd 2vptu5timamqttgl4luu9kg21e0aor3s A RRSIG
    +2vptu5timamqttgl4luu9kg21e0aor3s NSEC3 1 1 12 aabbccdd 35mthgpgcu1qg68fab165klnsnk3dpvl MX RRSIG
    +35mthgpgcu1qg68fab165klnsnk3dpvl NSEC3 1 1 12 aabbccdd b4um86eghhds6nea196smvmlo4ors995 NS DS RRSIG
    a NS ns1.a
    a NS ns2.a
    +a DS 58470 5 1 3079F1593EBAD6DC121E202A8B766A6A4837206C
    ns1.a A 192.0.2.5
    ns2.a A 192.0.2.6
    +ai A 192.0.2.9
    +ai HINFO "KLH-10" "ITS"
    +ai AAAA 2001:db8::f00:baa9
    +b4um86eghhds6nea196smvmlo4ors995 NSEC3 1 1 12 aabbccdd gjeqe526plbf1g8mklp59enfd789njgi MX RRSIG
    c NS ns1.c
    c NS ns2.c
    ns1.c A 192.0.2.7
    ns2.c A 192.0.2.8
    +gjeqe526plbf1g8mklp59enfd789njgi NSEC3 1 1 12 aabbccdd ji6neoaepv8b5o6k4ev33abha8ht9fgc HINFO A AAAA RRSIG
    +ji6neoaepv8b5o6k4ev33abha8ht9fgc NSEC3 1 1 12 aabbccdd k8udemvp1j2f7eg6jebps17vp3n8i58h
    +k8udemvp1j2f7eg6jebps17vp3n8i58h NSEC3 1 1 12 aabbccdd kohar7mbb8dc2ce8a9qvl8hon4k53uhi
    +kohar7mbb8dc2ce8a9qvl8hon4k53uhi NSEC3 1 1 12 aabbccdd q04jkcevqvmu85r014c7dkba38o0ji5r A RRSIG
    +ns1 A 192.0.2.1
    +ns2 A 192.0.2.2
    +q04jkcevqvmu85r014c7dkba38o0ji5r NSEC3 1 1 12 aabbccdd r53bq7cc2uvmubfu5ocmm6pers9tk9en A RRSIG
    +r53bq7cc2uvmubfu5ocmm6pers9tk9en NSEC3 1 1 12 aabbccdd t644ebqk9bibcna874givr6joj62mlhv MX RRSIG
    +t644ebqk9bibcna874givr6joj62mlhv NSEC3 1 1 12 aabbccdd 0p9mhaveqvm6t7vbl5lop2u3t2rp3tom HINFO A AAAA RRSIG
    +*.w MX 1 ai
    +x.w MX 1 xx
    +x.y.w MX 1 xx
    +xx A 192.0.2.10
    +xx HINFO "KLH-10" "TOPS-20"
    +xx AAAA 2001:db8::f00:baaa)";

// Records of the zone's chain, each with its signature.
constexpr char kProof0p9m[] = R"(
    0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example. NSEC3 1 1 12 AABBCCDD 2T7B4G4VSA5SMI47K61MV5BV1A22BOJR NS )"
                              R"(SOA MX RRSIG DNSKEY NSEC3PARAM
    0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example. RRSIG NSEC3 2
)";
constexpr char kProof35mt[] = R"(
    35mthgpgcu1qg68fab165klnsnk3dpvl.example. NSEC3 1 1 12 AABBCCDD B4UM86EGHHDS6NEA196SMVMLO4ORS995 NS DS RRSIG
    35mthgpgcu1qg68fab165klnsnk3dpvl.example. RRSIG NSEC3 2
)";
constexpr char kProofQ04j[] = R"(
    q04jkcevqvmu85r014c7dkba38o0ji5r.example. NSEC3 1 1 12 AABBCCDD R53BQ7CC2UVMUBFU5OCMM6PERS9TK9EN A RRSIG
    q04jkcevqvmu85r014c7dkba38o0ji5r.example. RRSIG NSEC3 2
)";

class Rfc5155ExamplesTest : public testing::Test {
 protected:
  static std::string Negative(absl::string_view rcode, absl::string_view proofs) {
    return WithSortedSections(absl::StrCat(rcode, R"( aa
        authority:
        example. SOA ns1.example. bugs.x.w.example. 1 3600 300 3600000 3600
        example. RRSIG SOA 1)",
                                           "\n", proofs));
  }

  const ZoneCatalog zones_ = SignedZone(kNsec3Zone, 7);
};

TEST(Rfc5155Test, Hashes) {
  const std::vector<std::pair<std::string, std::string>> vectors = {
      {"example.", "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom"},
      {"a.example.", "35mthgpgcu1qg68fab165klnsnk3dpvl"},
      {"ai.example.", "gjeqe526plbf1g8mklp59enfd789njgi"},
      {"ns1.example.", "2t7b4g4vsa5smi47k61mv5bv1a22bojr"},
      {"ns2.example.", "q04jkcevqvmu85r014c7dkba38o0ji5r"},
      {"w.example.", "k8udemvp1j2f7eg6jebps17vp3n8i58h"},
      {"*.w.example.", "r53bq7cc2uvmubfu5ocmm6pers9tk9en"},
      {"x.w.example.", "b4um86eghhds6nea196smvmlo4ors995"},
      {"y.w.example.", "ji6neoaepv8b5o6k4ev33abha8ht9fgc"},
      {"x.y.w.example.", "2vptu5timamqttgl4luu9kg21e0aor3s"},
      {"xx.example.", "t644ebqk9bibcna874givr6joj62mlhv"},
      {"2t7b4g4vsa5smi47k61mv5bv1a22bojr.example.", "kohar7mbb8dc2ce8a9qvl8hon4k53uhi"},
      // Of appendix B.
      {"c.x.w.example.", "0va5bpr2ou0vk0lbqeeljri88laipsfh"},
      {"*.x.w.example.", "92pqneegtaue7pjatc3l3qnk738c6v5m"},
      {"c.example.", "4g6p9u5gvfshp30pqecj98b3maqbn1ck"},
      {"z.w.example.", "qlu7gtfaeh0ek0c05ksfhdpbcgglbe03"},
  };
  for (const auto& [name, expected] : vectors) {
    const snapshot::Nsec3Hash hash =
        snapshot::HashForNsec3(dns::Name::FromText(name)->wire(), {12, "\xaa\xbb\xcc\xdd"});
    std::string text;
    dns::AppendBaseEncoded(dns::BaseEncoding::kBase32Hex,
                           absl::string_view(reinterpret_cast<const char*>(hash.data()), hash.size()), &text);
    EXPECT_EQ(absl::AsciiStrToLower(text), expected) << name;
  }
}

// B.1
TEST_F(Rfc5155ExamplesTest, NameError) {
  EXPECT_EQ(Answer(zones_, "a.c.x.w.example. A"), Negative("NXDOMAIN", absl::StrCat(kProof0p9m, kProof35mt, R"(
      b4um86eghhds6nea196smvmlo4ors995.example. NSEC3 1 1 12 AABBCCDD GJEQE526PLBF1G8MKLP59ENFD789NJGI MX RRSIG
      b4um86eghhds6nea196smvmlo4ors995.example. RRSIG NSEC3 2)")));
}

// B.2
TEST_F(Rfc5155ExamplesTest, NoData) {
  EXPECT_EQ(Answer(zones_, "ns1.example. MX"), Negative("NOERROR", R"(
      2t7b4g4vsa5smi47k61mv5bv1a22bojr.example. NSEC3 1 1 12 AABBCCDD 2VPTU5TIMAMQTTGL4LUU9KG21E0AOR3S A RRSIG
      2t7b4g4vsa5smi47k61mv5bv1a22bojr.example. RRSIG NSEC3 2)"));
}

// B.2.1
TEST_F(Rfc5155ExamplesTest, NoDataAtAnEmptyNonTerminal) {
  EXPECT_EQ(Answer(zones_, "y.w.example. A"), Negative("NOERROR", R"(
      ji6neoaepv8b5o6k4ev33abha8ht9fgc.example. NSEC3 1 1 12 AABBCCDD K8UDEMVP1J2F7EG6JEBPS17VP3N8I58H
      ji6neoaepv8b5o6k4ev33abha8ht9fgc.example. RRSIG NSEC3 2)"));
}

// B.3
TEST_F(Rfc5155ExamplesTest, ReferralToOptOutUnsignedZone) {
  EXPECT_EQ(Answer(zones_, "mc.c.example. MX"), WithSortedSections(absl::StrCat(R"(NOERROR
      authority:
      c.example. NS ns1.c.example.
      c.example. NS ns2.c.example.)",
                                                                                kProof35mt, kProof0p9m, R"(
      additional:
      ns1.c.example. A 192.0.2.7
      ns2.c.example. A 192.0.2.8)")));
}

// B.4
TEST_F(Rfc5155ExamplesTest, WildcardExpansion) {
  EXPECT_EQ(Answer(zones_, "a.z.w.example. MX"), WithSortedSections(absl::StrCat(R"(NOERROR aa
      answer:
      a.z.w.example. MX 1 ai.example.
      a.z.w.example. RRSIG MX 2
      authority:)",
                                                                                 kProofQ04j, R"(
      additional:
      ai.example. A 192.0.2.9
      ai.example. RRSIG A 2
      ai.example. AAAA 2001:db8::f00:baa9
      ai.example. RRSIG AAAA 2)")));
}

// B.5
TEST_F(Rfc5155ExamplesTest, WildcardNoData) {
  EXPECT_EQ(Answer(zones_, "a.z.w.example. AAAA"), Negative("NOERROR", absl::StrCat(kProofQ04j, R"(
      k8udemvp1j2f7eg6jebps17vp3n8i58h.example. NSEC3 1 1 12 AABBCCDD KOHAR7MBB8DC2CE8A9QVL8HON4K53UHI
      k8udemvp1j2f7eg6jebps17vp3n8i58h.example. RRSIG NSEC3 2
      r53bq7cc2uvmubfu5ocmm6pers9tk9en.example. NSEC3 1 1 12 AABBCCDD T644EBQK9BIBCNA874GIVR6JOJ62MLHV MX RRSIG
      r53bq7cc2uvmubfu5ocmm6pers9tk9en.example. RRSIG NSEC3 2)")));
}

// B.6
TEST_F(Rfc5155ExamplesTest, DsAtTheChildZone) {
  EXPECT_EQ(Answer(zones_, "example. DS"), Negative("NOERROR", kProof0p9m));
}

// One name of the zone looks like a hash, and is the owner of an NSEC3 record too (§7.2.8).
TEST_F(Rfc5155ExamplesTest, ANameThatIsAHashToo) {
  constexpr char kName[] = "2t7b4g4vsa5smi47k61mv5bv1a22bojr.example.";
  EXPECT_THAT(Answer(zones_, absl::StrCat(kName, " A")), HasSubstr("A 192.0.2.127"));
  EXPECT_THAT(Answer(zones_, absl::StrCat(kName, " MX")),
              HasSubstr("\nkohar7mbb8dc2ce8a9qvl8hon4k53uhi.example. NSEC3"));
  EXPECT_THAT(Answer(zones_, "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example. NSEC3"), StartsWith("NXDOMAIN"));
}

}  // namespace
}  // namespace strata::authority
