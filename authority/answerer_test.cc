// Questions and the answers to them, as text: RFC 1034 §4.3.2 case by case.
//
// SPDX-License-Identifier: Apache-2.0
#include "authority/answerer.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "authority/testing/test_zone.h"
#include "dns/edns.h"
#include "dns/lookup_name.h"
#include "dns/name.h"
#include "dns/rr_type.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::authority {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kSoa[] = "example. 300 IN SOA ns.example. hostmaster.example. 1 7200 900 1209600 300\n";

ZoneCatalog Catalog(const std::vector<std::pair<std::string, std::string>>& zones) {
  std::vector<std::shared_ptr<const Zone>> made;
  made.reserve(zones.size());
  for (const auto& [origin, lines] : zones) made.push_back(MakeZone(origin, lines));
  return ZoneCatalog(std::move(made));
}

ZoneCatalog Example(const std::string& lines) { return Catalog({{"example.", lines}}); }

std::string NxDomain() { return absl::StrCat("NXDOMAIN aa\nauthority:\n", kSoa); }
std::string NoData() { return absl::StrCat("NOERROR aa\nauthority:\n", kSoa); }

TEST(AnswererTest, Records) {
  const ZoneCatalog zones = Example("www 60 A 192.0.2.1\nwww 60 A 192.0.2.2\nwww AAAA 2001:db8::1");
  EXPECT_EQ(Ask(zones, "www.example. A"),
            "NOERROR aa\nanswer:\nwww.example. 60 IN A 192.0.2.1\nwww.example. 60 IN A 192.0.2.2\n");
  EXPECT_EQ(Ask(zones, "WWW.Example. AAAA"), "NOERROR aa\nanswer:\nwww.example. 3600 IN AAAA 2001:db8::1\n");
  EXPECT_EQ(Ask(zones, "www.example. MX"), NoData());
  EXPECT_EQ(Ask(zones, "nowhere.example. A"), NxDomain());
  EXPECT_EQ(Ask(zones, "www.example.org. A"), "not ours");
  EXPECT_EQ(Ask(zones, ". NS"), "not ours");
}

TEST(AnswererTest, OtherClassIsNotOurs) {
  const ZoneCatalog zones = Example("www A 192.0.2.1");
  EXPECT_EQ(Ask(zones, "www.example. A", {.rr_class = "CH"}), "not ours");
}

TEST(AnswererTest, NegativeTtlIsTheLesserOfTheSoasTtlAndItsMinimum) {
  EXPECT_THAT(Ask(Example("@ 60 SOA ns h 1 2 3 4 300"), "x.example. A"), HasSubstr("example. 60 IN SOA"));
  EXPECT_THAT(Ask(Example("@ 600 SOA ns h 1 2 3 4 300"), "x.example. A"), HasSubstr("example. 300 IN SOA"));
  EXPECT_THAT(Ask(Example("@ 600 SOA ns h 1 2 3 4 300"), "example. SOA"), HasSubstr("example. 600 IN SOA"));
}

TEST(AnswererTest, EmptyNonTerminalsExist) {
  const ZoneCatalog zones = Example("a.b.c A 192.0.2.1");
  EXPECT_EQ(Ask(zones, "b.c.example. A"), NoData());
  EXPECT_EQ(Ask(zones, "c.example. ANY"), NoData());
  EXPECT_EQ(Ask(zones, "x.b.c.example. A"), NxDomain());
}

