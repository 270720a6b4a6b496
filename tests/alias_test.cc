// Aliases and delegations that lead out of our zones: who may have names resolved gets the whole answer, as from BIND,
// and who does not ask for that gets what the zone says.
//
// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "dns/message_text.h"
#include "gtest/gtest.h"
#include "tests/cluster/answer_sets.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/dns_client.h"
#include "tests/cluster/peer_server.h"
#include "tests/upstream/upstream.h"

namespace strata::tests {
namespace {

constexpr uint16_t kA = dns::rr_type::kA;

constexpr char kZone[] =
    "$TTL 60\n"
    "@ SOA ns root 1 3600 600 86400 60\n"
    "@ NS ns\n"
    "ns A 192.0.2.1\n"
    "www A 192.0.2.2\n"
    "self CNAME www\n"
    "out CNAME www.outside.test.\n"
    "twice CNAME out\n"
    "chain CNAME alias.alias.www.outside.test.\n"
    "nx CNAME nx.outside.test.\n"
    "nodata CNAME nodata.outside.test.\n"
    "many CNAME many-100.outside.test.\n"
    "failing CNAME servfail.outside.test.\n"
    "*.wild CNAME www.outside.test.\n"
    "dname DNAME outside.test.\n"
    "sub NS ns.sub\n"
    "ns.sub A 127.0.0.3\n"
    "into CNAME www.sub\n"
    "elsewhere NS ns.outside.test.\n";

// Of the records of the upstream server, and how far a cache may have counted them down by the time it is asked.
constexpr uint32_t kUpstreamTtl = 300;
constexpr uint32_t kMostCountedDown = 10;

class AliasTest : public testing::Test {
 protected:
  void SetUp() override {
    ClusterShape shape;
    shape.caches = 1;
    shape.recursors = 1;
    shape.recursor_flags = {"--forward=" + upstream_.address()};
    cluster_.emplace(shape);
    cluster_->WriteZone("own.test", kZone);
    ASSERT_TRUE(cluster_->StartAll());
  }

  dns::Message Get(const std::string& name, bool recursion_desired, uint16_t type = kA) {
    const absl::StatusOr<dns::Message> answer =
        AskTcp(cluster_->port(), name, type, {.recursion_desired = recursion_desired});
    EXPECT_TRUE(answer.ok()) << name << answer.status();
    return answer.value_or(dns::Message());
  }

  // Checks that the answer is a chain of so many aliases from `name`, and the addresses that `target` has.
  static void ExpectJoined(const dns::Message& answer, const std::string& name, int aliases,
                           const std::string& target) {
    const std::string text = dns::MessageToText(answer);
    EXPECT_EQ(answer.rcode, dns::rcode::kNoError) << text;
    EXPECT_TRUE(answer.recursion_available);
    ASSERT_EQ(answer.answer.size(), static_cast<size_t>(aliases + 1)) << text;
    std::string owner(dns::Name::FromText(name)->wire());
    for (int i = 0; i < aliases; ++i) {
      EXPECT_EQ(answer.answer[i].type, dns::rr_type::kCNAME) << text;
      EXPECT_EQ(answer.answer[i].owner.wire(), owner) << text;
      owner = answer.answer[i].rdata;
    }
    EXPECT_EQ(answer.answer.back().owner.wire(), owner) << text;
    EXPECT_EQ(answer.answer.back().rdata, AddressOf(target)) << text;
  }

  void ExpectSame(const PeerServer& bind, const std::string& name, uint16_t type, bool recursion_desired) {
    dns::Message ours = Get(name, recursion_desired, type);
    absl::StatusOr<dns::Message> theirs = AskTcp(bind.port(), name, type, {.recursion_desired = recursion_desired});
    ASSERT_TRUE(theirs.ok()) << name << theirs.status();
    // Each remembers since a moment of its own.
    for (dns::Message* message : {&ours, &*theirs}) {
      for (dns::Record& record : message->answer) {
        if (record.ttl < kUpstreamTtl && record.ttl + kMostCountedDown > kUpstreamTtl) record.ttl = kUpstreamTtl;
      }
    }
    EXPECT_EQ(AnswerSets(ours), AnswerSets(*theirs))
        << name << " " << dns::TypeToText(type) << (recursion_desired ? " RD" : "");
  }

