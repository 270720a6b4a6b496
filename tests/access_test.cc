// Names of others are resolved for those who may have that, and for nobody else; our own are for all.
//
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "dns/edns.h"
#include "dns/message_text.h"
#include "gtest/gtest.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/dns_client.h"
#include "tests/upstream/upstream.h"

namespace strata::tests {
namespace {

constexpr uint16_t kA = dns::rr_type::kA;
constexpr char kFriend[] = "127.0.0.2", kStranger[] = "127.0.0.1";

constexpr char kZone[] =
    "$TTL 60\n"
    "@ SOA ns root 1 3600 600 86400 60\n"
    "@ NS ns\n"
    "ns A 192.0.2.1\n"
    "www A 192.0.2.2\n"
    "out CNAME www.outside.test.\n"
    "sub NS ns.outside.test.\n";

class AccessTest : public testing::Test {
 protected:
  void StartCluster(const std::vector<std::string>& frontend_flags) {
    ClusterShape shape;
    shape.caches = 1;
    shape.recursors = 1;
    shape.recursor_flags = {"--forward=" + upstream_.address()};
    shape.frontend_flags = frontend_flags;
    cluster_.emplace(shape);
    cluster_->WriteZone("own.test", kZone);
    ASSERT_TRUE(cluster_->StartAll());
  }

  // Over UDP and TCP, which must agree.
  dns::Message Get(const char* name, const char* source, bool recursion_desired = true) {
    const QueryOptions options = {.recursion_desired = recursion_desired, .source = source};
    const absl::StatusOr<dns::Message> udp = Ask(cluster_->port(), name, kA, options);
    const absl::StatusOr<dns::Message> tcp = AskTcp(cluster_->port(), name, kA, options);
    EXPECT_TRUE(udp.ok() && tcp.ok()) << udp.status() << tcp.status();
    if (!udp.ok() || !tcp.ok()) return {};
    EXPECT_EQ(udp->rcode, tcp->rcode);
    EXPECT_EQ(udp->recursion_available, tcp->recursion_available);
    EXPECT_EQ(udp->answer.size(), tcp->answer.size());
    EXPECT_EQ(ExtendedErrorOf(*udp), ExtendedErrorOf(*tcp));
    EXPECT_EQ(udp->recursion_desired, recursion_desired);
    return *udp;
  }

  void ExpectResolved(const char* source) {
    const dns::Message answer = Get("www.outside.test.", source);
    EXPECT_TRUE(answer.recursion_available);
    EXPECT_FALSE(answer.authoritative);
    ASSERT_EQ(answer.answer.size(), 1u) << dns::MessageToText(answer);
    EXPECT_EQ(answer.answer[0].rdata, AddressOf("www.outside.test."));
  }
  void ExpectRefused(const dns::Message& answer, uint16_t extended_error, bool recursion_available) {
    EXPECT_EQ(answer.rcode, dns::rcode::kRefused);
    EXPECT_EQ(ExtendedErrorOf(answer), extended_error);
    EXPECT_EQ(answer.recursion_available, recursion_available);
    EXPECT_TRUE(answer.answer.empty() && answer.authority.empty()) << dns::MessageToText(answer);
  }
  void ExpectOwnNameAnswered(const char* source, bool recursion_available) {
    const dns::Message answer = Get("www.own.test.", source);
    EXPECT_TRUE(answer.authoritative);
    EXPECT_EQ(answer.recursion_available, recursion_available);
    ASSERT_EQ(answer.answer.size(), 1u) << dns::MessageToText(answer);
    EXPECT_EQ(answer.answer[0].rdata, std::string("\xc0\0\2\2", 4));
  }

  Upstream upstream_;
  std::optional<Cluster> cluster_;
};

TEST_F(AccessTest, LoopbackIsAllowedByDefault) {
  StartCluster({});
  ExpectResolved(kFriend);
  ExpectResolved(kStranger);
  ExpectOwnNameAnswered(kFriend, true);
  ExpectRefused(Get("www.outside.test.", kFriend, false), dns::extended_error::kNotAuthoritative, true);
}

TEST_F(AccessTest, OnlyWhoIsOnTheListIsAllowed) {
  StartCluster({"--allow_recursion=192.0.2.0/24,127.0.0.2"});
  ExpectResolved(kFriend);
  ExpectRefused(Get("www.outside.test.", kStranger), dns::extended_error::kProhibited, false);
  ExpectOwnNameAnswered(kFriend, true);
  ExpectOwnNameAnswered(kStranger, false);
  // What is remembered is told to nobody who did not want it looked up.
  ExpectRefused(Get("www.outside.test.", kFriend, false), dns::extended_error::kNotAuthoritative, true);
  ExpectRefused(Get("www.outside.test.", kStranger, false), dns::extended_error::kNotAuthoritative, false);
}

TEST_F(AccessTest, NobodyIsAllowed) {
  StartCluster({"--allow_recursion=none"});
  for (const char* source : {kFriend, kStranger}) {
    ExpectRefused(Get("www.outside.test.", source), dns::extended_error::kProhibited, false);
    ExpectOwnNameAnswered(source, false);
  }
  EXPECT_EQ(upstream_.total(), 0);
}

// A zone of ours does not become a way around the list.
TEST_F(AccessTest, AliasesAndReferralsAreNotFollowedForStrangers) {
  StartCluster({"--allow_recursion=127.0.0.2"});
  const dns::Message alias = Get("out.own.test.", kStranger);
  ASSERT_EQ(alias.answer.size(), 1u) << dns::MessageToText(alias);
  EXPECT_EQ(alias.answer[0].type, dns::rr_type::kCNAME);
  const dns::Message referral = Get("www.sub.own.test.", kStranger);
  EXPECT_TRUE(referral.answer.empty());
  EXPECT_EQ(referral.authority.size(), 1u) << dns::MessageToText(referral);
  EXPECT_EQ(upstream_.total(), 0);
  EXPECT_EQ(Get("out.own.test.", kFriend).answer.size(), 2u);
}

}  // namespace
}  // namespace strata::tests
