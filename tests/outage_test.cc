// All backends of a kind are gone at once: clients are told so at once, and have answers again as soon as one is back,
// however long it was away.
//
// SPDX-License-Identifier: Apache-2.0
#include <signal.h>

#include <algorithm>
#include <optional>

#include "absl/time/clock.h"
#include "dns/edns.h"
#include "gtest/gtest.h"
#include "tests/cluster/fault_fixture.h"

namespace strata::tests {
namespace {

// Longer than any pause between two attempts to connect.
constexpr absl::Duration kOutage = absl::Seconds(6);
// A client is told so much sooner than it would give up, and waits no longer for what is back; on a busy machine, too.
constexpr absl::Duration kPrompt = absl::Seconds(1);
// By then it is noticed that nobody answers any more. Whoever dies says so; the silence of who hangs, or is cut off,
// and is the last one to ask, is borne for 1.5 s.
constexpr absl::Duration kNoticed = absl::Seconds(1);
constexpr absl::Duration kSilenceNoticed = absl::Milliseconds(2500);

class OutageTest : public FaultFixture {
 protected:
  // What becomes of both backends of the kind, and then of one of them.
  void KillAndRestart(const char* backend, std::optional<Kind> failing) {
    RunOutage(
        failing, kNoticed,
        [&] {
          for (int i = 0; i < 2; ++i) ProcessOf(backend, i).Kill();
        },
        [&] { ASSERT_TRUE(Start(backend, 1).WaitUntilReady()); });
  }
  void CutOffAndReconnect(const char* backend, std::optional<Kind> failing) {
    RunOutage(
        failing, kSilenceNoticed,
        [&] {
          for (int i = 0; i < 2; ++i) SetLink(backend, i, false);
        },
        [&] { SetLink(backend, 1, true); });
  }
  void StopAndContinue(const char* backend, std::optional<Kind> failing) {
    RunOutage(
        failing, kSilenceNoticed,
        [&] {
          for (int i = 0; i < 2; ++i) ProcessOf(backend, i).Signal(SIGSTOP);
        },
        [&] { ProcessOf(backend, 1).Signal(SIGCONT); });
  }

 private:
  // From `begin` to `end`, questions of the kind get SERVFAIL with a reason, promptly.
  void ExpectFailures(Kind kind, absl::Time begin, absl::Time end) {
    int failures = 0, others = 0;
    absl::Duration slowest;
    for (size_t i = 0; i < outcomes_.size(); ++i) {
      const Outcome& outcome = outcomes_[i];
      if (KindOf(i) != kind || outcome.asked < begin || outcome.asked >= end) continue;
      slowest = std::max(slowest, outcome.done - outcome.asked);
      if (outcome.IsServFail(dns::extended_error::kNetworkError)) {
        ++failures;
      } else if (++others < 5) {
        ADD_FAILURE() << outcome.asked - begin << " " << outcome.Describe();
      }
    }
    EXPECT_GT(failures, 100);
    EXPECT_EQ(others, 0) << cluster_->frontend().Stderr();
    EXPECT_LT(slowest, kPrompt) << DescribeLatencies(outcomes_, begin - absl::Seconds(3), end, begin) << "\n"
                                << cluster_->frontend().Stderr();
  }
  // All questions asked from `begin` to `end`, of all kinds but `except`, get the right answer.
  void ExpectRight(absl::Time begin, absl::Time end, std::optional<Kind> except = std::nullopt) {
    int wrong = 0;
    for (size_t i = 0; i < outcomes_.size(); ++i) {
      const Outcome& outcome = outcomes_[i];
      if (KindOf(i) == except || outcome.asked < begin || outcome.asked >= end || IsRight(i)) continue;
      if (++wrong < 5) ADD_FAILURE() << outcome.asked - begin << " " << outcome.Describe();
    }
    EXPECT_EQ(wrong, 0) << cluster_->frontend().Stderr();
  }
  // Breaks by `break_all`, and after a while repairs by `repair_one`.
  template <typename Break, typename Repair>
  void RunOutage(std::optional<Kind> failing, absl::Duration noticed, const Break& break_all,
                 const Repair& repair_one) {
    absl::Time broken, end, repaired;
    RunUndisturbed([&] {
      StartCluster();
      StartLoad();
      absl::SleepFor(absl::Seconds(1));
      broken = absl::Now();
      break_all();
      absl::SleepFor(broken + kOutage - absl::Now());
      end = absl::Now();
      repair_one();
      repaired = absl::Now();
      absl::SleepFor(kPrompt + absl::Seconds(1));
      StopLoad();
    });
    ExpectRight(absl::InfinitePast(), broken - absl::Milliseconds(100));
    ExpectRight(broken, end, failing);
    // What was asked just before the repair may be answered after it.
    if (failing.has_value()) ExpectFailures(*failing, broken + noticed, end - absl::Milliseconds(100));
    ExpectRight(repaired + kPrompt, absl::InfiniteFuture());
  }
};

TEST_F(OutageTest, WithoutAuthoritiesOurNamesFailAtOnce) { KillAndRestart("authority", Kind::kOurs); }
TEST_F(OutageTest, WithoutRecursorsUnknownNamesFailAtOnce) { KillAndRestart("recursor", Kind::kUnknown); }
TEST_F(OutageTest, WithoutCachesEverythingIsResolved) { KillAndRestart("cache", std::nullopt); }
TEST_F(OutageTest, StoppedAuthoritiesAreGivenUpAndComeBack) { StopAndContinue("authority", Kind::kOurs); }
TEST_F(OutageTest, StoppedRecursorsAreGivenUpAndComeBack) { StopAndContinue("recursor", Kind::kUnknown); }
TEST_F(OutageTest, AuthoritiesThatAreCutOffAreBackWithTheirCables) { CutOffAndReconnect("authority", Kind::kOurs); }
TEST_F(OutageTest, RecursorsThatAreCutOffAreBackWithTheirCables) { CutOffAndReconnect("recursor", Kind::kUnknown); }
TEST_F(OutageTest, CachesThatAreCutOffAreDoneWithout) { CutOffAndReconnect("cache", std::nullopt); }

}  // namespace
}  // namespace strata::tests
