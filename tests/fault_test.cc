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

const char* NameOf(Fault fault) {
  const char* const names[] = {"Killed", "Stopped", "Terminated", "CutOff"};
  return names[static_cast<int>(fault)];
}

class Faults : public FaultFixture {
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

class FaultTest : public Faults, public testing::WithParamInterface<std::tuple<std::string, Fault>> {};
class FaultInTurnTest : public Faults, public testing::WithParamInterface<Fault> {};

TEST_P(FaultTest, OfOneOfTwoCostsNoAnswer) {
  const auto& [backend, fault] = GetParam();
  absl::Time broken, repaired;
  RunUndisturbed([&, backend = backend, fault = fault] {
    StartCluster();
    StartLoad();
    absl::SleepFor(absl::Milliseconds(1500));
    broken = absl::Now();
    Break(backend, fault, 0);
    absl::SleepFor(broken + absl::Seconds(2) - absl::Now());
    repaired = absl::Now();
    Repair(backend, fault, 0);
    absl::SleepFor(repaired + absl::Seconds(2) - absl::Now());
    StopLoad();
  });
  ExpectAllRight(broken);
  ExpectAsFastAgain(broken, broken);
  ExpectAsFastAgain(broken, repaired);
  EXPECT_TRUE(cluster_->WaitUntilConnected());
}

INSTANTIATE_TEST_SUITE_P(Matrix, FaultTest,
                         testing::Combine(testing::Values("authority", "cache", "recursor"),
                                          testing::Values(Fault::kKill, Fault::kStop, Fault::kTerminate, Fault::kCut)),
                         [](const testing::TestParamInfo<std::tuple<std::string, Fault>>& info) {
                           return absl::StrCat(std::get<0>(info.param), NameOf(std::get<1>(info.param)));
                         });

// One after the other, so that each was away when it is needed. The other one may go when this one is in use again.
TEST_P(FaultInTurnTest, CostsNoAnswer) {
  absl::Time start, end;
  RunUndisturbed([&] {
    StartCluster();
    StartLoad();
    absl::SleepFor(absl::Milliseconds(1500));
    start = absl::Now();
    for (int i = 0; i < 4; ++i) {
      for (const char* backend : {"authority", "cache", "recursor"}) Break(backend, GetParam(), i % 2);
      absl::SleepFor(absl::Milliseconds(1500));
      for (const char* backend : {"authority", "cache", "recursor"}) Repair(backend, GetParam(), i % 2);
      ASSERT_TRUE(cluster_->WaitUntilConnected(absl::Seconds(10)));
    }
    end = absl::Now();
    absl::SleepFor(absl::Seconds(2));
    StopLoad();
  });
  ExpectAllRight(start);
  ExpectAsFastAgain(start, end);
}

INSTANTIATE_TEST_SUITE_P(Matrix, FaultInTurnTest, testing::Values(Fault::kKill, Fault::kStop, Fault::kCut),
                         [](const testing::TestParamInfo<Fault>& info) { return std::string(NameOf(info.param)); });

}  // namespace
}  // namespace strata::tests
