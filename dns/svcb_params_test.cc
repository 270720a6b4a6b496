// The examples are those of RFC 9460 Appendix D where a figure is named.
//
// SPDX-License-Identifier: Apache-2.0
#include "dns/svcb_params.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "dns/testing/hex_message.h"
#include "dns/testing/text_tokens.h"
#include "gmock/gmock.h"

namespace strata::dns {
namespace {

using testing::HasSubstr;

struct Case {
  const char* text;
  const char* hex;
  const char* written = nullptr;  // as `text`
};

class SvcParamsBothWays : public testing::TestWithParam<Case> {};

TEST_P(SvcParamsBothWays, ParsesAndWrites) {
  const Case& c = GetParam();
  std::string params;
  const auto error = ParseSvcParams(SplitTextTokens(c.text), &params);
  ASSERT_FALSE(error) << c.text << ": " << error->message;
  EXPECT_EQ(ToHex(params), ToHex(HexMessage(c.hex))) << c.text;
  EXPECT_TRUE(AreValidSvcParams(params));
  std::string text;
  AppendSvcParamsText(params, &text);
  EXPECT_EQ(text, c.written != nullptr ? c.written : c.text);
}

const Case kCases[] = {
    {"", ""},                                                        // figure 3
    {"port=53", "0003 0002 0035"},                                   // figure 4
    {"key667=hello", "029b 0005 68656c6c6f", R"(key667="hello")"},   // figure 5
    {R"(key667="hello\210qoo")", "029b 0009 68656c6c6f d2 716f6f"},  // figure 6
    {R"(ipv6hint="2001:db8::1,2001:db8::53:1")",                     // figure 7
     "0006 0020 20010db8000000000000000000000001 20010db8000000000000000000530001",
     "ipv6hint=2001:db8::1,2001:db8::53:1"},
    {R"(ipv6hint="2001:db8:122:344::192.0.2.33")",  // figure 8
     "0006 0010 20010db8012203440000 0000c0000221", "ipv6hint=2001:db8:122:344::c000:221"},
    {"alpn=h2,h3-19 mandatory=ipv4hint,alpn ipv4hint=192.0.2.1",  // figure 9
     "0000 0004 0001 0004   0001 0009 02 6832 05 68332d3139   0004 0004 c0000201",
     R"(mandatory=alpn,ipv4hint alpn="h2,h3-19" ipv4hint=192.0.2.1)"},
    {R"(alpn="f\\\\oo\\,bar,h2")", "0001 000c 08 665c6f6f2c626172 02 6832"},  // figure 10
    {R"(alpn=f\\\092oo\092,bar,h2)", "0001 000c 08 665c6f6f2c626172 02 6832", R"(alpn="f\\\\oo\\,bar,h2")"},
    {R"(alpn="h2" no-default-alpn)", "0001 0003 02 6832 0002 0000"},
    {R"(alpn=h2 no-default-alpn="")", "0001 0003 02 6832 0002 0000", R"(alpn="h2" no-default-alpn)"},
    {"ech=AEX+DQ==", "0005 0004 0045fe0d"},
    {R"(dohpath="/dns-query{?dns}")", "0007 0010 2f646e732d71756572797b3f646e737d"},  // RFC 9461 §5
    {"ohttp", "0008 0000"},                                                           // RFC 9540 §4
    {"key65535 key9=", "0009 0000 ffff 0000", "key9 key65535"},
    // A number for a key that has a name takes the octets themselves.
    {R"(key3="\000\053" key1=\002h2)", "0001 0003 02 6832 0003 0002 0035", R"(alpn="h2" port=53)"},
    {R"(key668="a b;\"c")", "029c 0006 6120623b2263"},
};
INSTANTIATE_TEST_SUITE_P(All, SvcParamsBothWays, testing::ValuesIn(kCases));

TEST(ParseSvcParams, SaysWhatIsWrong) {
  const struct {
    const char* text;
    size_t token;
    const char* message;
  } kErrors[] = {
      {"key123=abc key123=def", 1, "key123 is given twice"},  // figure 11
      {"mandatory", 0, "it needs a value"},                   // figure 12
      {"port=1 alpn", 1, "it needs a value"},
      {"port", 0, "it needs a value"},
      {"ipv4hint", 0, "it needs a value"},
      {"ipv6hint=", 0, "it needs a value"},
      {"no-default-alpn=abc", 0, "it takes no value"},                      // figure 13
      {"mandatory=key123", 1, "key123 is missing, which mandatory lists"},  // figure 14
      {"mandatory=mandatory", 0, "may not list itself"},                    // figure 15
      {"mandatory=key123,key123 key123=abc", 0, "key123 is listed twice"},  // figure 16
      {"mandatory=foo", 0, "\"foo\" is not a service parameter key"},
      {"no-default-alpn", 1, "alpn is missing"},
      {"port=65536", 0, "\"65536\" is not a number from 0 to 65535"},
      {"port=http", 0, "\"http\" is not a number"},
      {"ipv4hint=192.0.2.1,192.0.2", 0, "\"192.0.2\" is not an IPv4 address"},
      {"ipv6hint=1", 0, "\"1\" is not an IPv6 address"},
      {"alpn=h2,,h3", 0, "an empty item"},
      {"alpn=h2,", 0, "an empty item"},
      {R"(alpn="h2\\x")", 0, "a backslash stands before"},
      {R"(alpn="h2\\")", 0, "a backslash stands before"},
      {"ech=A", 0, "base64"},
      {"ech=A*==", 0, "'*' is no base64 digit"},
      {"dohpath=/dns", 0, "template variable"},
      {"dohpath={?dns}", 0, "template variable"},
      {R"(dohpath="/\255{?dns}")", 0, "template variable"},
      {"Port=53", 0, "\"Port\" is not a service parameter key"},  // names are in lower case
      {"key01=a", 0, "\"key01\" is not"},
      {"key65536=a", 0, "\"key65536\" is not"},
      {"key=a", 0, "\"key\" is not"},
      {"=a", 0, "\"\" is not"},
      {R"("port=53")", 0, "not around the whole"},
      {R"(port="53)", 0, "not one string in quotes"},
      {R"(port=5"3")", 0, "not one string in quotes"},
      {R"(port="5"3)", 0, "not one string in quotes"},
      {R"(key9="\400")", 0, "\\400 is no octet"},
      {R"(key3=\000)", 0, "a value of its format"},
  };
  for (const auto& c : kErrors) {
    std::string params;
    const auto error = ParseSvcParams(SplitTextTokens(c.text), &params);
    ASSERT_TRUE(error) << c.text;
    EXPECT_EQ(error->token, c.token) << c.text;
    EXPECT_THAT(error->message, HasSubstr(c.message)) << c.text;
  }
}

TEST(AreValidSvcParams, RefusesWhatIsMalformed) {
  const char* kInvalid[] = {
      "00",                                                    // cut off
      "0003 0002 00",                                          // cut off in the value
      "0003 0002 0035 0001 0003 02 6832",                      // out of order
      "0003 0002 0035 0003 0002 0035",                         // twice
      "0000 0000",                                             // mandatory without keys
      "0000 0003 000300 0003 0002 0035",                       // half a key
      "0000 0002 0000",                                        // mandatory lists itself
      "0000 0004 0003 0001 0001 0003 02 6832 0003 0002 0035",  // its keys are out of order
      "0000 0002 0003",                                        // its key is missing
      "0001 0000",                                             // alpn without names
      "0001 0001 00",                                          // an empty name
      "0001 0002 02 68",                                       // a name that is cut off
      "0002 0000",                                             // no-default-alpn without alpn
      "0001 0003 02 6832 0002 0001 00",                        // no-default-alpn with a value
      "0003 0003 003500",                                      // port of three octets
      "0004 0000",                                             // no address
      "0004 0005 0102030405",                                  // an address and a quarter
      "0005 0000",                                             // no ECH configuration
      "0006 0004 01020304",                                    // a quarter of an address
      "0007 0004 2f646e73",                                    // no template
      "0008 0001 00",                                          // ohttp with a value
  };
  for (const char* hex : kInvalid) EXPECT_FALSE(AreValidSvcParams(HexMessage(hex))) << hex;
}

}  // namespace
}  // namespace strata::dns
