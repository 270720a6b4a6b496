// Tests of accounts that refill at a rate.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/policy/rate_table.h"

#include <atomic>
#include <random>
#include <thread>
#include <vector>

#include "absl/time/time.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using base::MonotonicTime;

constexpr uint64_t kAccount = 0x0123'4567'89ab'cdef, kOther = 0x89ab'cdef'0123'4567;

MonotonicTime At(absl::Duration since) { return MonotonicTime(absl::ToChronoNanoseconds(absl::Hours(1) + since)); }

// How many of the uses at intervals of `step` up to and without `end` are granted.
int Granted(RateTable* table, const Rate& rate, absl::Duration begin, absl::Duration end, absl::Duration step) {
  int granted = 0;
  for (absl::Duration t = begin; t < end; t += step) granted += table->Use(kAccount, rate, At(t));
  return granted;
}

TEST(RateTableTest, ARateIsHeldAndABurstIsGranted) {
  for (const int per_second : {1, 5, 200, 1000, 31'250}) {
    RateTable table(16, absl::Seconds(1));
    const Rate rate(per_second);
    int at_once = 0;
    for (int i = 0; i < 3 * per_second; ++i) at_once += table.Use(kAccount, rate, At({}));
    EXPECT_EQ(at_once, per_second);
    // Full again after a second; then ten times what there is, for ten seconds.
    const int later = Granted(&table, rate, absl::Seconds(1), absl::Seconds(11), absl::Seconds(1) / (10 * per_second));
    EXPECT_NEAR(later, 11 * per_second, 1) << per_second;
  }
}

TEST(RateTableTest, NeverMoreThanTheRate) {
  for (const int per_second : {3, 7, 999, 123'457, 1'000'000}) {
    RateTable table(16, absl::Seconds(1));
    const int granted =
        Granted(&table, Rate(per_second), absl::ZeroDuration(), absl::Seconds(1), absl::Seconds(1) / per_second / 2);
    EXPECT_LE(granted, 2 * per_second) << per_second;
    EXPECT_GE(granted, 2 * per_second * 0.97 - 1) << per_second;
  }
}

TEST(RateTableTest, AWindowSavesUp) {
  RateTable table(16, absl::Seconds(10));
  EXPECT_EQ(Granted(&table, Rate(5), absl::ZeroDuration(), absl::Milliseconds(100), absl::Milliseconds(1)), 50);
  EXPECT_EQ(Granted(&table, Rate(5), absl::Milliseconds(100), absl::Milliseconds(2100), absl::Milliseconds(1)), 10);
  // What is refused is not charged: full again after ten seconds of quiet, and no fuller.
  EXPECT_EQ(Granted(&table, Rate(5), absl::Seconds(100), absl::Milliseconds(100'100), absl::Milliseconds(1)), 50);
}

TEST(RateTableTest, AccountsAreApart) {
  RateTable table(16, absl::Seconds(1));
  const Rate rate(1);
  EXPECT_TRUE(table.Use(kAccount, rate, At({})));
  EXPECT_FALSE(table.Use(kAccount, rate, At({})));
  EXPECT_TRUE(table.Use(kOther, rate, At({})));
  EXPECT_TRUE(table.Use(kAccount ^ 1, rate, At({}))) << "another tag";
}

TEST(RateTableTest, AskingUsesNothing) {
  RateTable table(16, absl::Seconds(1));
  const Rate rate(1);
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(table.HasCredit(kAccount, rate, At({})));
  EXPECT_TRUE(table.Use(kAccount, rate, At({})));
  EXPECT_FALSE(table.HasCredit(kAccount, rate, At({})));
  EXPECT_TRUE(table.HasCredit(kAccount, rate, At(absl::Seconds(1))));
  EXPECT_TRUE(table.HasCredit(kAccount, Rate(), At({}))) << "no limit";
}

// Threads look at the clock at different times.
TEST(RateTableTest, ALittleTimeBackIsNoNewAccount) {
  RateTable table(16, absl::Seconds(1));
  const Rate rate(100);
  EXPECT_EQ(Granted(&table, rate, absl::Seconds(5), absl::Seconds(5) + absl::Microseconds(200), absl::Microseconds(1)),
            100);
  EXPECT_FALSE(table.Use(kAccount, rate, At(absl::Seconds(5) - absl::Milliseconds(900))));
  EXPECT_FALSE(table.Use(kAccount, rate, At(absl::Seconds(5))));
}

// The point of time has 42 bits of 64 ns: 281475 seconds.
TEST(RateTableTest, TimeWrapsAround) {
  const absl::Duration wrap = absl::Nanoseconds(int64_t{64} << 42);
  RateTable table(16, absl::Seconds(1));
  const Rate rate(100);
  const absl::Duration near = wrap - absl::Hours(1) - absl::Milliseconds(500);
  EXPECT_NEAR(Granted(&table, rate, near, near + absl::Seconds(1), absl::Microseconds(100)), 200, 1);
  EXPECT_FALSE(table.Use(kAccount, rate, At(near + absl::Seconds(1) - absl::Microseconds(100))));
  EXPECT_TRUE(table.Use(kAccount, rate, At(near + 2 * wrap + absl::Seconds(10))));
}

TEST(RateTableTest, Marks) {
  RateTable table(16, absl::Seconds(10));
  EXPECT_FALSE(table.IsMarked(kAccount, At({})));
  table.Mark(kAccount, absl::Seconds(1), At({}));
  EXPECT_TRUE(table.IsMarked(kAccount, At({})));
  EXPECT_FALSE(table.IsMarked(kOther, At({})));
  EXPECT_TRUE(table.IsMarked(kAccount, At(absl::Milliseconds(999))));
  EXPECT_FALSE(table.IsMarked(kAccount, At(absl::Milliseconds(1001))));
  for (int ms = 0; ms < 3000; ms += 10) table.Mark(kAccount, absl::Seconds(1), At(absl::Milliseconds(ms)));
  EXPECT_TRUE(table.IsMarked(kAccount, At(absl::Milliseconds(3800))));
  EXPECT_FALSE(table.IsMarked(kAccount, At(absl::Milliseconds(4000))));
}

TEST(RateTableTest, SizesArePowersOfTwo) {
  EXPECT_EQ(RateTable(0, absl::Seconds(1)).size(), 16u);
  EXPECT_EQ(RateTable(16, absl::Seconds(1)).size(), 16u);
  EXPECT_EQ(RateTable(1000, absl::Seconds(1)).size(), 1024u);
}

// A million accounts, in a table for a thousand, that are each used once: one that is at its limit stays there.
TEST(RateTableTest, ALimitedAccountOutlivesAFloodOfOthers) {
  RateTable table(1024, absl::Seconds(1));
  const Rate rate(100);
  std::mt19937_64 random(1);
  int granted = 0;
  for (int i = 0; i < 1'000'000; ++i) {
    const MonotonicTime now = At(absl::Microseconds(i));
    table.Use(random(), rate, now);
    if (i % 100 == 0) granted += table.Use(kAccount, rate, now);  // 10000 in a second
  }
  EXPECT_NEAR(granted, 200, 20);
}

// Accounts of which none is used up: by how many is one refused because of another? Each of the million is asked for
// once; a refusal can only be that of another one with the same tag in the same set.
TEST(RateTableTest, WhoIsQuietIsNotLimitedByOthers) {
  RateTable table(1024, absl::Seconds(1));
  std::mt19937_64 random(2);
  int refused = 0;
  for (int i = 0; i < 1'000'000; ++i) refused += !table.Use(random(), Rate(1), At(absl::Microseconds(i)));
  EXPECT_LE(refused, 20) << "some 8 in 2^22 are to be expected: 2";
}

TEST(RateTableTest, ThreadsShareARate) {
  constexpr int kThreads = 4, kUses = 20'000, kPerSecond = 1000;
  RateTable table(16, absl::Seconds(1));
  std::atomic<int> granted = 0;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      const Rate rate(kPerSecond);
      for (int i = 0; i < kUses; ++i) {
        granted += table.Use(kAccount, rate, At(absl::Microseconds(i)));
        // Three others come into the same set meanwhile.
        table.Use(kAccount + static_cast<uint64_t>(1 + (i + thread) % 3), rate, At(absl::Microseconds(i)));
        table.Mark(kOther, absl::Milliseconds(1), At(absl::Microseconds(i)));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  // A second's worth and that of 20 ms. More when one of the accounts was put in twice at the beginning.
  EXPECT_GE(granted, kPerSecond);
  EXPECT_LE(granted, kPerSecond + 20 + kThreads);
}

}  // namespace
}  // namespace strata::frontend