// The zone and the questions of RFC 4592 §2.2.1.
TEST(AnswererTest, Wildcards) {
  const ZoneCatalog zones = Example(R"(
    @ SOA ns hostmaster 1 7200 900 1209600 300
    @ NS ns.example.com.
    @ NS ns.example.net.
    * TXT "this is a wildcard"
    * MX 10 host1
    sub.* TXT "this is not a wildcard"
    host1 A 192.0.2.1
    _ssh._tcp.host1 SRV 0 0 22 host1
    _ssh._tcp.host2 SRV 0 0 22 host2
    subdel NS ns.example.com.
    subdel NS ns.example.net.)");
  // "The following responses would be synthesized from one of the wildcards"
  EXPECT_EQ(Ask(zones, "host3.example. MX"),
            "NOERROR aa\nanswer:\nhost3.example. 3600 IN MX 10 host1.example.\n"
            "additional:\nhost1.example. 3600 IN A 192.0.2.1\n");
  EXPECT_EQ(Ask(zones, "host3.example. A"), NoData());
  EXPECT_EQ(Ask(zones, "foo.bar.example. TXT"),
            "NOERROR aa\nanswer:\nfoo.bar.example. 3600 IN TXT \"this is a wildcard\"\n");
  // "The following responses would not be synthesized from any of the wildcards"
  EXPECT_EQ(Ask(zones, "host1.example. MX"), NoData());
  EXPECT_EQ(Ask(zones, "sub.*.example. MX"), NoData());
  EXPECT_EQ(Ask(zones, "_telnet._tcp.host1.example. SRV"), NxDomain());
  EXPECT_EQ(Ask(zones, "host.subdel.example. A"),
            "NOERROR\nauthority:\nsubdel.example. 3600 IN NS ns.example.com.\n"
            "subdel.example. 3600 IN NS ns.example.net.\n");
  EXPECT_EQ(Ask(zones, "ghost.*.example. MX"), NxDomain());
  // A question for the wildcard itself (§2.3), and an empty non-terminal that a wildcard does not stand for (§2.2.2).
  EXPECT_EQ(Ask(zones, "*.example. MX"),
            "NOERROR aa\nanswer:\n*.example. 3600 IN MX 10 host1.example.\n"
            "additional:\nhost1.example. 3600 IN A 192.0.2.1\n");
  EXPECT_EQ(Ask(zones, "host2.example. TXT"), NoData());
  EXPECT_EQ(Ask(zones, "_tcp.host2.example. TXT"), NoData());
}

TEST(AnswererTest, WildcardAliases) {
  const ZoneCatalog zones = Example("*.w CNAME www\nwww A 192.0.2.1");
  EXPECT_EQ(Ask(zones, "a.b.w.example. A"),
            "NOERROR aa\nanswer:\na.b.w.example. 3600 IN CNAME www.example.\nwww.example. 3600 IN A 192.0.2.1\n");
}

TEST(AnswererTest, AliasesWithinTheZone) {
  const ZoneCatalog zones = Example("a CNAME B\nb 5 CNAME c\nc A 192.0.2.1\nlost CNAME nowhere\nempty CNAME c");
  EXPECT_EQ(Ask(zones, "a.example. A"),
            "NOERROR aa\nanswer:\na.example. 3600 IN CNAME B.example.\nB.example. 5 IN CNAME c.example.\n"
            "c.example. 3600 IN A 192.0.2.1\n");
  EXPECT_EQ(Ask(zones, "a.example. CNAME"), "NOERROR aa\nanswer:\na.example. 3600 IN CNAME B.example.\n");
  EXPECT_EQ(Ask(zones, "a.example. ANY"), "NOERROR aa\nanswer:\na.example. 3600 IN CNAME B.example.\n");
  // RFC 6604: the rcode is that of the last name.
  EXPECT_EQ(Ask(zones, "lost.example. A"),
            absl::StrCat("NXDOMAIN aa\nanswer:\nlost.example. 3600 IN CNAME nowhere.example.\nauthority:\n", kSoa));
  EXPECT_EQ(Ask(zones, "empty.example. MX"),
            absl::StrCat("NOERROR aa\nanswer:\nempty.example. 3600 IN CNAME c.example.\nauthority:\n", kSoa));
}