  Upstream upstream_;
  std::optional<Cluster> cluster_;
};

TEST_F(AliasTest, ClientsWhoWantItGetTheWholeAnswer) {
  for (int times = 0; times < 2; ++times) {
    ExpectJoined(Get("out.own.test.", true), "out.own.test.", 1, "www.outside.test.");
    ExpectJoined(Get("twice.own.test.", true), "twice.own.test.", 2, "www.outside.test.");
    ExpectJoined(Get("chain.own.test.", true), "chain.own.test.", 3, "www.outside.test.");
    ExpectJoined(Get("a.wild.own.test.", true), "a.wild.own.test.", 1, "www.outside.test.");
    ExpectJoined(Get("into.own.test.", true), "into.own.test.", 1, "www.sub.own.test.");
    ExpectJoined(Get("www.sub.own.test.", true), "www.sub.own.test.", 0, "www.sub.own.test.");
    ExpectJoined(Get("elsewhere.own.test.", true), "elsewhere.own.test.", 0, "elsewhere.own.test.");
    EXPECT_EQ(Get("nx.own.test.", true).rcode, dns::rcode::kNXDomain);
    EXPECT_EQ(Get("nodata.own.test.", true).authority.size(), 1u);
    EXPECT_EQ(Get("many.own.test.", true).answer.size(), 101u);
    EXPECT_EQ(Get("failing.own.test.", true).rcode, dns::rcode::kServFail);
    // The second time it comes from the cache.
    if (times == 0) upstream_.Stop();
  }
}

TEST_F(AliasTest, OthersGetWhatTheZoneSays) {
  for (const char* name : {"out", "chain", "nx", "nodata", "a.wild"}) {
    const dns::Message answer = Get(absl::StrCat(name, ".own.test."), false);
    EXPECT_TRUE(answer.authoritative);
    EXPECT_EQ(answer.rcode, dns::rcode::kNoError);
    EXPECT_EQ(answer.answer.size(), 1u) << dns::MessageToText(answer);
  }
  for (const char* name : {"www.sub", "sub", "elsewhere"}) {
    const dns::Message referral = Get(absl::StrCat(name, ".own.test."), false);
    EXPECT_FALSE(referral.authoritative);
    EXPECT_TRUE(referral.answer.empty());
    ASSERT_EQ(referral.authority.size(), 1u) << dns::MessageToText(referral);
    EXPECT_EQ(referral.authority[0].type, dns::rr_type::kNS);
  }
  EXPECT_EQ(upstream_.total(), 0);
}

TEST_F(AliasTest, OwnNamesNeedNobodyElse) {
  EXPECT_EQ(Get("self.own.test.", true).answer.size(), 2u);
  EXPECT_EQ(Get("out.own.test.", true, dns::rr_type::kCNAME).answer.size(), 1u);
  EXPECT_EQ(Get("nothing.own.test.", true).rcode, dns::rcode::kNXDomain);
  EXPECT_EQ(upstream_.total(), 0);
}

TEST_F(AliasTest, BindSaysTheSame) {
  if (!IsInstalled(PeerProgram(Peer::kBind))) {
    ASSERT_EQ(getenv("CI"), nullptr) << PeerProgram(Peer::kBind) << " is missing: run tools/packages test";
    GTEST_SKIP() << PeerProgram(Peer::kBind) << " is not installed: tools/packages test brings it";
  }
  const std::string zone_file = cluster_->folder().Path("bind.zone");
  WriteFile(zone_file, kZone);
  const std::unique_ptr<PeerServer> bind = PeerServer::Resolving("own.test", zone_file, upstream_.port());
  ASSERT_TRUE(bind->WaitUntilAnswers()) << bind->process().Describe();
  const std::vector<uint16_t> types = {kA, dns::rr_type::kCNAME, dns::rr_type::kTXT};
  // Without RD first: BIND would add what it has learned since.
  for (const bool recursion_desired : {false, true}) {
    for (const char* name :
         {"www", "self", "out", "twice", "chain", "nx", "nodata", "many", "a.wild", "x.dname", "nothing"}) {
      for (const uint16_t type : types) ExpectSame(*bind, absl::StrCat(name, ".own.test."), type, recursion_desired);
    }
    // The upstream denies in the name of its only zone, which BIND does not take from below a delegation.
    for (const char* name : {"www.sub", "sub", "ns.sub", "into", "elsewhere"}) {
      ExpectSame(*bind, absl::StrCat(name, ".own.test."), kA, recursion_desired);
    }
  }
}

}  // namespace
}  // namespace strata::tests
