// What was asked once is answered again without the upstream, for as long as it may be and no longer; and a cache that
// is killed or hangs costs time, but no answer.
//
// SPDX-License-Identifier: Apache-2.0
#include <signal.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "dns/message_text.h"
#include "gtest/gtest.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/dns_client.h"
#include "tests/cluster/herd.h"
#include "tests/cluster/query_load.h"
#include "tests/upstream/upstream.h"

namespace strata::tests {
namespace {

constexpr uint16_t kA = dns::rr_type::kA;

class CachedAnswersTest : public testing::Test {
 protected:
  void StartCluster(int caches, int frontends = 1) {
    ClusterShape shape;
    shape.authorities = 0;
    shape.caches = caches;
    shape.recursors = 1;
    shape.frontends = frontends;
    shape.recursor_flags = {"--forward=" + upstream_.address()};
    cluster_.emplace(shape);
    ASSERT_TRUE(cluster_->StartAll());
  }

  dns::Message Get(const std::string& name, absl::Duration timeout = kAnswerTimeout) {
    const absl::StatusOr<dns::Message> answer = Ask(cluster_->port(), name, kA, {.recursion_desired = true}, timeout);
    EXPECT_TRUE(answer.ok()) << name << answer.status();
    return answer.value_or(dns::Message());
  }
  dns::Message GetByTcp(const std::string& name) {
    const absl::StatusOr<dns::Message> answer = AskTcp(cluster_->port(), name, kA, {.recursion_desired = true});
    EXPECT_TRUE(answer.ok()) << name << answer.status();
    return answer.value_or(dns::Message());
  }
  static bool IsRight(const dns::Message& answer, const std::string& name) {
    return answer.rcode == dns::rcode::kNoError && answer.answer.size() == 1 &&
           answer.answer[0].rdata == AddressOf(name);
  }
  void ExpectRight(const std::string& name) {
    const dns::Message answer = Get(name);
    EXPECT_TRUE(IsRight(answer, name)) << dns::MessageToText(answer);
  }

