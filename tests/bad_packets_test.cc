// Packets that are no queries: an rcode or silence, and the next query is answered.
//
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "dns/header.h"
#include "gtest/gtest.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/dns_client.h"

namespace strata::tests {
namespace {

constexpr char kZone[] =
    "$TTL 60\n"
    "@ SOA ns root 1 3600 600 86400 60\n"
    "@ NS ns\n"
    "ns A 192.0.2.1\n"
    "www A 192.0.2.2\n";

class BadPacketsTest : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    if (GetParam()) {
      const std::string zone = cluster_.folder().Path("bad.test.zone");
      WriteFile(zone, kZone);
      server_ = &cluster_.StartStrata({"--bindzone=" + zone});
      ASSERT_TRUE(server_->WaitUntilReady()) << server_->Describe();
    } else {
      cluster_.WriteZone("bad.test", kZone);
      ASSERT_TRUE(cluster_.StartAll());
      server_ = &cluster_.frontend();
    }
  }

  void ExpectServes() {
    const absl::StatusOr<dns::Message> udp = Ask(cluster_.port(), "www.bad.test.", dns::rr_type::kA);
    ASSERT_TRUE(udp.ok()) << udp.status() << server_->Describe();
    EXPECT_EQ(udp->answer.size(), 1u);
    const absl::StatusOr<dns::Message> tcp = AskTcp(cluster_.port(), "www.bad.test.", dns::rr_type::kA);
    ASSERT_TRUE(tcp.ok()) << tcp.status() << server_->Describe();
    EXPECT_EQ(tcp->answer.size(), 1u);
    EXPECT_TRUE(server_->running());
  }

  // The rcode that a query with these flags, or so changed, gets over UDP.
  int RcodeOf(const std::string& packet) {
    const absl::StatusOr<std::string> answer = UdpClient(cluster_.port()).Exchange(packet);
    if (!answer.ok() || answer->size() < dns::kHeaderSize) return -1;
    return dns::GetU16(*answer, dns::kFlagsOffset) & dns::kRcodeMask;
  }

  // Deterministic damage of a query: `count` packets of random lengths with random octets changed.
  std::vector<std::string> DamagedPackets(int count) {
    std::mt19937 random(4711);
    std::vector<std::string> packets;
    const std::string query = MakeQuery("www.bad.test.", dns::rr_type::kA);
    for (int i = 0; i < count; ++i) {
      std::string packet = query.substr(0, random() % (query.size() + 1));
      for (size_t change = random() % 4; change > 0 && !packet.empty(); --change) {
        packet[random() % packet.size()] = static_cast<char>(random());
      }
      if (i % 5 == 0) packet.resize(random() % 1500, static_cast<char>(random()));
      packets.push_back(packet);
    }
    return packets;
  }

  Cluster cluster_;
  Process* server_ = nullptr;
};

TEST_P(BadPacketsTest, GarbageOverUdp) {
  UdpClient client(cluster_.port());
  client.Send("");
  client.Send(std::string(65000, '\xff'));
  int sent = 0;
  for (const std::string& packet : DamagedPackets(3000)) {
    client.Send(packet);
    // Few at a time, so that no socket's buffer overflows; what comes back is a response.
    if (++sent % 50 != 0) continue;
    for (int i = 0; i < 50; ++i) {
      const absl::StatusOr<std::string> answer = client.Receive(absl::Milliseconds(i == 0 ? 20 : 1));
      if (!answer.ok()) break;
      ASSERT_GE(answer->size(), dns::kHeaderSize);
      EXPECT_NE(dns::GetU16(*answer, dns::kFlagsOffset) & dns::kQr, 0);
    }
  }
  ExpectServes();
}

TEST_P(BadPacketsTest, GarbageOverTcp) {
  for (const std::string& packet : DamagedPackets(200)) {
    TcpClient framed(cluster_.port());
    framed.Send(packet);
    TcpClient raw(cluster_.port());
    raw.SendOctets(packet);
  }
  TcpClient unfinished(cluster_.port());
  unfinished.SendOctets(absl::string_view("\xff\xff half", 7));
  TcpClient nothing(cluster_.port());
  TcpClient empty_message(cluster_.port());
  empty_message.SendOctets(absl::string_view("\0\0", 2));
  ExpectServes();
}

TEST_P(BadPacketsTest, WrongQueriesGetTheirRcode) {
  const std::string query = MakeQuery("www.bad.test.", dns::rr_type::kA, {.udp_payload_size = 0});
  EXPECT_EQ(RcodeOf(query), dns::rcode::kNoError);
  EXPECT_EQ(RcodeOf(query.substr(0, query.size() - 1)), dns::rcode::kFormErr) << "ends within the question";
  std::string changed = query;
  dns::SetU16(changed.data(), dns::kQdCountOffset, 2);
  EXPECT_EQ(RcodeOf(changed), dns::rcode::kFormErr) << "more questions than there are";
  changed = query;
  dns::SetU16(changed.data(), dns::kFlagsOffset, 3 << dns::kOpcodeShift);
  EXPECT_EQ(RcodeOf(changed), dns::rcode::kNotImp) << "unassigned opcode";
  std::string version_1 = MakeQuery("www.bad.test.", dns::rr_type::kA);
  version_1[version_1.size() - 5] = 1;
  const absl::StatusOr<std::string> answer = UdpClient(cluster_.port()).Exchange(version_1);
  ASSERT_TRUE(answer.ok()) << answer.status();
  const absl::StatusOr<dns::Message> message = dns::ParseMessage(*answer);
  ASSERT_TRUE(message.ok()) << message.status();
  EXPECT_EQ(message->rcode, dns::rcode::kBadVers);
  ExpectServes();
}

// RFC 5625's loops: two servers must not answer each other's answers.
TEST_P(BadPacketsTest, ResponsesAndRuntsGetNoAnswer) {
  std::string response = MakeQuery("www.bad.test.", dns::rr_type::kA);
  response[dns::kFlagsOffset] = static_cast<char>(0x80);
  UdpClient client(cluster_.port());
  client.Send(response);
  client.Send(response.substr(0, dns::kHeaderSize - 1));
  EXPECT_FALSE(client.Receive(absl::Milliseconds(300)).ok());
  ExpectServes();
}

INSTANTIATE_TEST_SUITE_P(Servers, BadPacketsTest, testing::Bool(),
                         [](const auto& info) { return info.param ? "Strata" : "Frontend"; });

}  // namespace
}  // namespace strata::tests
