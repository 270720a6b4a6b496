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

}  // namespace
}  // namespace strata::dns
