// SPDX-License-Identifier: Apache-2.0
#include "tests/hygiene/wire_parts.h"

#include "absl/strings/str_cat.h"
#include "dns/header.h"
#include "dns/message.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::tests {
namespace {

TEST(WirePartsTest, MakeASoundMessage) {
  const std::string packet = absl::StrCat(
      Header({.id = 7, .flags = dns::kRd, .nscount = 1, .arcount = 1}), Question("wWw.a.test", dns::rr_type::kTXT),
      Record(WireName("a.test"), dns::rr_type::kTXT, dns::rr_class::kIN, 300, "\3one"),
      Opt({.size = 4096, .flags = kDnssecOk, .options = Option(10, "12345678")}));
  const absl::StatusOr<dns::Message> message = dns::ParseMessage(packet);
  ASSERT_TRUE(message.ok()) << message.status();
  EXPECT_EQ(message->id, 7);
  EXPECT_TRUE(message->recursion_desired);
  ASSERT_EQ(message->questions.size(), 1u);
  EXPECT_EQ(message->questions[0].name.ToText(), "wWw.a.test.");
  EXPECT_EQ(message->questions[0].type, dns::rr_type::kTXT);
  ASSERT_EQ(message->authority.size(), 1u);
  EXPECT_EQ(message->authority[0].ttl, 300u);
  ASSERT_TRUE(message->edns.has_value());
  EXPECT_EQ(message->edns->udp_payload_size, 4096);
  EXPECT_TRUE(message->edns->dnssec_ok);
  ASSERT_EQ(message->edns->options.size(), 1u);
  EXPECT_EQ(message->edns->options[0].value, "12345678");
}

TEST(WirePartsTest, OptFields) {
  EXPECT_EQ(Opt({.size = 0x0102, .extended_rcode = 3, .version = 4, .flags = 0x0506, .options = "xy"}),
            std::string("\0\0\x29\1\2\3\4\5\6\0\2xy", 13));
}

TEST(WirePartsTest, NamesOfEverySize) {
  const std::string suffix = WireName("a.test");
  for (size_t size = suffix.size() + 2; size <= 255; ++size) {
    const std::string name = NameOfSize(size, suffix);
    ASSERT_EQ(name.size(), size);
    ASSERT_TRUE(dns::Name::FromWire(name).ok()) << size;
  }
}

TEST(WirePartsTest, Framed) { EXPECT_EQ(Framed("abc"), std::string("\0\3abc", 5)); }

}  // namespace
}  // namespace strata::tests
