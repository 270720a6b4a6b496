// DNS over TCP, by other people's clients and by one that knows no manners.
//
// SPDX-License-Identifier: Apache-2.0
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "dns/header.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/dns_client.h"

namespace strata::tests {
namespace {

using testing::HasSubstr;

// Names h0 to h199 with an address each; `many` has 60 addresses, `big` nearly as much text as a message can hold.
std::string ZoneText() {
  std::string text =
      "$TTL 60\n"
      "@ SOA ns root 1 3600 600 86400 60\n"
      "@ NS ns\n"
      "@ MX 10 ns\n"
      "@ TXT \"apex\"\n"
      "ns A 192.0.2.1\n";
  for (int i = 0; i < 200; ++i) absl::StrAppend(&text, "h", i, " A 10.0.0.", i, "\n");
  for (int i = 0; i < 60; ++i) absl::StrAppend(&text, "many A 10.1.0.", i, "\n");
  const std::string filler(200, 'x');
  for (int i = 0; i < 300; ++i) absl::StrAppend(&text, "big TXT ", i, filler, "\n");
  return text;
}

class TcpTest : public testing::Test {
 protected:
  void SetUp() override {
    cluster_.WriteZone("tcp.test", ZoneText());
    ASSERT_TRUE(cluster_.StartAll());
  }

  // What the client prints.
  std::string Run(std::vector<std::string> command) {
    const Finished client = RunToEnd(command, cluster_.folder().Path("client"));
    EXPECT_EQ(client.exit_code, 0) << client.out << client.err;
    return client.out;
  }
  std::string Dig(const std::vector<std::string>& arguments) {
    std::vector<std::string> command = {"dig", "@127.0.0.1", "-p", absl::StrCat(cluster_.port())};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return Run(command);
  }

  Cluster cluster_;
};

TEST_F(TcpTest, ManyQueriesAtOnceAreAllAnswered) {
  TcpClient client(cluster_.port());
  ASSERT_TRUE(client.connected());
  std::string octets;
  for (uint16_t i = 0; i < 200; ++i) {
    const std::string query = MakeQuery(absl::StrCat("h", i, ".tcp.test."), dns::rr_type::kA, {.id = i});
    octets += {static_cast<char>(query.size() >> 8), static_cast<char>(query.size())};
    octets += query;
  }
  // In pieces that begin and end anywhere.
  for (size_t at = 0; at < octets.size(); at += 37) {
    ASSERT_TRUE(client.SendOctets(absl::string_view(octets).substr(at, 37)));
  }
  std::set<uint16_t> ids;
  for (int i = 0; i < 200; ++i) {
    const absl::StatusOr<std::string> wire = client.Receive();
    ASSERT_TRUE(wire.ok()) << wire.status();
    const absl::StatusOr<dns::Message> answer = dns::ParseMessage(*wire);
    ASSERT_TRUE(answer.ok()) << answer.status();
    ASSERT_EQ(answer->answer.size(), 1u);
    EXPECT_EQ(static_cast<uint8_t>(answer->answer[0].rdata[3]), answer->id) << "Any order, but each its own.";
    ids.insert(answer->id);
  }
  EXPECT_EQ(ids.size(), 200u);
}

TEST_F(TcpTest, DigAndKdigOverOneConnection) {
  const std::string dig =
      Dig({"+tcp", "+keepopen", "+short", "h1.tcp.test", "A", "h2.tcp.test", "A", "h3.tcp.test", "A"});
  EXPECT_EQ(dig, "10.0.0.1\n10.0.0.2\n10.0.0.3\n");
  const std::string kdig = Run({"kdig", "@127.0.0.1", "-p", absl::StrCat(cluster_.port()), "+tcp", "+keepopen",
                                "+short", "h4.tcp.test", "A", "h5.tcp.test", "A"});
  EXPECT_EQ(kdig, "10.0.0.4\n10.0.0.5\n");
}

TEST_F(TcpTest, AnyIsAnsweredInFull) {
  const std::string out = Dig({"+tcp", "-t", "any", "tcp.test"});
  for (const char* type : {"\tSOA\t", "\tNS\t", "\tMX\t", "\tTXT\t"}) EXPECT_THAT(out, HasSubstr(type));
}

TEST_F(TcpTest, LargestAnswersArrive) {
  const absl::StatusOr<dns::Message> answer = AskTcp(cluster_.port(), "big.tcp.test.", dns::rr_type::kTXT);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_FALSE(answer->truncated);
  EXPECT_EQ(answer->answer.size(), 300u);
}

TEST_F(TcpTest, DigComesBackOverTcpForWhatUdpCannotHold) {
  const absl::StatusOr<dns::Message> udp =
      Ask(cluster_.port(), "many.tcp.test.", dns::rr_type::kA, {.udp_payload_size = 0});
  ASSERT_TRUE(udp.ok()) << udp.status();
  EXPECT_TRUE(udp->truncated);
  EXPECT_THAT(Dig({"+ignore", "+noedns", "many.tcp.test", "A"}), HasSubstr("flags: qr aa tc"));
  const std::string retried = Dig({"+noedns", "many.tcp.test", "A"});
  EXPECT_THAT(retried, HasSubstr("ANSWER: 60"));
  EXPECT_THAT(retried, HasSubstr("retrying in TCP mode"));
}

// RFC 7766 §6.2.4: that a client sends no more says nothing about what it still waits for.
TEST_F(TcpTest, ClientThatClosesItsSideGetsItsAnswers) {
  TcpClient client(cluster_.port());
  for (uint16_t i = 0; i < 20; ++i) {
    ASSERT_TRUE(client.Send(MakeQuery(absl::StrCat("h", i, ".tcp.test."), dns::rr_type::kA, {.id = i})));
  }
  client.CloseSending();
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(client.Receive().ok()) << i;
  EXPECT_EQ(client.Receive().status().code(), absl::StatusCode::kOutOfRange) << "Then the server closes its side.";
}

}  // namespace
}  // namespace strata::tests
