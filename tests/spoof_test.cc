// Forged replies never reach a client or the cache, be it that they come before the true one.
//
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "absl/strings/str_cat.h"
#include "dns/message_text.h"
#include "gtest/gtest.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/dns_client.h"
#include "tests/upstream/upstream.h"

namespace strata::tests {
namespace {

constexpr uint16_t kA = dns::rr_type::kA;

TEST(SpoofTest, OnlyTheTrueReplyCounts) {
  Upstream upstream;
  ClusterShape shape;
  shape.authorities = 0;
  shape.caches = 1;
  shape.recursors = 1;
  shape.recursor_flags = {"--forward=" + upstream.address()};
  Cluster cluster(shape);
  ASSERT_TRUE(cluster.StartAll());
  const auto ask = [&](const std::string& name) {
    const absl::StatusOr<dns::Message> answer = Ask(cluster.port(), name, kA, {.recursion_desired = true});
    EXPECT_TRUE(answer.ok()) << name << answer.status();
    return answer.value_or(dns::Message());
  };
  const auto expect_true = [&](const std::string& name) {
    const dns::Message answer = ask(name);
    ASSERT_EQ(answer.answer.size(), 1u) << dns::MessageToText(answer);
    EXPECT_EQ(answer.answer[0].rdata, AddressOf(name)) << dns::MessageToText(answer);
  };
  constexpr int kNames = 50;
  for (int i = 0; i < kNames; ++i) expect_true(absl::StrCat("spoofed.n", i, ".test."));
  upstream.Stop();
  for (int i = 0; i < kNames; ++i) {
    expect_true(absl::StrCat("spoofed.n", i, ".test."));
    // The other question that one of the forged replies answers.
    EXPECT_EQ(ask(absl::StrCat("other.n", i, ".test.")).rcode, dns::rcode::kServFail);
  }
}

// The forged replies alone: there is no answer, and none of them becomes one.
TEST(SpoofTest, ForgedRepliesAloneAreNone) {
  const Upstream upstream([](const UpstreamQuery& query) {
    std::vector<UpstreamReply> replies = AnswerByLabels(query);
    replies.pop_back();
    return replies;
  });
  ClusterShape shape;
  shape.authorities = 0;
  shape.caches = 1;
  shape.recursors = 1;
  shape.recursor_flags = {"--forward=" + upstream.address()};
  Cluster cluster(shape);
  ASSERT_TRUE(cluster.StartAll());
  for (int times = 0; times < 2; ++times) {
    const absl::StatusOr<dns::Message> answer =
        Ask(cluster.port(), "spoofed.test.", kA, {.recursion_desired = true}, absl::Seconds(20));
    ASSERT_TRUE(answer.ok()) << answer.status();
    EXPECT_EQ(answer->rcode, dns::rcode::kServFail) << dns::MessageToText(*answer);
    EXPECT_TRUE(answer->answer.empty());
  }
}

}  // namespace
}  // namespace strata::tests