// RFC 1035 §3.3.1: a CNAME causes no additional section processing.
TEST(AnswererTest, QuestionForAnAliasAddsNothing) {
  EXPECT_THAT(Ask(Example("a CNAME c\nc A 192.0.2.1"), "a.example. CNAME"), Not(HasSubstr("additional")));
}

TEST(AnswererTest, AliasesAcrossZones) {
  const ZoneCatalog zones = Catalog({{"example.", "a CNAME b.other.\nout CNAME www.elsewhere."},
                                     {"other.", "b CNAME c.example.\nlost CNAME nowhere.example."},
                                     {"c.example.", "@ A 192.0.2.7"}});
  EXPECT_EQ(Ask(zones, "a.example. A"),
            "NOERROR aa\nanswer:\na.example. 3600 IN CNAME b.other.\nb.other. 3600 IN CNAME c.example.\n"
            "c.example. 3600 IN A 192.0.2.7\n");
  EXPECT_EQ(Ask(zones, "lost.other. A"),
            absl::StrCat("NXDOMAIN aa\nanswer:\nlost.other. 3600 IN CNAME nowhere.example.\nauthority:\n", kSoa));
  EXPECT_EQ(Ask(zones, "out.example. A"), "NOERROR aa\nanswer:\nout.example. 3600 IN CNAME www.elsewhere.\n");
}

TEST(AnswererTest, AliasLoopsEnd) {
  const ZoneCatalog zones = Example("self CNAME self\na CNAME b\nb CNAME a\nin CNAME a");
  EXPECT_EQ(Ask(zones, "self.example. A"), "NOERROR aa\nanswer:\nself.example. 3600 IN CNAME self.example.\n");
  EXPECT_EQ(Ask(zones, "in.example. A"),
            "NOERROR aa\nanswer:\nin.example. 3600 IN CNAME a.example.\na.example. 3600 IN CNAME b.example.\n"
            "b.example. 3600 IN CNAME a.example.\n");
}

TEST(AnswererTest, AliasChainsAreBounded) {
  std::string lines;
  for (int i = 0; i < 20; ++i) absl::StrAppend(&lines, "n", i, " CNAME n", i + 1, "\n");
  const std::string answer = Ask(Example(lines), "n0.example. A");
  EXPECT_THAT(answer, HasSubstr("n10.example. 3600 IN CNAME n11.example.\n"));
  EXPECT_THAT(answer, Not(HasSubstr("n12.example.")));
  EXPECT_THAT(answer, StartsWith("NOERROR aa\nanswer:\n"));
}

TEST(AnswererTest, AliasToADelegation) {
  const ZoneCatalog zones = Example("a CNAME www.sub\nsub NS ns.sub\nns.sub A 192.0.2.53");
  EXPECT_EQ(Ask(zones, "a.example. A"),
            "NOERROR aa\nanswer:\na.example. 3600 IN CNAME www.sub.example.\n"
            "authority:\nsub.example. 3600 IN NS ns.sub.example.\n"
            "additional:\nns.sub.example. 3600 IN A 192.0.2.53\n");
}

TEST(AnswererTest, Dname) {
  const ZoneCatalog zones = Example("d 60 DNAME t\nd TXT here\nx.t A 192.0.2.1\nhidden.d A 192.0.2.9");
  EXPECT_EQ(Ask(zones, "x.d.example. A"),
            "NOERROR aa\nanswer:\nd.example. 60 IN DNAME t.example.\nx.d.example. 60 IN CNAME x.t.example.\n"
            "x.t.example. 3600 IN A 192.0.2.1\n");
  EXPECT_EQ(Ask(zones, "d.example. TXT"), "NOERROR aa\nanswer:\nd.example. 3600 IN TXT \"here\"\n");
  EXPECT_EQ(Ask(zones, "d.example. DNAME"), "NOERROR aa\nanswer:\nd.example. 60 IN DNAME t.example.\n");
  EXPECT_EQ(Ask(zones, "d.example. A"), NoData());
  // RFC 6672 §2.4: what is below it does not exist, written down or not.
  EXPECT_THAT(Ask(zones, "hidden.d.example. A"),
              StartsWith("NXDOMAIN aa\nanswer:\nd.example. 60 IN DNAME t.example.\n"
                         "hidden.d.example. 60 IN CNAME hidden.t.example.\nauthority:\n"));
}