  Upstream upstream_;
  std::optional<Cluster> cluster_;
};

TEST_F(CachedAnswersTest, TheSecondAnswerNeedsNoUpstreamAndHasLessTimeToLive) {
  StartCluster(1);
  const std::string name = "www.test.";
  const absl::Time before = absl::Now();
  const dns::Message first = Get(name);
  ASSERT_TRUE(IsRight(first, name));
  EXPECT_FALSE(first.authoritative);
  EXPECT_TRUE(first.recursion_available);
  EXPECT_EQ(first.answer[0].ttl, 300u);
  upstream_.Stop();
  absl::SleepFor(absl::Milliseconds(2100));
  const dns::Message second = Get("wWw.test.");
  ASSERT_TRUE(IsRight(second, name)) << dns::MessageToText(second);
  const auto elapsed = static_cast<uint32_t>(absl::ToInt64Seconds(absl::Now() - before));
  EXPECT_LE(second.answer[0].ttl, 298u);
  EXPECT_GE(second.answer[0].ttl, 300 - elapsed - 1);
  EXPECT_EQ(second.questions[0].name.wire()[2], 'W') << "The client's own letters.";
}

TEST_F(CachedAnswersTest, AbsenceIsRememberedForTheMinimumOfTheSoa) {
  StartCluster(1);
  for (const std::string name : {"ttl-3.nx.test.", "ttl-3.nodata.test."}) {
    const dns::Message first = Get(name);
    const absl::Time answered = absl::Now();
    ASSERT_EQ(first.authority.size(), 1u) << dns::MessageToText(first);
    EXPECT_EQ(first.rcode, name == "ttl-3.nx.test." ? dns::rcode::kNXDomain : dns::rcode::kNoError);
    const dns::Message second = Get(name);
    ASSERT_EQ(second.authority.size(), 1u);
    EXPECT_EQ(second.rcode, first.rcode);
    EXPECT_LE(second.authority[0].ttl, 3u) << "RFC 2308 §5";
    if (absl::Now() - answered < absl::Seconds(2)) {
      EXPECT_EQ(upstream_.Count(name, kA), 1);
    }
  }
  absl::SleepFor(absl::Milliseconds(3500));
  for (const std::string name : {"ttl-3.nx.test.", "ttl-3.nodata.test."}) {
    Get(name);
    EXPECT_EQ(upstream_.Count(name, kA), 2) << name;
  }
}

TEST_F(CachedAnswersTest, WhatHasNoTimeToLiveIsNotRemembered) {
  StartCluster(1);
  const std::string name = "ttl-0.www.test.";
  // Whoever asks while the answer is still on its way into the cache shares it.
  const absl::Time end = absl::Now() + absl::Seconds(10);
  while (upstream_.Count(name, kA) < 3 && absl::Now() < end) {
    ExpectRight(name);
    absl::SleepFor(absl::Milliseconds(50));
  }
  EXPECT_EQ(upstream_.Count(name, kA), 3);
}

TEST_F(CachedAnswersTest, WhatIsTruncatedOverUdpIsRememberedWhole) {
  StartCluster(1);
  const std::string name = "many-200.www.test.";
  EXPECT_TRUE(Get(name).truncated) << "It does not fit this client.";
  EXPECT_EQ(upstream_.tcp_total(), 1);
  upstream_.Stop();
  const dns::Message whole = GetByTcp(name);
  EXPECT_FALSE(whole.truncated);
  EXPECT_EQ(whole.answer.size(), 200u) << dns::MessageToText(whole);
  EXPECT_TRUE(Get(name).truncated);
}

TEST_F(CachedAnswersTest, AFailureIsNotAskedForAgainAtOnce) {
  StartCluster(1);
  // It is remembered for a second only; a slow machine gets more chances.
  for (int i = 0; i < 10; ++i) {
    const std::string name = absl::StrCat("servfail.www", i, ".test.");
    EXPECT_EQ(Get(name).rcode, dns::rcode::kServFail);
    const absl::Time answered = absl::Now();
    const int asked = upstream_.Count(name, kA);
    EXPECT_EQ(Get(name).rcode, dns::rcode::kServFail);
    if (absl::Now() - answered > absl::Milliseconds(800)) continue;
    EXPECT_EQ(upstream_.Count(name, kA), asked) << "RFC 9520 §3.2";
    return;
  }
  ADD_FAILURE() << "This machine is too slow to tell.";
}

// An entry that is asked for all the time lives as long as one that is not.
TEST_F(CachedAnswersTest, AHotEntryLivesItsTimeToLive) {
  StartCluster(1);
  const std::string name = "ttl-5.hot.test.";
  const absl::Time start = absl::Now();
  ExpectRight(name);
  const absl::Time answered = absl::Now();
  uint32_t last_ttl = 5;
  int hits = 0;
  while (absl::Now() - start < absl::Milliseconds(4500)) {
    const dns::Message answer = Get(name);
    if (absl::Now() - start >= absl::Seconds(5)) break;
    ASSERT_TRUE(IsRight(answer, name));
    EXPECT_LE(answer.answer[0].ttl, last_ttl) << "It only ever falls.";
    last_ttl = answer.answer[0].ttl;
    EXPECT_EQ(upstream_.Count(name, kA), 1) << absl::Now() - start;
    ++hits;
    absl::SleepFor(absl::Milliseconds(100));
  }
  EXPECT_GT(hits, 5);
  absl::SleepFor(answered + absl::Milliseconds(5500) - absl::Now());
  ExpectRight(name);
  EXPECT_EQ(upstream_.Count(name, kA), 2) << "And no longer.";
}

TEST_F(CachedAnswersTest, NoAnswerIsLostWithAMemberThatIsKilled) {
  StartCluster(2);
  std::vector<std::string> names(20);
  for (size_t i = 0; i < names.size(); ++i) names[i] = absl::StrCat("n", i, ".test.");
  QueryLoad load({.port = cluster_->port(), .name = "ttl-1.load.test.", .recursion_desired = true});
  for (const std::string& name : names) ExpectRight(name);
  for (int round = 0; round < 2; ++round) {
    cluster_->cache(round).Kill();
    for (const std::string& name : names) ExpectRight(name);
    ASSERT_TRUE(cluster_->StartCache(round).WaitUntilReady());
    ASSERT_TRUE(cluster_->WaitUntilConnected());
    for (const std::string& name : names) ExpectRight(name);
  }
  for (const Outcome& outcome : load.Stop())
    EXPECT_TRUE(outcome.Is(AddressOf("ttl-1.load.test."))) << outcome.Describe();
  // Both are in use again: nothing needs to be asked for.
  upstream_.Stop();
  for (const std::string& name : names) ExpectRight(name);
  // Each member's loss costs its own names, for a while and once it is back.
  for (const std::string& name : names) EXPECT_LE(upstream_.Count(name, kA), 4) << name;
}

TEST_F(CachedAnswersTest, WithoutAnyCacheEverythingIsResolved) {
  StartCluster(1);
  const std::string name = "www.test.";
  ExpectRight(name);
  cluster_->cache(0).Kill();
  ExpectRight(name);
  ExpectRight(name);
  EXPECT_EQ(upstream_.Count(name, kA), 3);
  ASSERT_TRUE(cluster_->StartCache(0).WaitUntilReady());
  ASSERT_TRUE(cluster_->WaitUntilConnected());
  ExpectRight(name);
  ExpectRight(name);
  EXPECT_EQ(upstream_.Count(name, kA), 4);
}

TEST_F(CachedAnswersTest, AMemberThatHangsIsDoneWithout) {
  StartCluster(1);
  const std::string name = "ttl-2.www.test.";
  QueryLoad load({.port = cluster_->port(), .name = name, .recursion_desired = true});
  const auto is_right = [&](const Outcome& outcome) { return outcome.Is(AddressOf(name)); };
  ASSERT_TRUE(load.WaitFor(is_right));
  cluster_->cache(0).Signal(SIGSTOP);
  EXPECT_TRUE(load.WaitFor(is_right));
  absl::SleepFor(absl::Seconds(2));
  cluster_->cache(0).Signal(SIGCONT);
  ASSERT_TRUE(cluster_->WaitUntilConnected());
  for (const Outcome& outcome : load.Stop()) {
    EXPECT_TRUE(is_right(outcome)) << outcome.Describe();
    // Far below what a client waits before it asks elsewhere; generous, for a busy machine.
    EXPECT_LT(outcome.done - outcome.asked, absl::Seconds(3)) << "It waited for a process that hangs.";
  }
  // It is in use again.
  ExpectRight("other.test.");
  upstream_.Stop();
  ExpectRight("other.test.");
}

// Those who wait for somebody else's fill have asked nothing that is still to be answered, and yet must not wait for
// ever.
TEST_F(CachedAnswersTest, NobodyStaysParkedInAMemberThatHangs) {
  StartCluster(1, 2);
  const std::string name = "slow-300.www.test.";
  Herd herd;
  herd.Ask(cluster_->port(0), name, kA, 1);
  ASSERT_TRUE(upstream_.WaitForCount(name, kA, 1));
  herd.Ask(cluster_->port(1), name, kA, 20);
  absl::SleepFor(absl::Milliseconds(100));
  cluster_->cache(0).Signal(SIGSTOP);
  const std::vector<Herd::Answer> answers = herd.Collect(kAnswerTimeout);
  cluster_->cache(0).Signal(SIGCONT);
  EXPECT_EQ(answers.size(), 21u);
  for (const Herd::Answer& answer : answers) EXPECT_TRUE(IsRight(answer.message, name));
}

}  // namespace
}  // namespace strata::tests
