// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/records/record_functions.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "zonec/pyzone/testing/run_pyzone.h"

namespace strata::zonec {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The record that a call makes, or what is said about it.
std::string Record(const std::string& call) {
  const PyzoneOutcome outcome = RunPyzone(absl::StrCat("zone = [", call, "]"));
  if (!outcome.messages.empty()) return outcome.messages[0];
  return outcome.records.empty() ? "none" : outcome.records[0];
}

TEST(RecordFunctions, TakeTwistedsArgumentsInItsOrder) {
  EXPECT_EQ(Record("SOA('a.b', 'n.a', 'r.a', 1, '2M', 3, '4W', 5, 6)"), "a.b. 6 SOA n.a. r.a. 1 120 3 2419200 5");
  EXPECT_EQ(Record("SOA('a.b', 'n.a', 'r.a')"), "a.b. 0 SOA n.a. r.a. 0 0 0 0 0");
  EXPECT_EQ(Record("SOA('a.b', mname='n.a', rname='r.a', serial='1H', minimum='1.5m')"),
            "a.b. 90 SOA n.a. r.a. 3600 0 0 0 90");
  EXPECT_EQ(Record("A('a.b.', '192.0.2.1', 5)"), "a.b. 5 A 192.0.2.1");
  EXPECT_EQ(Record("A(name=b'a.b', address=b'192.0.2.1', ttl='1H')"), "a.b. 3600 A 192.0.2.1");
  EXPECT_EQ(Record("AAAA('a.b', '2001:db8::1')"), "a.b. 0 AAAA 2001:db8::1");
  for (const std::string type : {"NS", "CNAME", "PTR", "DNAME", "MB", "MD", "MF", "MG", "MR"}) {
    EXPECT_EQ(Record(type + "('a.b', 'c.d', 7)"), "a.b. 7 " + type + " c.d.");
  }
  EXPECT_EQ(Record("MX('a.b', 10, 'm.b', 7)"), "a.b. 7 MX 10 m.b.");
  EXPECT_EQ(Record("MX('a.b', exchange='m.b')"), "a.b. 0 MX 0 m.b.");
  EXPECT_EQ(Record("SRV('a.b', 1, 2, 3, 't.b')"), "a.b. 0 SRV 1 2 3 t.b.");
  EXPECT_EQ(Record("SRV('a.b', port=3, target='t.b', ttl=1)"), "a.b. 1 SRV 0 0 3 t.b.");
  EXPECT_EQ(Record("NAPTR('a.b', 1, 2, b's', b'SIP', b'!a\\\\!', 'r.b')"),
            "a.b. 0 NAPTR 1 2 \"s\" \"SIP\" \"!a\\\\!\" r.b.");
  EXPECT_EQ(Record("HINFO('a.b', cpu='c', os=b'o')"), "a.b. 0 HINFO \"c\" \"o\"");
  EXPECT_EQ(Record("RP('a.b', 'm.b', txt='t.b')"), "a.b. 0 RP m.b. t.b.");
  EXPECT_EQ(Record("MINFO('a.b', rmailbx='r.b', emailbx='e.b')"), "a.b. 0 MINFO r.b. e.b.");
  EXPECT_EQ(Record("AFSDB('a.b', subtype=1, hostname='h.b')"), "a.b. 0 AFSDB 1 h.b.");
  EXPECT_EQ(Record("SSHFP('a.b', 4, fingerprintType=9, fingerprint=b'\\x01\\xff')"), "a.b. 0 SSHFP 4 9 01FF");
  EXPECT_EQ(Record("TXT('a.b', b'x', 'y \"z\" \\\\', '', ttl=9)"), "a.b. 9 TXT \"x\" \"y \\\"z\\\" \\\\\" \"\"");
  EXPECT_EQ(Record("SPF('a.b', 'v=spf1 -all')"), "a.b. 0 SPF \"v=spf1 -all\"");
}

TEST(RecordFunctions, TypesOfOldHaveFunctionsToo) {
  EXPECT_EQ(Record("WKS('a.b', '192.0.2.1', 6, b'\\x00\\x40')"), "a.b. 0 WKS 192.0.2.1 6 9");
  EXPECT_EQ(Record("WKS('a.b', '192.0.2.1', 'tcp', map='smtp 80', ttl=1)"), "a.b. 1 WKS 192.0.2.1 6 25 80");
  EXPECT_EQ(Record("NULL('a.b', b'\\x00x')"), "a.b. 0 NULL \\# 2 0078");
  EXPECT_EQ(Record("A6('a.b', 64, '::1:2:3:4', 'p.b')"), "a.b. 0 A6 64 ::1:2:3:4 p.b.");
  EXPECT_EQ(Record("A6('a.b', 0, '2001:db8::1')"), "a.b. 0 A6 0 2001:db8::1");
  EXPECT_EQ(Record("A6('a.b', 128, prefix='p.b')"), "a.b. 0 A6 128 p.b.");
  EXPECT_EQ(Record("LOC('a.b', '52 22 23 N 4 53 32 E -2m', ttl=5)"),
            "a.b. 5 LOC 52 22 23.000 N 4 53 32.000 E -2.00m 1m 10000m 10m");
  EXPECT_EQ(Record("LOC('a.b', 52, 'N', 4, 'E', 0)"), "a.b. 0 LOC 52 0 0.000 N 4 0 0.000 E 0.00m 1m 10000m 10m");
  EXPECT_EQ(Record("APL('a.b', '1:192.0.2.0/24', '!2:2001:db8::/32')"), "a.b. 0 APL 1:192.0.2.0/24 !2:2001:db8::/32");
  EXPECT_EQ(Record("HIP('a.b', 2, b'\\x20\\x01', 'AwEA', 'r.b')"), "a.b. 0 HIP 2 2001 AwEA r.b.");
  EXPECT_EQ(Record("IPSECKEY('a.b', 10, 1, 2, '192.0.2.38', 'AQNR', ttl=3)"), "a.b. 3 IPSECKEY 10 1 2 192.0.2.38 AQNR");
  EXPECT_EQ(Record("AMTRELAY('a.b', 10, 1, 3, 'r.b')"), "a.b. 0 AMTRELAY 10 1 3 r.b.");
  EXPECT_EQ(Record("UINFO('a.b', 'x')"),
            "1:9 rdata: UINFO: the type has no function of its own; write RR(owner, \"UINFO\", r\"\\# SIZE HEX\") "
            "(RFC 3597)");
  EXPECT_EQ(Record("TSIG('a.b')"), "1:9 type: TSIG: a meta type (RFC 6895 §3.1), which no zone can hold");
}

TEST(RecordFunctions, ModernTypesAreNamedAsTheirFields) {
  EXPECT_EQ(Record("CAA('a.b', 0, 'issue', 'ca.example', ttl=3)"), "a.b. 3 CAA 0 issue \"ca.example\"");
  EXPECT_EQ(Record("CAA('a.b', flags=128, tag='iodef', value='mailto:x')"), "a.b. 0 CAA 128 iodef \"mailto:x\"");
  EXPECT_EQ(Record("TLSA('a.b', 3, 1, 1, 'AB CD')"), "a.b. 0 TLSA 3 1 1 ABCD");
  EXPECT_EQ(Record("TLSA('a.b', 3, 1, 1, certificate_association=b'\\xab')"), "a.b. 0 TLSA 3 1 1 AB");
  EXPECT_EQ(Record("DNSKEY('a.b', 257, 3, 13, 'q80=')"), "a.b. 0 DNSKEY 257 3 13 q80=");
  EXPECT_EQ(Record("DNSKEY('a.b', 257, 3, 'ECDSAP256SHA256', b'\\xab\\xcd')"), "a.b. 0 DNSKEY 257 3 13 q80=");
  EXPECT_EQ(Record("URI('a.b', 1, 2, 'https://x/')"), "a.b. 0 URI 1 2 \"https://x/\"");
  EXPECT_EQ(Record("HTTPS('a.b', 1, '.', 'alpn=\"h2,h3\"', 'port=443', ttl=1)"),
            "a.b. 1 HTTPS 1 . alpn=\"h2,h3\" port=443");
  EXPECT_EQ(Record("NSEC('a.b', 'c.b', 'A', 'MX')"), "a.b. 0 NSEC c.b. A MX");
}

TEST(RecordFunctions, AnyTypeByItsText) {
  EXPECT_EQ(Record("RR('a.b', 'MX', '10 m.b.', ttl='1D')"), "a.b. 86400 MX 10 m.b.");
  EXPECT_EQ(Record("RR('a.b', 65280, r'\\# 2 ABCD')"), "a.b. 0 TYPE65280 \\# 2 ABCD");
  EXPECT_EQ(Record("RR('a.b', 'HTTPS', '1 . alpn=\"h2,h3\"')"), "a.b. 0 HTTPS 1 . alpn=\"h2,h3\"");
  EXPECT_EQ(Record("RR('a.b', 'TXT', '\"x; y\" z')"), "a.b. 0 TXT \"x; y\" \"z\"");
  EXPECT_EQ(Record("RR('a.b', 'XX', '')"),
            "1:19 type: RR: this is not an RR type; types without a name are written \"TYPE65280\"");
  EXPECT_EQ(Record("RR('a.b', 'ANY', '')"),
            "1:19 type: RR: ANY is a meta type (RFC 6895 §3.1), which no zone can hold");
  EXPECT_EQ(Record("RR('a.b', 'A', '\"')"), "1:24 rdata: RR: the quoted string does not end on its line");
}

TEST(RecordFunctions, MistakesStandAtTheArgument) {
  EXPECT_EQ(Record("A('a.b', '300.1.1.1')"), "1:18 rdata: A: address \"300.1.1.1\" is not an IPv4 address");
  EXPECT_EQ(Record("A('a.b')"), "1:9 arguments: A: `address` is missing");
  EXPECT_EQ(Record("A()"), "1:9 arguments: A: the owner is missing");
  EXPECT_EQ(Record("A('a.b', '192.0.2.1', 1, 2)"),
            "1:34 arguments: A: too many arguments; it takes the owner, 1 more and the ttl");
  EXPECT_EQ(Record("A('a.b', addres='192.0.2.1')"),
            "1:25 arguments: A: there is no parameter `addres`; there are owner, address, ttl");
  EXPECT_EQ(Record("A('a.b', '192.0.2.1', address='192.0.2.1')"), "1:39 arguments: A: `address` is given twice");
  EXPECT_EQ(Record("A('a..b', '192.0.2.1')").substr(0, 20), "1:11 name: A: owner:");
  EXPECT_EQ(Record("A('', '192.0.2.1')"), "1:11 name: A: owner: the name is empty; the root is written \".\"");
  EXPECT_EQ(Record("A('ä.b', '192.0.2.1')"),
            "1:11 name: A: owner: the name \"ä.b\" is not ASCII; write its A-labels (xn--...)");
  EXPECT_EQ(Record("NS('a.b', 5)"), "1:19 rdata: NS: the name server is a str or a bytes, not an int");
  EXPECT_EQ(Record("A('a.b', '192.0.2.1', '1H30M')").substr(0, 33), "1:31 ttl: A: this is not a TTL; i");
  EXPECT_EQ(Record("A('a.b', '192.0.2.1', -1)").substr(0, 33), "1:31 ttl: A: this is not a TTL; i");
  EXPECT_EQ(Record("A('a.b', '192.0.2.1', True)").substr(0, 33), "1:31 ttl: A: this is not a TTL; i");
  EXPECT_EQ(Record("MX('a.b', 65536, 'm')"), "1:19 rdata: MX: preference \"65536\" is not a number from 0 to 65535");
}

TEST(RecordFunctions, TheTtlIsItsOwnOrTheSoas) {
  EXPECT_THAT(RunPyzone("zone = [A('a.b', '192.0.2.1'), A('a.b', '192.0.2.2', ttl=0),"
                        " SOA('a.b', 'n.', 'r.', minimum=7, ttl=9)]")
                  .records,
              ElementsAre("a.b. 9 A 192.0.2.1", "a.b. 0 A 192.0.2.2", "a.b. 9 SOA n. r. 0 0 0 0 7"));
  EXPECT_THAT(RunPyzone("zone = [SOA('a.b', 'n.', 'r.', minimum=4294967295)]").records,
              ElementsAre("a.b. 2147483647 SOA n. r. 0 0 0 0 4294967295"));
}

TEST(RecordFunctions, OneRunFindsAllWrongRecords) {
  const PyzoneOutcome outcome = RunPyzone(
      "def host(n, a):\n  return A(n + '.b', a)\nzone = [\n  host('x', '1'),\n  host('y', '192.0.2.1'),\n  "
      "NS('b'),\n]");
  EXPECT_THAT(outcome.messages,
              ElementsAre("2:22 rdata: A: address \"1\" is not an IPv4 address (4:3 in this call of host())",
                          "6:3 arguments: NS: `target` is missing"));
  EXPECT_THAT(outcome.records, ElementsAre("y.b. 0 A 192.0.2.1"));
  ASSERT_EQ(outcome.places.size(), 1u);
  EXPECT_EQ(outcome.places[0].line, 2u);
  EXPECT_EQ(outcome.places[0].column, 10u);
}

TEST(RecordFunctions, TheListHoldsRecordsOnly) {
  EXPECT_THAT(RunPyzone("").messages, ElementsAre("zone-list: the file leaves no list called `zone`"));
  EXPECT_THAT(RunPyzone("zone = 5").messages, ElementsAre("zone-list: `zone` is an int, not a list of records"));
  EXPECT_THAT(RunPyzone("zone = [1, []]").messages,
              ElementsAre("zone-list: item 0 of `zone`, counted from 0, is an int, not a record",
                          "zone-list: item 1 of `zone`, counted from 0, is a list, not a record; lists are joined by + "
                          "or, within brackets, by *"));
  EXPECT_THAT(RunPyzone("A('a.b', '192.0.2.1')\nzone = []").messages,
              ElementsAre("1:1 unused-record: the record is made and dropped; records belong into the list `zone`"));
  EXPECT_THAT(RunPyzone("zone = ()").messages, IsEmpty());
}

}  // namespace
}  // namespace strata::zonec