TEST(AnswererTest, DnameWhoseResultIsTooLong) {
  const std::string label(60, 'l');
  const std::string target = absl::StrCat(label, ".", label, ".", label, ".t");
  const ZoneCatalog zones = Example(absl::StrCat("d DNAME ", target));
  // 255 octets are not.
  EXPECT_THAT(Ask(zones, absl::StrCat(label, ".d.example. A")), StartsWith("NXDOMAIN aa\n"));
  EXPECT_EQ(Ask(zones, absl::StrCat("a", label, ".d.example. A")),
            absl::StrCat("YXDOMAIN aa\nanswer:\nd.example. 3600 IN DNAME ", target, ".example.\n"));
}

TEST(AnswererTest, DnameAtTheApexAndItsLoop) {
  const ZoneCatalog zones = Example("@ DNAME deep.example.");
  EXPECT_THAT(Ask(zones, "example. SOA"), HasSubstr("IN SOA"));
  // Every step makes the name longer, until the limit of steps or of a name's size.
  EXPECT_THAT(Ask(zones, "x.example. A"), HasSubstr("x.deep.example. 3600 IN CNAME x.deep.deep.example.\n"));
}

TEST(AnswererTest, DelegationOutranksWhatIsBelowIt) {
  const ZoneCatalog zones = Example("sub NS ns.elsewhere.\nwww.sub A 192.0.2.1\nd.sub DNAME t\n*.sub A 192.0.2.2");
  const std::string referral = "NOERROR\nauthority:\nsub.example. 3600 IN NS ns.elsewhere.\n";
  for (const char* name : {"sub.example.", "www.sub.example.", "x.d.sub.example.", "any.sub.example."}) {
    EXPECT_EQ(Ask(zones, absl::StrCat(name, " A")), referral) << name;
  }
  EXPECT_EQ(Ask(zones, "sub.example. NS"), referral);
  EXPECT_EQ(Ask(zones, "sub.example. ANY"), referral);
}

TEST(AnswererTest, DnameAboveADelegationOutranksIt) {
  const ZoneCatalog zones = Example("d DNAME t\nsub.d NS ns.elsewhere.");
  EXPECT_THAT(Ask(zones, "sub.d.example. NS"), StartsWith("NXDOMAIN aa\nanswer:\nd.example. 3600 IN DNAME"));
}

TEST(AnswererTest, Glue) {
  const ZoneCatalog zones = Example(R"(
    sub NS ns.sub
    sub NS ns.sibling
    sub NS ns
    sub NS missing.sub
    sub NS ns.elsewhere.
    ns.sub A 192.0.2.1
    ns.sub AAAA 2001:db8::1
    sibling NS ns.sibling
    ns.sibling A 192.0.2.2
    ns A 192.0.2.3)");
  EXPECT_EQ(Ask(zones, "www.sub.example. A"),
            "NOERROR\nauthority:\n"
            "sub.example. 3600 IN NS ns.sub.example.\n"
            "sub.example. 3600 IN NS ns.example.\n"
            "sub.example. 3600 IN NS ns.sibling.example.\n"
            "sub.example. 3600 IN NS ns.elsewhere.\n"
            "sub.example. 3600 IN NS missing.sub.example.\n"
            "additional:\n"
            "ns.sub.example. 3600 IN A 192.0.2.1\n"
            "ns.sub.example. 3600 IN AAAA 2001:db8::1\n"
            "ns.example. 3600 IN A 192.0.2.3\n"
            "ns.sibling.example. 3600 IN A 192.0.2.2\n");
  // Glue is no data of this zone.
  EXPECT_THAT(Ask(zones, "ns.sub.example. A"), StartsWith("NOERROR\nauthority:\nsub.example."));
}

