// Odd and malformed packets are answered as NSD, Knot and BIND answer them, where these agree; where we mean to differ,
// tests/hygiene/known_differences.cc says why.
//
// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "dns/header.h"
#include "dns/message.h"
#include "dns/query.h"
#include "gtest/gtest.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/dns_client.h"
#include "tests/cluster/peer_server.h"
#include "tests/hygiene/agreement.h"
#include "tests/hygiene/known_differences.h"
#include "tests/hygiene/packet_cases.h"
#include "tests/hygiene/packet_exchange.h"
#include "tests/hygiene/reply_digest.h"

namespace strata::tests {
namespace {

constexpr char kMarker[] = "marker.hyg.test";
constexpr Peer kPeers[] = {Peer::kNsd, Peer::kKnot, Peer::kBind};

// NSD sends about a hundred errors in a second and is silent beyond.
ExchangePace PaceOf(Peer peer) {
  ExchangePace pace;
  if (peer == Peer::kNsd) pace.packets_per_second = 70;
  return pace;
}

// All cases over all transports, and what one server did with each: name ("edns-twice/udp"), digest.
struct Outcome {
  std::string name;
  ReplyDigest digest;
  Exchanged exchanged;
};

ReplyDigest DigestPacket(const Exchanged& exchanged) {
  if (exchanged.hung) return {{"reply", "no more"}};
  if (exchanged.replies.empty()) return exchanged.closed ? DigestOfClosing() : DigestOfSilence();
  ReplyDigest digest = DigestReply(exchanged.sent, exchanged.replies[0]);
  if (exchanged.replies.size() > 1) digest["reply"] = absl::StrCat("yes, ", exchanged.replies.size());
  return digest;
}

// Who was answered, and how it ended.
ReplyDigest DigestStream(const Exchanged& exchanged) {
  std::vector<std::string> replies;
  for (const std::string& reply : exchanged.replies) {
    const ReplyDigest digest = DigestReply(reply, reply);
    const auto rcode = digest.find("rcode");
    replies.push_back(absl::StrCat(reply.size() < 2 ? 0 : dns::GetU16(reply, 0), " ",
                                   rcode == digest.end() ? "unsound" : rcode->second));
  }
  std::sort(replies.begin(), replies.end());
  return {{"replies", absl::StrJoin(replies, ", ")},
          {"end", exchanged.hung     ? "hung"
                  : exchanged.closed ? "closed"
                                     : "open"}};
}

std::vector<Outcome> AskAll(uint16_t port, ExchangePace pace = {}) {
  std::vector<Outcome> outcomes;
  const std::vector<PacketCase> cases = AllPacketCases();
  std::vector<std::string> packets;
  for (const PacketCase& packet : cases) packets.push_back(packet.packet);
  const std::vector<Exchanged> udp = ExchangeUdp(port, kMarker, packets, pace);
  const std::vector<Exchanged> tcp = ExchangeTcp(port, kMarker, packets, pace);
  for (size_t i = 0; i < cases.size(); ++i) {
    outcomes.push_back({cases[i].name + "/udp", DigestPacket(udp[i]), udp[i]});
    outcomes.push_back({cases[i].name + "/tcp", DigestPacket(tcp[i]), tcp[i]});
  }
  const std::vector<StreamCase> streams = StreamCases();
  const std::vector<Exchanged> streamed = ExchangeStreams(port, kMarker, streams, pace);
  for (size_t i = 0; i < streams.size(); ++i) {
    outcomes.push_back({streams[i].name + "/stream", DigestStream(streamed[i]), streamed[i]});
  }
  return outcomes;
}

class HygieneTest : public testing::TestWithParam<bool> {
 protected:
  // What the others do is asked once for both shapes.
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    zone_ = new std::string(folder_->Path("hyg.test.zone"));
    WriteFile(*zone_, HygieneZone());
    theirs_ = new std::vector<std::vector<Outcome>>(std::size(kPeers));
    std::vector<std::unique_ptr<PeerServer>> servers;
    for (const Peer peer : kPeers) {
      if (!IsInstalled(PeerProgram(peer))) return;
      servers.push_back(std::make_unique<PeerServer>(peer, kHygieneOrigin, *zone_));
      ASSERT_TRUE(servers.back()->WaitUntilAnswers()) << servers.back()->process().Describe();
    }
    std::vector<std::thread> threads;
    for (size_t i = 0; i < servers.size(); ++i) {
      threads.emplace_back([i, &servers] { (*theirs_)[i] = AskAll(servers[i]->port(), PaceOf(kPeers[i])); });
    }
    for (std::thread& thread : threads) thread.join();
    for (const auto& server : servers) ASSERT_TRUE(server->process().running()) << server->process().Describe();
  }

  static void TearDownTestSuite() {
    delete theirs_;
    delete zone_;
    delete folder_;
  }

  void SetUp() override {
    if (GetParam()) {
      server_ = &cluster_.StartStrata({"--bindzone=" + *zone_});
      ASSERT_TRUE(server_->WaitUntilReady()) << server_->Describe();
    } else {
      cluster_.WriteZone(kHygieneOrigin, HygieneZone());
      ASSERT_TRUE(cluster_.StartAll());
      server_ = &cluster_.frontend();
    }
  }

  // Asked once of each shape.
  const std::vector<Outcome>& Ours() {
    static auto* const ours = new std::map<bool, std::vector<Outcome>>;
    const auto [entry, fresh] = ours->try_emplace(GetParam());
    if (fresh) entry->second = AskAll(cluster_.port());
    return entry->second;
  }

