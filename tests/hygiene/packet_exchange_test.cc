// SPDX-License-Identifier: Apache-2.0
#include "tests/hygiene/packet_exchange.h"

#include "dns/header.h"
#include "dns/message.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/hygiene/wire_parts.h"
#include "tests/upstream/upstream.h"

namespace strata::tests {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

constexpr char kMarker[] = "marker.test";
const std::string kPlain = Header({.flags = dns::kRd}) + Question("a.test");
const std::string kSilent = Header({.flags = dns::kRd}) + Question("silent.a.test");
const std::string kSlow = Header({.flags = dns::kRd}) + Question("slow-60.a.test");

// Each to its own packet, in the packets' order.
void ExpectPlainSilentSlow(const std::vector<Exchanged>& exchanged) {
  ASSERT_THAT(exchanged, SizeIs(3));
  for (const Exchanged& one : exchanged) EXPECT_FALSE(one.closed || one.hung);
  EXPECT_THAT(exchanged[1].replies, IsEmpty());
  for (const size_t i : {0, 2}) {
    ASSERT_THAT(exchanged[i].replies, SizeIs(1));
    EXPECT_EQ(dns::ParseMessage(exchanged[i].replies[0])->id, dns::GetU16(exchanged[i].sent, 0));
  }
}

TEST(PacketExchangeTest, Udp) {
  Upstream upstream;
  ExpectPlainSilentSlow(ExchangeUdp(upstream.port(), kMarker, {kPlain, kSilent, kSlow}));
}

TEST(PacketExchangeTest, Tcp) {
  Upstream upstream;
  ExpectPlainSilentSlow(ExchangeTcp(upstream.port(), kMarker, {kPlain, kSilent, kSlow}));
}

TEST(PacketExchangeTest, ManyPacketsAtAPace) {
  Upstream upstream;
  const std::vector<std::string> packets(130, kPlain);
  for (const Exchanged& exchanged : ExchangeUdp(upstream.port(), kMarker, packets, {.packets_per_second = 400})) {
    EXPECT_THAT(exchanged.replies, SizeIs(1));
  }
}

TEST(PacketExchangeTest, SilenceIsAskedForTwice) {
  Upstream upstream;
  ExchangeUdp(upstream.port(), kMarker, {kSilent, kPlain});
  EXPECT_EQ(upstream.Count("silent.a.test.", dns::rr_type::kA), 2);
  EXPECT_EQ(upstream.Count("a.test.", dns::rr_type::kA), 1);
}

TEST(PacketExchangeTest, Streams) {
  Upstream upstream;
  const std::vector<Exchanged> exchanged =
      ExchangeStreams(upstream.port(), kMarker,
                      {{"two", Framed(kPlain) + Framed(kPlain)}, {"closed", Framed(kPlain).substr(0, 9), true}});
  ASSERT_THAT(exchanged, SizeIs(2));
  EXPECT_THAT(exchanged[0].replies, SizeIs(2));
  EXPECT_FALSE(exchanged[0].closed);
  EXPECT_THAT(exchanged[1].replies, IsEmpty());
  EXPECT_TRUE(exchanged[1].closed);
}

}  // namespace
}  // namespace strata::tests
