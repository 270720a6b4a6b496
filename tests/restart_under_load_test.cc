// The frontend, and then everything, is killed and started again while queries run: answers are right, or say that they
// must wait.
//
// SPDX-License-Identifier: Apache-2.0
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "dns/edns.h"
#include "gtest/gtest.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/dns_client.h"
#include "tests/cluster/query_load.h"

namespace strata::tests {
namespace {

constexpr char kZone[] =
    "$TTL 60\n"
    "@ SOA ns root 1 3600 600 86400 60\n"
    "@ NS ns\n"
    "ns A 192.0.2.1\n"
    "www A 192.0.2.2\n";

bool IsRight(const Outcome& outcome) { return outcome.Is(Ipv4(192, 0, 2, 2)); }

class RestartUnderLoadTest : public testing::Test {
 protected:
  void SetUp() override {
    cluster_.WriteZone("load.test", kZone);
    ASSERT_TRUE(cluster_.StartAll());
  }

  // `timeout`: how long a client waits for an answer, which is lost if the frontend dies.
  void StartLoad(absl::Duration timeout = absl::Seconds(4)) {
    load_.emplace(QueryLoad::Options{.port = cluster_.port(), .name = "www.load.test.", .timeout = timeout});
    EXPECT_TRUE(load_->WaitFor(IsRight));
  }

  // Checks each outcome that is not the right answer.
  void ExpectOthersAre(const std::function<bool(const Outcome&)>& allowed) {
    int right = 0;
    for (const Outcome& outcome : load_->Stop()) {
      if (IsRight(outcome)) {
        ++right;
      } else {
        EXPECT_TRUE(allowed(outcome)) << outcome.Describe();
      }
    }
    EXPECT_GT(right, 20);
  }

  Cluster cluster_{{.authorities = 2}};
  std::optional<QueryLoad> load_;
};

TEST_F(RestartUnderLoadTest, AnswersResumeAfterTheFrontendDied) {
  StartLoad(absl::Seconds(1));
  for (int round = 0; round < 6; ++round) {
    cluster_.frontend().Kill();
    absl::SleepFor(absl::Milliseconds(200));
    cluster_.StartFrontend();
    EXPECT_TRUE(load_->WaitFor(IsRight)) << cluster_.frontend().Describe();
    absl::SleepFor(absl::Milliseconds(200));
  }
  // Lost with it, asked of nobody, or asked before the new one knew the zones.
  ExpectOthersAre(
      [](const Outcome& o) { return !o.answer.has_value() || o.IsServFail(dns::extended_error::kNotReady); });
}

TEST_F(RestartUnderLoadTest, NothingIsWrongWhenAllDieInTurn) {
  StartLoad(absl::Seconds(1));
  for (int round = 0; round < 4; ++round) {
    cluster_.authority(0).Kill();
    cluster_.authority(1).Kill();
    cluster_.frontend().Kill();
    cluster_.StartFrontend();
    cluster_.StartAuthority(round % 2);
    EXPECT_TRUE(load_->WaitFor(IsRight));
    cluster_.StartAuthority(1 - round % 2);
    absl::SleepFor(absl::Milliseconds(500));
  }
  ExpectOthersAre([](const Outcome& o) {
    return !o.answer.has_value() || o.IsServFail(dns::extended_error::kNotReady) ||
           o.IsServFail(dns::extended_error::kNetworkError);
  });
}

}  // namespace
}  // namespace strata::tests
