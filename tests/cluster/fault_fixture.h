// What tests of faults have in common: a frontend, two backends of each kind on hosts of their own, a server behind
// them, and steady load of all kinds of questions.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_TESTS_CLUSTER_FAULT_FIXTURE_H_
#define STRATA_TESTS_CLUSTER_FAULT_FIXTURE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/network.h"
#include "tests/cluster/stall_watch.h"
#include "tests/cluster/steady_load.h"
#include "tests/upstream/upstream.h"

namespace strata::tests {

// Skipped where networks are not allowed, but not in CI.
class FaultFixture : public testing::Test {
 protected:
  enum class Kind {
    kOurs,     // in a zone of the authorities: half of the questions
    kHot,      // elsewhere, and asked all the time: a quarter
    kUnknown,  // elsewhere, and never asked before: a quarter
  };
  static Kind KindOf(uint64_t number);
  static SteadyLoad::Question MakeQuestion(uint64_t number);

  void SetUp() override;
  // Calls `run`, which starts everything anew, until no processor stands still meanwhile for longer than `stall`: a
  // frontend might take a backend for hung, which this machine did not run. Three times at the most, and the last one
  // counts.
  void RunUndisturbed(const std::function<void()>& run, absl::Duration stall = absl::Milliseconds(100));
  // Starts everything but the load.
  void StartCluster();
  void StartLoad();
  void StopLoad() { outcomes_ = load_->Stop(); }

  // "authority", 1.
  Process& ProcessOf(absl::string_view backend, int number);
  Process& Start(absl::string_view backend, int number);
  void SetLink(absl::string_view backend, int number, bool up);

  bool IsRight(size_t number) const;
  // Expects the right answer to each question. `zero` is for the messages: when something was done.
  void ExpectAllRight(absl::Time zero);
  // Expects of the second after next of `event` that answers are as fast as they were before `fault`.
  void ExpectAsFastAgain(absl::Time fault, absl::Time event);

  std::optional<StallWatch> stalls_;
  std::vector<Outcome> outcomes_;  // of the last load
  std::unique_ptr<Upstream> upstream_;
  std::optional<Cluster> cluster_;
  std::optional<SteadyLoad> load_;
};

}  // namespace strata::tests

#endif  // STRATA_TESTS_CLUSTER_FAULT_FIXTURE_H_
