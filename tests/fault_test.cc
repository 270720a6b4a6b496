// One of two authorities, recursors or cache members is killed, stops, is restarted or cut off, under steady load: no
// query fails, and a second later answers are as fast as before.
//
// SPDX-License-Identifier: Apache-2.0
#include <signal.h>

#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "tests/cluster/fault_fixture.h"

namespace strata::tests {
namespace {

enum class Fault { kKill, kStop, kTerminate, kCut };

class FaultTest : public FaultFixture, public testing::WithParamInterface<std::tuple<std::string, Fault>> {
 protected:
  void Break(const std::string& backend, Fault fault, int number) {
    switch (fault) {
      case Fault::kKill:
        return ProcessOf(backend, number).Kill();
      case Fault::kStop:
        return ProcessOf(backend, number).Signal(SIGSTOP);
      case Fault::kTerminate:
        return ProcessOf(backend, number).Signal(SIGTERM);
      case Fault::kCut:
        return SetLink(backend, number, false);
    }
  }
  void Repair(const std::string& backend, Fault fault, int number) {
    switch (fault) {
      case Fault::kTerminate:
        EXPECT_EQ(ProcessOf(backend, number).WaitForExit(absl::Seconds(10)), 0);
        [[fallthrough]];
      case Fault::kKill:
        ASSERT_TRUE(Start(backend, number).WaitUntilReady());
        return;
      case Fault::kStop:
        return ProcessOf(backend, number).Signal(SIGCONT);
      case Fault::kCut:
        return SetLink(backend, number, true);
    }
  }
};

TEST_P(FaultTest, OfOneOfTwoCostsNoAnswer) {
  const auto& [backend, fault] = GetParam();
  StartLoad();
  absl::SleepFor(absl::Milliseconds(1500));
  const absl::Time broken = absl::Now();
  Break(backend, fault, 0);
  absl::SleepFor(broken + absl::Seconds(2) - absl::Now());
  const absl::Time repaired = absl::Now();
  Repair(backend, fault, 0);
  absl::SleepFor(repaired + absl::Seconds(2) - absl::Now());
  const std::vector<Outcome> outcomes = load_->Stop();
  ExpectAllRight(outcomes, broken);
  ExpectAsFastAgain(outcomes, broken, broken);
  ExpectAsFastAgain(outcomes, broken, repaired);
  EXPECT_TRUE(cluster_->WaitUntilConnected());
}

std::string NameOf(const testing::TestParamInfo<std::tuple<std::string, Fault>>& info) {
  const char* const names[] = {"Killed", "Stopped", "Terminated", "CutOff"};
  return absl::StrCat(std::get<0>(info.param), names[static_cast<int>(std::get<1>(info.param))]);
}

INSTANTIATE_TEST_SUITE_P(Matrix, FaultTest,
                         testing::Combine(testing::Values("authority", "cache", "recursor"),
                                          testing::Values(Fault::kKill, Fault::kStop, Fault::kTerminate, Fault::kCut)),
                         NameOf);

// One after the other, so that none of those in use is the one that it was before.
TEST_F(FaultFixture, CablesArePulledInTurn) {
  StartLoad();
  absl::SleepFor(absl::Milliseconds(1500));
  const absl::Time start = absl::Now();
  for (int i = 0; i < 6; ++i) {
    for (const char* backend : {"authority", "cache", "recursor"}) SetLink(backend, i % 2, false);
    absl::SleepFor(absl::Milliseconds(1500));
    for (const char* backend : {"authority", "cache", "recursor"}) SetLink(backend, i % 2, true);
    // The other one may go when this one is in use.
    ASSERT_TRUE(cluster_->WaitUntilConnected(absl::Seconds(5)));
  }
  const absl::Time end = absl::Now();
  absl::SleepFor(absl::Seconds(2));
  const std::vector<Outcome> outcomes = load_->Stop();
  ExpectAllRight(outcomes, start);
  ExpectAsFastAgain(outcomes, start, end);
}

}  // namespace
}  // namespace strata::tests