  static std::vector<PeerDigest> TheirsOf(size_t at) {
    std::vector<PeerDigest> peers;
    for (size_t i = 0; i < theirs_->size(); ++i) peers.push_back({PeerName(kPeers[i]), (*theirs_)[i][at].digest});
    return peers;
  }

  static TemporaryFolder* folder_;
  static std::string* zone_;
  static std::vector<std::vector<Outcome>>* theirs_;

  Cluster cluster_;
  Process* server_ = nullptr;
};

TemporaryFolder* HygieneTest::folder_ = nullptr;
std::string* HygieneTest::zone_ = nullptr;
std::vector<std::vector<Outcome>>* HygieneTest::theirs_ = nullptr;

TEST_P(HygieneTest, AsOthersDo) {
  for (const Peer peer : kPeers) {
    if (IsInstalled(PeerProgram(peer))) continue;
    ASSERT_EQ(getenv("CI"), nullptr) << PeerProgram(peer) << " is missing: run tools/packages test";
    GTEST_SKIP() << PeerProgram(peer) << " is not installed: tools/packages test brings it";
  }
  const std::vector<Outcome>& ours = Ours();
  ASSERT_TRUE(server_->running()) << server_->Describe();
  std::set<const KnownDifference*> needed;
  for (size_t i = 0; i < ours.size(); ++i) {
    for (const Disagreement& disagreement : FindDisagreements(ours[i].digest, TheirsOf(i))) {
      bool explained = false;
      for (const KnownDifference& known : KnownDifferences()) {
        if (!Explains(known, ours[i].name, disagreement)) continue;
        explained = true;
        needed.insert(&known);
      }
      if (explained) continue;
      ADD_FAILURE() << ours[i].name << ": " << disagreement.aspect << " is " << disagreement.ours << " and not "
                    << disagreement.theirs;
    }
  }
  for (const KnownDifference& known : KnownDifferences()) {
    EXPECT_TRUE(needed.count(&known) == 1) << "no longer needed: " << known.cases << " " << known.aspect;
  }
}

// The largest UDP answer that the sender of this packet takes, and we send.
size_t BudgetOf(absl::string_view sent) {
  dns::Query query;
  dns::ParseQuery(sent, &query);
  return query.has_edns ? std::clamp<size_t>(query.edns.udp_payload_size, 512, 1232) : 512;
}

TEST_P(HygieneTest, AnswersFitAndSayWhatFitsUs) {
  int with_opt = 0, truncated = 0;
  for (const Outcome& outcome : Ours()) {
    for (const std::string& reply : outcome.exchanged.replies) {
      const absl::StatusOr<dns::Message> message = dns::ParseMessage(reply);
      ASSERT_TRUE(message.ok()) << outcome.name << ": " << message.status();
      if (absl::EndsWith(outcome.name, "/udp")) {
        EXPECT_LE(reply.size(), BudgetOf(outcome.exchanged.sent)) << outcome.name;
      }
      if (message->edns.has_value()) {
        ++with_opt;
        EXPECT_EQ(message->edns->udp_payload_size, 1232) << outcome.name;
      }
      if (!message->truncated) continue;
      ++truncated;
      EXPECT_TRUE(absl::EndsWith(outcome.name, "/udp")) << outcome.name;
      EXPECT_TRUE(message->answer.empty() && message->authority.empty()) << outcome.name;
    }
  }
  EXPECT_GT(with_opt, 200);
  EXPECT_GT(truncated, 50);
}

TEST_P(HygieneTest, QuestionsAreEchoedOctetForOctet) {
  int echoed = 0;
  for (const Outcome& outcome : Ours()) {
    dns::Query query;
    const dns::QueryVerdict verdict = dns::ParseQuery(outcome.exchanged.sent, &query);
    if (verdict == dns::QueryVerdict::kDrop || query.question.empty() || outcome.exchanged.replies.empty()) continue;
    ++echoed;
    EXPECT_EQ(outcome.digest.at("question"), "echoed") << outcome.name;
    EXPECT_EQ(outcome.digest.at("id"), "echoed") << outcome.name;
  }
  EXPECT_GT(echoed, 500);
}

// Adds the replies, one for each header but for its ID.
void AddReplies(const std::vector<Outcome>& outcomes, std::map<std::string, std::string>* replies) {
  for (const Outcome& outcome : outcomes) {
    for (const std::string& reply : outcome.exchanged.replies) {
      replies->emplace(reply.substr(2, dns::kHeaderSize - 2), reply);
    }
  }
}

// No loops: whatever a server says, ours or another, one of ours has nothing to say to it.
TEST_P(HygieneTest, RepliesGetNoReply) {
  std::map<std::string, std::string> replies;
  AddReplies(Ours(), &replies);
  for (const std::vector<Outcome>& theirs : *theirs_) AddReplies(theirs, &replies);
  std::vector<std::string> packets;
  for (const auto& [header, reply] : replies) packets.push_back(reply);
  EXPECT_GT(packets.size(), 50u);
  for (const Exchanged& exchanged : ExchangeUdp(cluster_.port(), kMarker, packets)) {
    EXPECT_TRUE(exchanged.replies.empty() && !exchanged.hung);
  }
  for (const Exchanged& exchanged : ExchangeTcp(cluster_.port(), kMarker, packets)) {
    EXPECT_TRUE(exchanged.replies.empty() && exchanged.closed);
  }
}

INSTANTIATE_TEST_SUITE_P(Servers, HygieneTest, testing::Bool(),
                         [](const auto& info) { return info.param ? "Strata" : "Frontend"; });

}  // namespace
}  // namespace strata::tests