// RFC 9471 §3: in-domain glue that does not fit truncates; sibling glue is left out.
TEST(AnswererTest, GlueThatDoesNotFit) {
  const ZoneCatalog zones = Example(R"(
    sub NS ns.sub
    sub NS ns.sibling
    ns.sub AAAA 2001:db8::1
    sibling NS ns.sibling
    ns.sibling AAAA 2001:db8::2)");
  const std::string full = Ask(zones, "sub.example. A");
  EXPECT_THAT(full, StartsWith("NOERROR\n"));
  EXPECT_THAT(full, HasSubstr("ns.sibling.example. 3600 IN AAAA"));
  // Header and question 29, NS 17 + 25, glue 28 each.
  const std::string all_required = Ask(zones, "sub.example. A", {.max_size = 29 + 42 + 28});
  EXPECT_THAT(all_required, StartsWith("NOERROR\n"));
  EXPECT_THAT(all_required, HasSubstr("ns.sub.example. 3600 IN AAAA"));
  EXPECT_THAT(all_required, Not(HasSubstr("ns.sibling.example. 3600 IN AAAA")));
  EXPECT_THAT(Ask(zones, "sub.example. A", {.max_size = 29 + 42 + 27}), StartsWith("NOERROR tc\nauthority:\n"));
  EXPECT_EQ(Ask(zones, "sub.example. A", {.max_size = 29 + 20}), "NOERROR tc\n");
}

// However many name servers there are, their glue is whole or the answer says that it is not.
TEST(AnswererTest, GlueOfManyServers) {
  std::string lines;
  for (int i = 0; i < 100; ++i) absl::StrAppend(&lines, "sub NS n", i, ".sub\nn", i, ".sub A 192.0.2.", i, "\n");
  const ZoneCatalog zones = Example(lines);
  const std::string answer = Ask(zones, "sub.example. A");
  EXPECT_THAT(answer, StartsWith("NOERROR\n"));
  for (int i = 0; i < 100; ++i) EXPECT_THAT(answer, HasSubstr(absl::StrCat(" IN A 192.0.2.", i, "\n")));
}

TEST(AnswererTest, DsBelongsToTheParent) {
  constexpr char kDs[] =
      "DS 1 8 2 "
      "00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF";
  const std::string parent = absl::StrCat("sub NS ns.elsewhere.\nsub ", kDs, "\nplain NS ns.elsewhere.");
  const ZoneCatalog both = Catalog({{"example.", parent}, {"sub.example.", "@ A 192.0.2.1"}});
  EXPECT_EQ(Ask(both, "sub.example. DS"), absl::StrCat("NOERROR aa\nanswer:\nsub.example. 3600 IN ", kDs, "\n"));
  EXPECT_EQ(Ask(both, "plain.example. DS"), NoData());
  EXPECT_EQ(Ask(both, "www.plain.example. DS"), "NOERROR\nauthority:\nplain.example. 3600 IN NS ns.elsewhere.\n");
  EXPECT_THAT(Ask(both, "nowhere.sub.example. DS"), HasSubstr("sub.example. 300 IN SOA"));
  EXPECT_EQ(Ask(both, "example. DS"), NoData());
  EXPECT_EQ(Ask(Catalog({{"sub.example.", "@ A 192.0.2.1"}}), "sub.example. DS"),
            "NOERROR aa\nauthority:\n"
            "sub.example. 300 IN SOA ns.sub.example. hostmaster.sub.example. 1 7200 900 1209600 300\n");
}

