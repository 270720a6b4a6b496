// SPDX-License-Identifier: Apache-2.0
#include "tests/upstream/upstream.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/cluster/dns_client.h"

namespace strata::tests {
namespace {

constexpr uint16_t kA = dns::rr_type::kA;

TEST(UpstreamTest, AnswersOverUdpAndTcp) {
  const Upstream upstream;
  const absl::StatusOr<dns::Message> udp = Ask(upstream.port(), "a.test.", kA);
  const absl::StatusOr<dns::Message> tcp = AskTcp(upstream.port(), "A.test.", kA);
  ASSERT_TRUE(udp.ok() && tcp.ok()) << udp.status() << tcp.status();
  ASSERT_EQ(udp->answer.size(), 1u);
  EXPECT_EQ(udp->answer[0].rdata, AddressOf("a.test."));
  ASSERT_EQ(tcp->answer.size(), 1u);
  EXPECT_EQ(tcp->answer[0].rdata, udp->answer[0].rdata) << "Case does not matter.";
}

TEST(UpstreamTest, CountsByNameAndType) {
  const Upstream upstream;
  ASSERT_TRUE(Ask(upstream.port(), "a.test.", kA).ok());
  ASSERT_TRUE(Ask(upstream.port(), "A.TEST.", kA).ok());
  ASSERT_TRUE(AskTcp(upstream.port(), "a.test.", kA).ok());
  ASSERT_TRUE(Ask(upstream.port(), "a.test.", dns::rr_type::kTXT).ok());
  EXPECT_EQ(upstream.Count("a.test.", kA), 3);
  EXPECT_EQ(upstream.Count("a.test.", dns::rr_type::kTXT), 1);
  EXPECT_EQ(upstream.Count("b.test.", kA), 0);
  EXPECT_EQ(upstream.total(), 4);
  EXPECT_EQ(upstream.tcp_total(), 1);
  EXPECT_TRUE(upstream.WaitForCount("a.test.", kA, 3));
  EXPECT_FALSE(upstream.WaitForCount("a.test.", kA, 4, absl::Milliseconds(20)));
}

TEST(UpstreamTest, HoldsBackSlowRepliesAndNoOthers) {
  const Upstream upstream;
  UdpClient client(upstream.port());
  ASSERT_TRUE(client.Send(MakeQuery("slow-300.a.test.", kA, {.id = 1})));
  ASSERT_TRUE(client.Send(MakeQuery("slow-20.a.test.", kA, {.id = 2})));
  ASSERT_TRUE(client.Send(MakeQuery("a.test.", kA, {.id = 3})));
  for (const uint16_t id : {3, 2, 1}) {
    const absl::StatusOr<std::string> packet = client.Receive(kAnswerTimeout);
    ASSERT_TRUE(packet.ok()) << packet.status();
    EXPECT_EQ(dns::ParseMessage(*packet)->id, id);
  }
}

TEST(UpstreamTest, NobodyListensWhileItIsStopped) {
  Upstream upstream;
  UdpClient client(upstream.port());
  ASSERT_TRUE(client.Send(MakeQuery("slow-50.a.test.", kA)));
  ASSERT_TRUE(upstream.WaitForCount("slow-50.a.test.", kA, 1));
  upstream.Stop();
  EXPECT_FALSE(client.Receive(absl::Milliseconds(200)).ok()) << "What it held back is gone.";
  EXPECT_EQ(Ask(upstream.port(), "a.test.", kA).status().code(), absl::StatusCode::kUnavailable);
  EXPECT_FALSE(TcpClient(upstream.port()).connected());
  upstream.Start();
  EXPECT_TRUE(Ask(upstream.port(), "a.test.", kA).ok());
  EXPECT_TRUE(AskTcp(upstream.port(), "a.test.", kA).ok());
}

TEST(UpstreamTest, AnswersPipelinedQueries) {
  const Upstream upstream;
  TcpClient client(upstream.port());
  ASSERT_TRUE(client.Send(MakeQuery("slow-100.a.test.", kA, {.id = 1})));
  ASSERT_TRUE(client.Send(MakeQuery("a.test.", kA, {.id = 2})));
  for (const uint16_t id : {2, 1}) {
    const absl::StatusOr<std::string> message = client.Receive();
    ASSERT_TRUE(message.ok()) << message.status();
    EXPECT_EQ(dns::ParseMessage(*message)->id, id);
  }
}

TEST(UpstreamTest, SendsFromAnotherPortWhenToldTo) {
  const Upstream upstream([](const UpstreamQuery& query) {
    std::vector<UpstreamReply> replies = AnswerByLabels(query);
    replies.push_back(replies[0]);
    replies[0].from_other_port = true;
    return replies;
  });
  UdpClient client(upstream.port());  // which hears that port only
  ASSERT_TRUE(client.Send(MakeQuery("a.test.", kA)));
  EXPECT_TRUE(client.Receive(kAnswerTimeout).ok());
  EXPECT_FALSE(client.Receive(absl::Milliseconds(100)).ok());
}

}  // namespace
}  // namespace strata::tests
