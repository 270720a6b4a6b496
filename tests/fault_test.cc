// One of two authorities, recursors or cache members is killed, stops, is restarted or cut off, under steady load: no
// query fails, and a second later answers are as fast as before.
//
// SPDX-License-Identifier: Apache-2.0
#include <signal.h>

#include <string>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "tests/cluster/fault_fixture.h"

namespace strata::tests {
namespace {

enum class Fault { kKill, kStop, kTerminate, kCut };

class FaultTest : public FaultFixture, public testing::WithParamInterface<std::tuple<std::string, Fault>> {
 protected:
  void Break(const std::string& backend, Fault fault) {
    switch (fault) {
      case Fault::kKill:
        return ProcessOf(backend, 0).Kill();
      case Fault::kStop:
        return ProcessOf(backend, 0).Signal(SIGSTOP);
      case Fault::kTerminate:
        return ProcessOf(backend, 0).Signal(SIGTERM);
      case Fault::kCut:
        return SetLink(backend, 0, false);
    }
  }
  void Repair(const std::string& backend, Fault fault) {
    switch (fault) {
      case Fault::kTerminate:
        EXPECT_EQ(ProcessOf(backend, 0).WaitForExit(absl::Seconds(10)), 0);
        [[fallthrough]];
      case Fault::kKill:
        ASSERT_TRUE(Start(backend, 0).WaitUntilReady());
        return;
      case Fault::kStop:
        return ProcessOf(backend, 0).Signal(SIGCONT);
      case Fault::kCut:
        return SetLink(backend, 0, true);
    }
  }
};

TEST_P(FaultTest, OfOneOfTwoCostsNoAnswer) {
  const auto& [backend, fault] = GetParam();
  absl::Time broken, repaired;
  RunUndisturbed([&, backend = backend, fault = fault] {
    StartCluster();
    StartLoad();
    absl::SleepFor(absl::Milliseconds(1500));
    broken = absl::Now();
    Break(backend, fault);
    absl::SleepFor(broken + absl::Seconds(2) - absl::Now());
    repaired = absl::Now();
    Repair(backend, fault);
    absl::SleepFor(repaired + absl::Seconds(2) - absl::Now());
    StopLoad();
  });
  ExpectAllRight(broken);
  ExpectAsFastAgain(broken, broken);
  ExpectAsFastAgain(broken, repaired);
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
  absl::Time start, end;
  RunUndisturbed([&] {
    StartCluster();
    StartLoad();
    absl::SleepFor(absl::Milliseconds(1500));
    start = absl::Now();
    for (int i = 0; i < 4; ++i) {
      for (const char* backend : {"authority", "cache", "recursor"}) SetLink(backend, i % 2, false);
      absl::SleepFor(absl::Milliseconds(1500));
      for (const char* backend : {"authority", "cache", "recursor"}) SetLink(backend, i % 2, true);
      // The other one may go when this one is in use.
      ASSERT_TRUE(cluster_->WaitUntilConnected(absl::Seconds(5)));
    }
    end = absl::Now();
    absl::SleepFor(absl::Seconds(2));
    StopLoad();
  });
  ExpectAllRight(start);
  ExpectAsFastAgain(start, end);
}

}  // namespace
}  // namespace strata::tests