// RFC 4035 §3.1.4.1: we serve the child and its grandparent, but not the parent that could have the DS.
TEST(AnswererTest, DsOfAChildWhoseParentIsElsewhere) {
  const ZoneCatalog zones = Catalog({{"example.", "parent NS ns.elsewhere."}, {"child.parent.example.", ""}});
  EXPECT_THAT(Ask(zones, "child.parent.example. DS"),
              StartsWith("NOERROR aa\nauthority:\nchild.parent.example. 300 IN SOA"));
}

TEST(AnswererTest, DsIsNotAskedOfAZoneOfAnotherClass) {
  const auto chaos = std::make_shared<const TestOctets>(SnapshotText("example.", "a A 192.0.2.1", dns::rr_class::kCH));
  const ZoneCatalog zones({MakeZone(chaos), MakeZone("child.example.", "")});
  EXPECT_THAT(Ask(zones, "child.example. DS"), StartsWith("NOERROR aa\nauthority:\nchild.example. 300 IN SOA"));
}

TEST(AnswererTest, DsOfAnAliasTargetIsAskedOfTheParentToo) {
  const ZoneCatalog zones =
      Catalog({{"example.", "sub NS ns.elsewhere.\na CNAME sub"}, {"sub.example.", "@ A 192.0.2.1"}});
  EXPECT_EQ(Ask(zones, "a.example. DS"),
            absl::StrCat("NOERROR aa\nanswer:\na.example. 3600 IN CNAME sub.example.\nauthority:\n", kSoa));
}

TEST(AnswererTest, TheNearestZoneAnswers) {
  const ZoneCatalog zones = Catalog({{"example.", "www.sub A 192.0.2.1"}, {"sub.example.", "www A 192.0.2.2"}});
  EXPECT_EQ(Ask(zones, "www.sub.example. A"), "NOERROR aa\nanswer:\nwww.sub.example. 3600 IN A 192.0.2.2\n");
}

TEST(AnswererTest, Any) {
  const ZoneCatalog zones = Example("www TXT one\nwww A 192.0.2.1\nwww MX 10 www");
  EXPECT_EQ(Ask(zones, "www.example. ANY"),
            "NOERROR aa\nanswer:\nwww.example. 3600 IN A 192.0.2.1\nwww.example. 3600 IN MX 10 www.example.\n"
            "www.example. 3600 IN TXT \"one\"\n");
  EXPECT_EQ(Ask(zones, "www.example. ANY", {.minimal_any = true}),
            "NOERROR aa\nanswer:\nwww.example. 3600 IN A 192.0.2.1\n");
  EXPECT_EQ(Ask(zones, "nowhere.example. ANY", {.minimal_any = true}), NxDomain());
}

TEST(AnswererTest, Additional) {
  const ZoneCatalog zones = Example(R"(
    @ NS ns
    @ MX 10 mail
    @ MX 20 mail
    @ MX 30 mail.elsewhere.
    _sip._tcp SRV 0 1 5060 mail
    svc SVCB 1 mail alpn=h2
    sub NS ns.sub
    ns.sub A 192.0.2.4
    glued MX 10 ns.sub
    ns A 192.0.2.1
    mail A 192.0.2.2
    mail AAAA 2001:db8::2
    mail TXT ignored)");
  EXPECT_EQ(Ask(zones, "example. MX"),
            "NOERROR aa\nanswer:\nexample. 3600 IN MX 10 mail.example.\nexample. 3600 IN MX 20 mail.example.\n"
            "example. 3600 IN MX 30 mail.elsewhere.\n"
            "additional:\nmail.example. 3600 IN A 192.0.2.2\nmail.example. 3600 IN AAAA 2001:db8::2\n");
  const std::string mail = "additional:\nmail.example. 3600 IN A 192.0.2.2\nmail.example. 3600 IN AAAA 2001:db8::2\n";
  EXPECT_THAT(Ask(zones, "_sip._tcp.example. SRV"), HasSubstr(mail));
  EXPECT_THAT(Ask(zones, "svc.example. SVCB"), HasSubstr(mail));
  EXPECT_THAT(Ask(zones, "example. NS"), HasSubstr("additional:\nns.example. 3600 IN A 192.0.2.1\n"));
  EXPECT_THAT(Ask(zones, "glued.example. MX"), Not(HasSubstr("additional")));
}

