// SPDX-License-Identifier: Apache-2.0
#include "zonec/progress/phase_times.h"

#include "gtest/gtest.h"

namespace strata::zonec {
namespace {

TEST(PhaseTimes, SaysWhatEachPhaseTook) {
  NoProgress next;
  Times now;
  PhaseTimes times(&next, [&] { return now; });
  now = {100, 10, 1 << 20};
  times.Begin(Phase::kRead);
  now = {100.25, 10.125, 3 << 20};
  times.Begin(Phase::kParse);
  now = {102.25, 11.125, 7 << 19};
  times.End();
  now = {200, 20};
  EXPECT_EQ(times.ToText(),
            "phase      seconds  user CPU  peak MiB\n"
            "read         0.250     0.125       3.0\n"
            "parse        2.000     1.000       3.5\n"
            "total        2.250     1.125       3.5\n");
}

TEST(PhaseTimes, GoesOnBehindAnEnd) {
  NoProgress next;
  Times now;
  PhaseTimes times(&next, [&] { return now; });
  times.End();
  times.Begin(Phase::kBuild);
  now.elapsed = 1;
  times.End();
  now.elapsed = 5;
  times.Begin(Phase::kWrite);
  now.elapsed = 6;
  times.End();
  EXPECT_EQ(times.ToText(),
            "phase      seconds  user CPU  peak MiB\n"
            "build        1.000     0.000       0.0\n"
            "write        1.000     0.000       0.0\n"
            "total        2.000     0.000       0.0\n");
}

TEST(Times, GoOn) {
  const Times before = Times::Now();
  volatile unsigned spent = 0;
  while (Times::Now().cpu == before.cpu) spent = spent + 1;
  const Times after = Times::Now();
  EXPECT_GT(after.elapsed, before.elapsed);
  EXPECT_GT(after.cpu, before.cpu);
}

}  // namespace
}  // namespace strata::zonec
