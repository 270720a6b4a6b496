// SPDX-License-Identifier: Apache-2.0
#include "dns/rdata_text.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "dns/rdata.h"
#include "dns/rr_type.h"
#include "dns/testing/hex_message.h"
#include "dns/testing/text_tokens.h"
#include "gmock/gmock.h"

namespace strata::dns {
namespace {

using testing::HasSubstr;

const Name& Origin() {
  static const Name origin = *Name::FromText("example.com.");
  return origin;
}

// What is written, what it is on the wire, and how it is written back.
struct Case {
  const char* type;
  const char* text;
  const char* hex;
  const char* written = nullptr;  // as `text`
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.type << " " << c.text; }

class TextBothWays : public testing::TestWithParam<Case> {};

TEST_P(TextBothWays, ParsesAndWrites) {
  const Case& c = GetParam();
  const uint16_t type = TypeFromText(c.type).value();
  const std::string written = c.written != nullptr ? c.written : c.text;

  std::string rdata;
  const auto error = ParseRdataText(type, SplitTextTokens(c.text), Origin(), &rdata);
  ASSERT_FALSE(error) << "token " << error->token << ": " << error->message;
  EXPECT_EQ(ToHex(rdata), ToHex(HexMessage(c.hex)));
  EXPECT_TRUE(IsValidRdata(type, rdata));

  std::string text;
  AppendRdataText(type, rdata, &text);
  EXPECT_EQ(text, written);

  std::string again;
  EXPECT_FALSE(ParseRdataText(type, SplitTextTokens(text), Name(), &again));
  EXPECT_EQ(ToHex(again), ToHex(rdata));

  // The generic form says the same (RFC 3597 §5).
  const std::string generic = absl::StrCat("\\# ", rdata.size(), " ", ToHex(rdata));
  ASSERT_FALSE(ParseRdataText(type, SplitTextTokens(generic), Origin(), &again)) << generic;
  EXPECT_EQ(ToHex(again), ToHex(rdata));
}

// RFC 1035 and what it left to RFC 3596, 2782, 3403 and 6672.
const Case kBasic[] = {
    {"A", "192.0.2.1", "c0000201"},
    {"NS", "ns", "02 6e73 07 6578616d706c65 03 636f6d 00", "ns.example.com."},
    {"NS", "@", "07 6578616d706c65 03 636f6d 00", "example.com."},
    {"CNAME", "Www.Example.", "03 577777 07 4578616d706c65 00"},
    {"SOA", R"(ns. host\.master.example. 2147483648 2h 15m 1209600 1D)",
     "02 6e73 00; primary\n0b 686f73742e6d6173746572 07 6578616d706c65 00; mailbox\n"
     "80000000 00001c20 00000384 00127500 00015180",
     R"(ns. host\.master.example. 2147483648 7200 900 1209600 86400)"},
    {"PTR", ".", "00"},
    {"MX", "10 mail.", "000a 04 6d61696c 00"},
    {"MX", "010 mail.", "000a 04 6d61696c 00", "10 mail."},
    {"HINFO", R"(PC "Debian 12")", "02 5043 09 44656269616e203132", R"("PC" "Debian 12")"},
    {"MINFO", "a. b.", "01 61 00 01 62 00"},
    {"MB", "a.", "01 61 00"},
    {"TXT", R"("a;b" c\;d "" foo\ bar)", "03 613b62 03 633b64 00 07 666f6f20626172", R"("a;b" "c;d" "" "foo bar")"},
    {"TXT", R"("\"\\\200\065\009")", "05 225cc84109", R"("\"\\\200A\009")"},
    {"RP", "mbox txt", "04 6d626f78 076578616d706c6503636f6d00 03 747874 076578616d706c6503636f6d00",
     "mbox.example.com. txt.example.com."},
    {"AFSDB", "1 afs.", "0001 03 616673 00"},
    {"AAAA", "2001:DB8:0:0:1:0:0:1", "20010db8000000000001000000000001", "2001:db8::1:0:0:1"},
    {"AAAA", "::ffff:192.0.2.1", "00000000000000000000ffffc0000201"},
    {"SRV", "1 2 5060 sip.", "0001 0002 13c4 03 736970 00"},
    {"NAPTR", R"(100 50 "s" "http+I2L+I2C" "" _http._tcp.)",
     "0064 0032 01 73 0c 687474702b49324c2b493243 00 05 5f68747470 04 5f746370 00"},
    {"NAPTR", R"(100 10 "" "" "!^urn:cid:.+@([^\\.]+\\.)(.*)$!\\2!i" .)",
     "0064 000a 00 00 21 215e75726e3a6369643a2e2b40285b5e5c2e5d2b5c2e29282e2a2924215c32216900"},
    {"DNAME", "frobozz-division.acme.", "10 66726f626f7a7a2d6469766973696f6e 04 61636d65 00"},
    {"SPF", R"("v=spf1 -all")", "0b 763d73706631202d616c6c"},
};
INSTANTIATE_TEST_SUITE_P(Basic, TextBothWays, testing::ValuesIn(kBasic));

// RFC 4034 §2.3, §3.3, §4.3, §5.4; RFC 5155 Appendix A; RFC 7344, 6698, 4255, 8976.
const Case kSecurity[] = {
    {"DNSKEY",
     "256 3 5 AQPSKmynfzW4kyBv015MUG2DeIQ3Cbl+BBZH4b/0PY1kxkmvHjcZc8nokfzj31GajIQKY+5CptLr3buXA10hWqTkF7H6RfoRqXQeogmM"
     "Hfpftf6zMv1LyBUgia7za6ZEzOJBOztyvhjL742iU/TpPSEDhm2SNKLijfUppn1UaNvv4w==",
     "0100 03 05 "
     "0103d22a6ca77f35b893206fd35e4c506d8378843709b97e041647e1bff43d8d64c649af1e371973c9e891fce3df519a8c840a63"
     "ee42a6d2ebddbb97035d215aa4e417b1fa45fa11a9741ea2098c1dfa5fb5feb332fd4bc8152089aef36ba644cce2413b3b72be18cbef8da25"
     "3"
     "f4e93d2103866d9234a2e28df529a67d5468dbefe3"},
    {"RRSIG", "A RSASHA1 5 86400 20030322173103 1045762263 2642 example.com. oJB1 W6WN Gw==",
     "0001 05 05 00015180 3e7c9dd7 3e5510d7 0a52 07 6578616d706c65 03 636f6d 00 a09075 5ba58d 1b",
     "A 5 5 86400 20030322173103 20030220173103 2642 example.com. oJB1W6WNGw=="},
    {"NSEC", "host.example.com. A MX RRSIG NSEC TYPE1234",
     "04 686f7374 07 6578616d706c65 03 636f6d 00  00 06 400100000003\n"
     "04 1b 000000000000000000000000000000000000000000000000000020"},
    {"DS", "60485 5 1 2BB183AF5F22588179A53B0A 98631FAD1A292118", "ec45 05 01 2bb183af5f22588179a53b0a98631fad1a292118",
     "60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118"},
    {"DS", "60485 rsasha1 sha-1 2bb183af5f22588179a53b0a98631fad1a292118",
     "ec45 05 01 2bb183af5f22588179a53b0a98631fad1a292118", "60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118"},
    {"CDS", "0 0 0 00", "0000 00 00 00"},
    {"CDNSKEY", "0 3 0 AA==", "0000 03 00 00"},
    {"KEY", "49152 3 5", "c000 03 05"},
    {"NSEC3", "1 1 12 aabbccdd 2t7b4g4vsa5smi47k61mv5bv1a22bojr MX DNSKEY NS SOA NSEC3PARAM RRSIG",
     "01 01 000c 04 aabbccdd 14 174eb2409fe28bcb4887a1836f957f0a8425e27b 00 07 22010000000290",
     "1 1 12 AABBCCDD 2T7B4G4VSA5SMI47K61MV5BV1A22BOJR NS SOA MX RRSIG DNSKEY NSEC3PARAM"},
    {"NSEC3", "1 0 0 - 2T7B4G4VSA5SMI47K61MV5BV1A22BOJR", "01 00 0000 00 14 174eb2409fe28bcb4887a1836f957f0a8425e27b"},
    {"NSEC3PARAM", "1 0 12 aabbccdd", "01 00 000c 04 aabbccdd", "1 0 12 AABBCCDD"},
    {"NSEC3PARAM", "1 0 0 -", "01 00 0000 00"},
    {"TLSA", "3 1 1 d2abde24 0d7 f", "03 01 01 d2abde240d7f", "3 1 1 D2ABDE240D7F"},
    {"SSHFP", "2 1 123456789abcdef67890123456789abcdef67890", "02 01 123456789abcdef67890123456789abcdef67890",
     "2 1 123456789ABCDEF67890123456789ABCDEF67890"},
    {"CSYNC", "66 3 A NS AAAA", "00000042 0003 00 04 60000008"},
    {"CERT", "PKIX 1 RSASHA256 MxFcby9k", "0001 0001 08 33115c6f2f64"},
    {"CERT", "9 1 200 MxFcby9k", "0009 0001 c8 33115c6f2f64"},
    {"OPENPGPKEY", "AQID", "010203"},
};
INSTANTIATE_TEST_SUITE_P(Security, TextBothWays, testing::ValuesIn(kSecurity));

// RFC 8659, 7553, 9460, 7043, 6742, and older ones.
const Case kOthers[] = {
    {"CAA", R"(0 issue "ca1.example.net; account=230123")",
     "00 05 6973737565 6361312e6578616d706c652e6e65743b206163636f756e743d323330313233"},
    {"CAA", "128 tbs Unknown", "80 03 746273 556e6b6e6f776e", R"(128 tbs "Unknown")"},
    {"CAA", R"(0 issue "")", "00 05 6973737565"},
    {"URI", R"(10 1 "ftp://ftp1.example.com/public")",
     "000a 0001 6674703a2f2f667470312e6578616d706c652e636f6d2f7075626c6963"},
    {"SVCB", "0 foo.example.com.", "0000 03 666f6f 07 6578616d706c65 03 636f6d 00"},
    {"HTTPS", R"(1 . alpn="h2,h3" port=53)", "0001 00 0001 0006 02 6832 02 6833 0003 0002 0035"},
    {"HTTPS", R"(1 svc key667=" \"x")", "0001 03 737663 07 6578616d706c65 03 636f6d 00 029b 0003 202278",
     R"(1 svc.example.com. key667=" \"x")"},
    {"EUI48", "00-00-5e-00-53-2A", "00005e00532a", "00-00-5e-00-53-2a"},
    {"EUI64", "00-00-5e-ef-10-00-00-2a", "00005eef1000002a"},
    {"NID", "10 14:4fff:ff20:EE64", "000a 00144fffff20ee64", "10 0014:4fff:ff20:ee64"},
    {"L32", "10 10.1.2.0", "000a 0a010200"},
    {"L64", "10 2001:0db8:1140:1000", "000a 20010db811401000"},
    {"LP", "10 l64-subnet1", "000a 0b 6c36342d7375626e657431 07 6578616d706c65 03 636f6d 00",
     "10 l64-subnet1.example.com."},
    {"ISDN", R"("150862028003217" "004")", "0f 313530383632303238303033323137 03 303034"},
    {"ISDN", R"("150862028003217")", "0f 313530383632303238303033323137"},
    {"TYPE65280", R"(\# 3 abcdef)", "abcdef", R"(\# 3 ABCDEF)"},
    {"TYPE65280", R"(\# 3 a b cdef)", "abcdef", R"(\# 3 ABCDEF)"},
    {"TYPE65280", R"(\# 0)", ""},
    {"A", R"(\# 4 0A000001)", "0a000001", "10.0.0.1"},  // RFC 3597 §5
};
INSTANTIATE_TEST_SUITE_P(Others, TextBothWays, testing::ValuesIn(kOthers));

// What BIND 9.18 makes of the same texts.
const Case kOld[] = {
    {"WKS", "10.0.0.1 TCP smtp 80 6", "0a000001 06 02000040000000000000 80", "10.0.0.1 6 6 25 80"},
    {"WKS", "10.0.0.1 17", "0a000001 11"},
    {"X25", "311061700956", "0c 333131303631373030393536", R"("311061700956")"},
    {"NSAP", "0x47.0005.80", "47000580", "0x47000580"},
    {"NSAP-PTR", "foo.", "03 666f6f 00"},
    {"KEY", "NOAUTH|NOCONF DNSSEC RSASHA256", "c000 03 08", "49152 3 8"},
    {"KEY", "ZONE|SIG15|EXTEND ALL 8 AAAA", "110f ff 08 000000", "4367 255 8 AAAA"},
    {"DNSKEY", "ZONE|KSK DNSSEC ED25519 AAAA", "0101 03 0f 000000", "257 3 15 AAAA"},
    {"SIG", "0 8 0 0 20300101000000 20200101000000 1 . AAAA", "0000 08 00 00000000 70dbd880 5e0be100 0001 00 000000",
     "TYPE0 8 0 0 20300101000000 20200101000000 1 . AAAA"},
    {"LOC", "52 22 23.000 N 4 53 32.000 E -2.00m 0.00m 10000m 10m", "00 00 16 13 8b3cf018 810cbce0 009895b8"},
    {"LOC", R"(\# 2 0100)", "0100"},
    {"NXT", "foo. A NS NXT", "03 666f6f 00 60000002"},
    {"NXT", "foo. A 127", "03 666f6f 00 40000000000000000000000000000001", "foo. A TYPE127"},
    {"EID", "0102 03", "010203", "010203"},
    {"NIMLOC", "0102", "0102"},
    {"ATMA", "47.0005.80", "00 47000580", "47000580"},
    {"ATMA", "+61.200.000000", "01 3631323030303030303030", "+61200000000"},
    {"ATMA", R"(\# 3 024732)", "024732"},
    {"A6", "0 2001:db8::1", "00 20010db8000000000000000000000001"},
    {"A6", "64 1::1:2:3:4 Foo.", "40 0001000200030004 03 466f6f 00", "64 ::1:2:3:4 Foo."},
    {"A6", "60 ::f:1:2:3:4 .", "3c 0f0001000200030004 00"},
    {"A6", "128 foo", "80 03 666f6f 07 6578616d706c65 03 636f6d 00", "128 foo.example.com."},
    {"A6", R"(\# 11 3CFF0001000200030004 00)", "3cff000100020003000400", R"(\# 11 3CFF000100020003000400)"},
    {"SINK", "1 2 3 AQID", "01 02 03 010203"},
    {"SINK", "1 2 3", "01 02 03"},
    {"APL", "1:192.168.32.0/21 !1:192.168.38.0/28", "0001 15 03 c0a820 0001 1c 83 c0a826"},
    {"APL", "", ""},
    {"APL", R"(\# 6 0003150201FF)", "0003150201ff"},
    {"IPSECKEY", "10 1 2 192.0.2.38 AQ NR", "0a 01 02 c0000226 010351", "10 1 2 192.0.2.38 AQNR"},
    {"IPSECKEY", "10 0 2 . AQNR", "0a 00 02 010351"},
    {"IPSECKEY", "10 2 2 2001:db8::1 AQNR", "0a 02 02 20010db8000000000000000000000001 010351"},
    {"IPSECKEY", "10 3 2 gw AQNR", "0a 03 02 02 6777 07 6578616d706c65 03 636f6d 00 010351",
     "10 3 2 gw.example.com. AQNR"},
    {"IPSECKEY", "10 0 0 .", "0a 00 00"},
    {"IPSECKEY", R"(\# 5 0A04020102)", "0a04020102"},
    {"HIP", "2 2001 AwEA rvs. rvs2", "02 02 0003 2001 030100 03 727673 00 04 72767332 07 6578616d706c65 03 636f6d 00",
     "2 2001 AwEA rvs. rvs2.example.com."},
    {"HIP", "2 20 AwEA", "01 02 0003 20 030100"},
    {"DSYNC", "CDS NOTIFY 53 foo.", "003b 01 0035 03 666f6f 00", "CDS 1 53 foo."},
    {"NSEC3PARAM", "SHA-1 0 0 -", "01 00 0000 00", "1 0 0 -"},
    {"DOA", R"(0 1 2 "" aHR0)", "00000000 00000001 02 00 687474"},
    {"DOA", R"(1 2 3 "x" -)", "00000001 00000002 03 01 78"},
    {"AMTRELAY", "10 0 0 .", "0a 00"},
    {"AMTRELAY", "10 1 1 192.0.2.1", "0a 81 c0000201"},
    {"AMTRELAY", "10 0 2 2001:db8::1", "0a 02 20010db8000000000000000000000001"},
    {"AMTRELAY", "10 1 3 foo.", "0a 83 03 666f6f 00"},
    {"AMTRELAY", R"(\# 3 0A0401)", "0a0401"},
};
INSTANTIATE_TEST_SUITE_P(Old, TextBothWays, testing::ValuesIn(kOld));

TEST(ParseRdataText, SaysWhatIsWrongWhere) {
  const std::string long_string(256, 'x');
  const struct {
    const char* type;
    std::string text;
    size_t token;
    const char* message;
  } kErrors[] = {
      {"A", "300.1.1.1", 0, R"(address "300.1.1.1" is not an IPv4 address)"},
      {"A", "", 0, "the address is missing: an IPv4 address is expected"},
      {"A", R"("1.2.3.4")", 0, R"(address in quotes, "1.2.3.4", is not an IPv4 address)"},
      {"A", "1.2.3.4 5", 1, R"("5" is left over: the address is the last of A)"},
      {"AAAA", "1.2.3.4", 0, "is not an IPv6 address"},
      {"MX", "10", 1, "the exchange is missing: a domain name is expected"},
      {"MX", "ten mail", 0, R"(preference "ten" is not a number from 0 to 65535)"},
      {"MX", "65536 mail", 0, R"(preference "65536" is not a number)"},
      {"MX", "-1 mail", 0, R"(preference "-1" is not a number)"},
      {"MX", "10 a..b", 1, R"(exchange "a..b": an empty label)"},
      {"MX", R"(10 "a")", 1, R"(exchange in quotes, "a", is not a domain name)"},
      {"SOA", "a. b. 1h 1 1 1 1", 2, R"(serial "1h" is not a number from 0 to 4294967295)"},
      {"SOA", "a. b. 4294967296 1 1 1 1", 2, "serial"},
      {"SOA", "a. b. 1 1x 1 1 1", 3, R"(refresh "1x" is not a number of seconds)"},
      {"SOA", "a. b. 1 1 1 1", 6, "the minimum is missing"},
      {"TXT", "", 0, "the text is missing"},
      {"TXT", "a " + long_string, 1, "the text has a string of 256 octets; the most is 255"},
      {"TXT", R"(a "\300")", 1, R"(text "\300": \300 is no octet)"},
      {"CAA", "0 is-sue x", 1, R"(tag "is-sue" is not a word)"},
      {"CAA", "0 issue", 2, "the value is missing"},
      {"CAA", "256 issue x", 0, "flags"},
      {"DS", "1 FOO 1 00", 1, R"(algorithm "FOO" is not a DNSSEC algorithm's number or mnemonic)"},
      {"DS", "1 5 FOO 00", 2, R"(digest type "FOO")"},
      {"DS", "1 5 2 00ff 00", 3, "the digest's size is 3; algorithm 2 makes 32 octets"},
      {"DS", "1 5 9 00 0g ff", 4, "the digest is not hexadecimal data: 'g' is no hexadecimal digit"},
      {"DS", "1 5 9 00 0", 4, "3 is no possible number of hexadecimal digits"},
      {"DS", "1 5 9", 3, "the digest is missing"},
      {"ZONEMD", "1 1 240 00", 3, "the digest is too short: its size is 1"},
      {"DNSKEY", "256 3 5 AB==", 3, "the last base64 digit has bits beyond the data"},
      {"DNSKEY", "256 3 5 AB C", 4, "3 is no possible number of base64 digits"},
      {"DNSKEY", R"(256 3 5 "AA==")", 3, "in quotes"},
      {"RRSIG", "FOO 5 3 1 1 1 1 . AA==", 0, R"(type covered "FOO" is not an RR type)"},
      {"RRSIG", "A 5 3 1 20030231000000 1 1 . AA==", 4, R"(expiration "20030231000000" is not a time)"},
      {"NSEC", "a.", 1, "the type is missing: at least one RR type is expected"},
      {"NSEC", "a. A FOO", 2, R"(type "FOO" is not an RR type)"},
      {"NSEC3", "1 0 0 aab 2t7b", 3, "salt"},
      {"NSEC3", "1 0 0 - 2t7b", 4, "hashed owner"},
      {"NSEC3", "1 0 0 - 2vptu5ti A", 4, "the next hashed owner's size is 5; algorithm 1 makes 20 octets"},
      {"HTTPS", "1 . port=x", 2, "port: "},
      {"HTTPS", "1 . alpn=h2 mandatory=port", 4, "port is missing, which mandatory lists"},
      {"EUI48", "00-00-5e-00-53", 0, "EUI-48"},
      {"NID", "10 14:4fff:ff20", 1, "four groups"},
      {"NID", "10 14:4fff:ff20:12345", 1, "four groups"},
      {"X25", "123", 0, R"(PSDN address "123" is not at least four digits)"},
      {"X25", "12a4", 0, "four digits"},
      {"KEY", "FOO|ZONE 3 8 AAAA", 0, R"(flags "FOO|ZONE" is not a number from 0 to 65535, or mnemonics)"},
      {"KEY", "256 3 8", 3, "the public key is missing"},
      {"KEY", "NOKEY 3 8 AAAA", 3, R"("AAAA" is left over)"},
      {"WKS", "10.0.0.1 foo 25", 1, R"(protocol "foo" is not a protocol's number)"},
      {"WKS", "10.0.0.1 6 25 65536", 3, R"(map "65536" is not a port's number)"},
      {"NSAP", "4700", 0, "is not an NSAP"},
      {"ATMA", "47..00", 0, "is not an ATM address"},
      {"LOC", "1 N 1 E 1 1km", 5, R"(size "1km" is not a number of metres)"},
      {"NXT", "a. A TYPE128", 2, R"(type "TYPE128" is not an RR type from 1 to 127)"},
      {"A6", "129 ::1 a.", 0, R"(prefix length "129" is not a number from 0 to 128)"},
      {"A6", "64 ::1", 2, "the prefix is missing"},
      {"A6", "0 ::1 a.", 2, R"("a." is left over)"},
      {"APL", "1:192.0.2.0/24 1:192.0.2.0/33", 1, R"(address prefix "1:192.0.2.0/33" is not an address prefix)"},
      {"IPSECKEY", "10 0 2 foo. AQNR", 3, R"(gateway "foo." is not `.`: its type is 0)"},
      {"IPSECKEY", "10 4 2 . AQNR", 1, "the gateway's type is 4; there are 0 to 3"},
      {"IPSECKEY", "10 0 2 .", 4, "the public key is missing"},
      {"HIP", "2 2 AwEA", 1, R"(host identity tag "2" is not hexadecimal data)"},
      {"HIP", "2 20 Aw", 2, R"(public key "Aw" is not base64 data)"},
      {"AMTRELAY", "10 2 0 .", 1, R"(discovery optional "2" is not 0 or 1)"},
      {"AMTRELAY", "10 0 4 .", 2, R"(relay type "4" is not a number from 0 to 3)"},
      {"AMTRELAY", "10 0 1 ::1", 3, R"(relay "::1" is not an IPv4 address)"},
      {"DOA", R"(1 2 3 "x")", 4, "the data is missing"},
      {"TYPE65280", "1.2.3.4", 0, R"(TYPE65280 has no text form here; write its RDATA as \# SIZE HEX)"},
      {"TYPE65280", R"(\#)", 1, R"(the size of the RDATA is missing behind \#)"},
      {"TYPE65280", R"(\# x)", 1, R"(RDATA size "x")"},
      {"TYPE65280", R"(\# 65536 00)", 1, "is not a number from 0 to 65535"},
      {"TYPE65280", R"(\# 2 00)", 1, "the RDATA has 1 octets, not the 2 announced"},
      {"TYPE65280", R"(\# 1)", 1, "the RDATA has 0 octets"},
      {"TYPE65280", R"(\# 1 00 xx)", 3, "'x' is no hexadecimal digit"},
      {"A", R"(\# 3 010203)", 0, "these octets are not well-formed A RDATA"},
      {"NS", R"(\# 2 c000)", 0, "these octets are not well-formed NS RDATA"},
  };
  for (const auto& c : kErrors) {
    std::string rdata;
    const auto error = ParseRdataText(TypeFromText(c.type).value(), SplitTextTokens(c.text), Origin(), &rdata);
    ASSERT_TRUE(error) << c.type << " " << c.text;
    EXPECT_EQ(error->token, c.token) << c.type << " " << c.text << ": " << error->message;
    EXPECT_THAT(error->message, HasSubstr(c.message)) << c.type << " " << c.text;
  }
}

TEST(ParseRdataText, TakesTheGenericMarkOnlyWithoutQuotes) {
  std::string rdata;
  EXPECT_FALSE(ParseRdataText(rr_type::kTXT, SplitTextTokens(R"("\#" 1)"), Origin(), &rdata));
  EXPECT_EQ(ToHex(rdata), "01230131");
}

TEST(ParseRdataText, RefusesRdataThatNoLengthFieldCanHold) {
  std::string text;
  for (int i = 0; i < 257; ++i) absl::StrAppend(&text, std::string(254, 'x'), " ");
  std::string rdata;
  EXPECT_FALSE(ParseRdataText(rr_type::kTXT, SplitTextTokens(text), Origin(), &rdata));  // 257 times 255 is 65535
  EXPECT_EQ(rdata.size(), 65535u);
  const auto error = ParseRdataText(rr_type::kTXT, SplitTextTokens(text + "y"), Origin(), &rdata);
  ASSERT_TRUE(error);
  EXPECT_THAT(error->message, HasSubstr("the most is 65535"));
}

TEST(AppendRdataText, WritesWhatIsNotWellFormedAsOctets) {
  std::string text = "A ";
  AppendRdataText(rr_type::kA, HexMessage("010203"), &text);
  EXPECT_EQ(text, R"(A \# 3 010203)");
}

}  // namespace
}  // namespace strata::dns