TEST(AnswererTest, AdditionalThatDoesNotFitIsLeftOutSilently) {
  const ZoneCatalog zones = Example("@ MX 10 mail\nmail A 192.0.2.2\nmail AAAA 2001:db8::2");
  const std::string answer = "NOERROR aa\nanswer:\nexample. 3600 IN MX 10 mail.example.\n";
  // Header and question 25, MX 21, A 16, AAAA 28.
  EXPECT_EQ(Ask(zones, "example. MX", {.max_size = 46}), answer);
  EXPECT_EQ(Ask(zones, "example. MX", {.max_size = 46 + 16}),
            absl::StrCat(answer, "additional:\nmail.example. 3600 IN A 192.0.2.2\n"));
  // What does not fit makes room for what does.
  EXPECT_EQ(Ask(Example("@ MX 10 a\n@ MX 20 b\na AAAA 2001:db8::2\nb A 192.0.2.2"), "example. MX",
                {.max_size = 25 + 18 + 18 + 16}),
            "NOERROR aa\nanswer:\nexample. 3600 IN MX 10 a.example.\nexample. 3600 IN MX 20 b.example.\n"
            "additional:\nb.example. 3600 IN A 192.0.2.2\n");
  EXPECT_EQ(Ask(zones, "example. MX", {.max_size = 45}), "NOERROR aa tc\n");
}

TEST(AnswererTest, TruncationAtEverySizeIsSound) {
  std::string lines = "sub NS ns.sub\nns.sub A 192.0.2.1\na CNAME b\nb CNAME many\n";
  for (int i = 0; i < 20; ++i) absl::StrAppend(&lines, "many TXT text", i, "\n");
  const ZoneCatalog zones = Example(lines);
  for (const char* question : {"a.example. TXT", "x.sub.example. A", "nowhere.example. A"}) {
    const std::string full = Ask(zones, question);
    for (size_t size = 40; size < 800; ++size) {
      const std::string answer = Ask(zones, question, {.max_size = size});
      EXPECT_TRUE(answer == full || answer.find(" tc\n") != std::string::npos) << question << " " << size << answer;
    }
  }
}

TEST(AnswererTest, MoreThanAMessageHolds) {
  std::string lines;
  for (int i = 0; i < 400; ++i) absl::StrAppend(&lines, "big TXT ", std::string(200, 'x'), i, "\n");
  EXPECT_EQ(Ask(Example(lines), "big.example. TXT"), "NOERROR aa tc\n");
}

TEST(AnswererTest, RootZone) {
  const ZoneCatalog zones = Catalog({{".", "@ NS ns.root.\ncom NS a.com.\na.com. A 192.0.2.1\nns.root A 192.0.2.2"}});
  const std::string soa = ". 300 IN SOA ns. hostmaster. 1 7200 900 1209600 300\n";
  EXPECT_EQ(Ask(zones, ". NS"),
            "NOERROR aa\nanswer:\n. 3600 IN NS ns.root.\nadditional:\nns.root. 3600 IN A 192.0.2.2\n");
  EXPECT_EQ(Ask(zones, ". A"), absl::StrCat("NOERROR aa\nauthority:\n", soa));
  EXPECT_EQ(Ask(zones, ". DS"), absl::StrCat("NOERROR aa\nauthority:\n", soa));
  EXPECT_EQ(Ask(zones, "nowhere. A"), absl::StrCat("NXDOMAIN aa\nauthority:\n", soa));
  EXPECT_EQ(Ask(zones, "www.example.com. A"),
            "NOERROR\nauthority:\ncom. 3600 IN NS a.com.\nadditional:\na.com. 3600 IN A 192.0.2.1\n");
}

