// SPDX-License-Identifier: Apache-2.0
#include "dns/message_text.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "dns/edns.h"
#include "dns/message.h"
#include "dns/name.h"
#include "dns/rr_type.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::dns {
namespace {

using ::testing::HasSubstr;

Record Make(absl::string_view owner, uint16_t type, std::string rdata) {
  Record record;
  record.owner = Name::FromText(owner).value();
  record.type = type;
  record.ttl = 300;
  record.rdata = std::move(rdata);
  return record;
}

TEST(MessageTextTest, EmptyMessage) {
  EXPECT_EQ(MessageToText(Message()),
            ";; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 0\n"
            ";; flags:; QUERY: 0, ANSWER: 0, AUTHORITY: 0, ADDITIONAL: 0\n");
}

TEST(MessageTextTest, WholeMessage) {
  Message message;
  message.id = 4660;
  message.response = true;
  message.authoritative = true;
  message.recursion_desired = true;
  message.questions.push_back({Name::FromText("www.example.").value(), rr_type::kA, rr_class::kIN});
  message.answer = {Make("www.example.", rr_type::kA, "\x01\x02\x03\x04")};
  message.authority = {Make("example.", rr_type::kNS, std::string(Name::FromText("ns.example.")->wire()))};
  message.additional = {Make("ns.example.", 65280, "ab")};
  message.edns.emplace();
  message.edns->dnssec_ok = true;
  EXPECT_EQ(MessageToText(message),
            ";; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4660\n"
            ";; flags: qr aa rd; QUERY: 1, ANSWER: 1, AUTHORITY: 1, ADDITIONAL: 2\n"
            "\n;; OPT PSEUDOSECTION:\n"
            "; EDNS: version: 0, flags: do; udp: 1232\n"
            "\n;; QUESTION SECTION:\n"
            ";www.example.\tIN\tA\n"
            "\n;; ANSWER SECTION:\n"
            "www.example.\t300\tIN\tA\t1.2.3.4\n"
            "\n;; AUTHORITY SECTION:\n"
            "example.\t300\tIN\tNS\tns.example.\n"
            "\n;; ADDITIONAL SECTION:\n"
            "ns.example.\t300\tIN\tTYPE65280\t\\# 2 6162\n");
}

TEST(MessageTextTest, FlagsAndCodes) {
  Message message;
  message.truncated = message.recursion_available = message.authentic_data = message.checking_disabled = true;
  message.opcode = 15;
  message.rcode = rcode::kNXDomain;
  EXPECT_THAT(MessageToText(message), HasSubstr("opcode: OPCODE15, status: NXDOMAIN"));
  EXPECT_THAT(MessageToText(message), HasSubstr(";; flags: tc ra ad cd;"));
}

TEST(MessageTextTest, Options) {
  std::string known, unknown, bare;
  Message message;
  message.edns.emplace();
  message.edns->options = {
      {edns_option::kExtendedError, std::string("\x00\x12", 2) + "not you\x1b[31m"},
      {edns_option::kExtendedError, std::string("\x00\x0e", 2)},
      {edns_option::kExtendedError, std::string("\xff\xff", 2)},
      {edns_option::kExtendedError, "x"},
      {edns_option::kNsid, "me\xff"},
      {edns_option::kCookie, "12345678"},
      {65001, ""},
  };
  EXPECT_THAT(MessageToText(message), HasSubstr("; EDE: 18 (Prohibited): (not you\\x1b[31m)\n"
                                                "; EDE: 14 (Not Ready)\n"
                                                "; EDE: 65535\n"
                                                "; OPT=15: 78\n"
                                                "; NSID: 6d65ff (\"me\\xff\")\n"
                                                "; COOKIE: 3132333435363738\n"
                                                "; OPT=65001: \n"));
}

TEST(MessageTextTest, OnlyPrintableAsciiComesOut) {
  std::string all;
  for (int octet = 0; octet < 256; ++octet) all.push_back(static_cast<char>(octet));
  Message message;
  message.edns.emplace();
  message.edns->options = {
      {edns_option::kExtendedError, all}, {edns_option::kNsid, all}, {edns_option::kCookie, all}, {9, all}};
  Name name;
  for (size_t at = 0; at + 50 <= 200; at += 50) name = name.Prepend(all.substr(at, 50)).value();
  message.questions.push_back({name, 0, 0});
  message.answer = {Make(".", rr_type::kTXT, "\xc8" + all.substr(0, 200)), Make(".", 65280, all)};
  for (char c : MessageToText(message))
    ASSERT_TRUE(c == '\n' || c == '\t' || (c >= ' ' && c <= '~')) << static_cast<int>(c);
}

}  // namespace
}  // namespace strata::dns
