// All backends of a kind are gone at once: clients are told so at once, and have answers again as soon as one is back,
// however long it was away.
//
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

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
// By then it is noticed that nobody answers any more.
constexpr absl::Duration kNoticed = absl::Seconds(1);

class OutageTest : public FaultFixture {
 protected:
  void Kill(const char* backend) {
    for (int i = 0; i < 2; ++i) ProcessOf(backend, i).Kill();
  }
  // From `begin` to `end`, questions of the kind get SERVFAIL with a reason, promptly.
  void ExpectFailures(const std::vector<Outcome>& outcomes, Kind kind, absl::Time begin, absl::Time end) {
    int failures = 0, others = 0;
    absl::Duration slowest;
    for (size_t i = 0; i < outcomes.size(); ++i) {
      const Outcome& outcome = outcomes[i];
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
    EXPECT_LT(slowest, kPrompt);
  }
  // All questions asked from `begin` to `end`, of all kinds but `except`, get the right answer.
  void ExpectRight(const std::vector<Outcome>& outcomes, absl::Time begin, absl::Time end,
                   std::optional<Kind> except = std::nullopt) {
    int wrong = 0;
    for (size_t i = 0; i < outcomes.size(); ++i) {
      const Outcome& outcome = outcomes[i];
      if (KindOf(i) == except || outcome.asked < begin || outcome.asked >= end || IsRight(outcomes, i)) continue;
      if (++wrong < 5) ADD_FAILURE() << outcome.asked - begin << " " << outcome.Describe();
    }
    EXPECT_EQ(wrong, 0) << cluster_->frontend().Stderr();
  }
  // Breaks by `break_all`, and after a while repairs by `repair_one`.
  template <typename Break, typename Repair>
  void RunOutage(std::optional<Kind> failing, const Break& break_all, const Repair& repair_one) {
    StartLoad();
    absl::SleepFor(absl::Seconds(1));
    const absl::Time broken = absl::Now();
    break_all();
    absl::SleepFor(broken + kOutage - absl::Now());
    const absl::Time end = absl::Now();
    repair_one();
    const absl::Time repaired = absl::Now();
    absl::SleepFor(kPrompt + absl::Seconds(1));
    const std::vector<Outcome> outcomes = load_->Stop();
    ExpectRight(outcomes, absl::InfinitePast(), broken - absl::Milliseconds(100));
    ExpectRight(outcomes, broken, end, failing);
    if (failing.has_value()) ExpectFailures(outcomes, *failing, broken + kNoticed, end);
    ExpectRight(outcomes, repaired + kPrompt, absl::InfiniteFuture());
  }
};

TEST_F(OutageTest, WithoutAuthoritiesOurNamesFailAtOnce) {
  RunOutage(
      Kind::kOurs, [&] { Kill("authority"); }, [&] { ASSERT_TRUE(Start("authority", 1).WaitUntilReady()); });
}

TEST_F(OutageTest, WithoutRecursorsUnknownNamesFailAtOnce) {
  RunOutage(
      Kind::kUnknown, [&] { Kill("recursor"); }, [&] { ASSERT_TRUE(Start("recursor", 1).WaitUntilReady()); });
}

TEST_F(OutageTest, WithoutCachesEverythingIsResolved) {
  RunOutage(
      std::nullopt, [&] { Kill("cache"); }, [&] { ASSERT_TRUE(Start("cache", 1).WaitUntilReady()); });
}

TEST_F(OutageTest, AuthoritiesThatAreCutOffAreBackWithTheirCables) {
  RunOutage(
      Kind::kOurs,
      [&] {
        for (int i = 0; i < 2; ++i) SetLink("authority", i, false);
      },
      [&] { SetLink("authority", 1, true); });
}

TEST_F(OutageTest, RecursorsThatAreCutOffAreBackWithTheirCables) {
  RunOutage(
      Kind::kUnknown,
      [&] {
        for (int i = 0; i < 2; ++i) SetLink("recursor", i, false);
      },
      [&] { SetLink("recursor", 1, true); });
}

TEST_F(OutageTest, CachesThatAreCutOffAreDoneWithout) {
  RunOutage(
      std::nullopt,
      [&] {
        for (int i = 0; i < 2; ++i) SetLink("cache", i, false);
      },
      [&] { SetLink("cache", 1, true); });
}

}  // namespace
}  // namespace strata::tests