TEST(AnswererTest, SignaturesAskedForByName) {
  constexpr char kSignature[] = "A 8 2 3600 20300101000000 20200101000000 1 example. AAAA";
  const ZoneCatalog zones = Example(absl::StrCat("www A 192.0.2.1\nwww RRSIG ", kSignature));
  EXPECT_THAT(Ask(zones, "www.example. RRSIG"), HasSubstr(absl::StrCat("www.example. 3600 IN RRSIG ", kSignature)));
  EXPECT_THAT(Ask(zones, "www.example. A"), Not(HasSubstr("RRSIG")));
}

// RFC 9660 §3: of the zone that the question's name is in.
TEST(AnswererTest, TellsWhichVersionOfWhichZoneItComesFrom) {
  const ZoneCatalog zones =
      Catalog({{"example.", "a CNAME b.other.\nchild NS ns.child\nns.child A 192.0.2.1\nchild2 NS ns"},
               {"child2.example.", ""},
               {"other.", "b A 192.0.2.1"},
               {".", ""}});
  const auto labels = [&](const char* name, uint16_t type) {
    const dns::LookupName lookup(dns::Name::FromText(name)->wire());
    Question question;
    question.name = &lookup;
    question.type = type;
    question.rr_class = dns::rr_class::kIN;
    std::vector<char> buffer(65535);
    size_t size = 0;
    std::optional<dns::ZoneVersion> version;
    EXPECT_EQ(AnswerQuestion(zones, question, buffer.data(), &size, &version), AnswerOutcome::kAnswered);
    EXPECT_TRUE(version.has_value());
    EXPECT_EQ(version->serial, 1u);
    return int{version->label_count};
  };
  EXPECT_EQ(labels("a.example.", dns::rr_type::kA), 1) << "not the alias' target's";
  EXPECT_EQ(labels("nothing.example.", dns::rr_type::kA), 1);
  EXPECT_EQ(labels("www.child.example.", dns::rr_type::kA), 1) << "a referral";
  EXPECT_EQ(labels("child2.example.", dns::rr_type::kA), 2);
  EXPECT_EQ(labels("child2.example.", dns::rr_type::kDS), 1);
  EXPECT_EQ(labels("com.", dns::rr_type::kA), 0);
}

TEST(AnswererTest, DamageIsSeenBeforeAndOnTheWay) {
  const auto octets = std::make_shared<TestOctets>(SnapshotText("example.", "a CNAME b.other."));
  const auto other = std::make_shared<TestOctets>(SnapshotText("other.", "b A 192.0.2.1"));
  const ZoneCatalog zones({MakeZone(octets), MakeZone(other)});
  EXPECT_THAT(Ask(zones, "a.example. A"), StartsWith("NOERROR"));
  other->set_damaged(true);
  EXPECT_EQ(Ask(zones, "a.example. A"), "damaged");
  EXPECT_EQ(Ask(zones, "b.other. A"), "damaged");
  EXPECT_THAT(Ask(zones, "x.example. A"), StartsWith("NXDOMAIN"));
}

TEST(AnswererTest, ADnameThatIsMetTwiceStandsInTheAnswerOnce) {
  const std::string answer = Ask(Example("b DNAME d\n* CNAME q.b"), "x.b.example. A");
  EXPECT_THAT(answer, HasSubstr("q.b.example. 3600 IN CNAME q.d.example."));
  EXPECT_EQ(answer.find(" DNAME "), answer.rfind(" DNAME ")) << answer;
  // On the way, and as what was asked for.
  const std::string asked = Ask(Example("b DNAME c\nx.c CNAME b"), "x.b.example. DNAME");
  EXPECT_THAT(asked, HasSubstr("x.c.example. 3600 IN CNAME b.example."));
  EXPECT_EQ(asked.find(" DNAME "), asked.rfind(" DNAME ")) << asked;
}

}  // namespace
}  // namespace strata::authority
