// Tests with real signals to this process. Each runs in a process of its own (EXPECT_EXIT), since a mask is
// inherited and a signal can kill.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/shutdown_signal.h"

#include <unistd.h>

#include <cstdlib>
#include <thread>

#include "gtest/gtest.h"

namespace strata::base {
namespace {

using ::testing::ExitedWithCode;
using ::testing::KilledBySignal;

void SignalFromThread(int number) {
  std::thread([number] { kill(getpid(), number); }).join();
}

TEST(ShutdownSignalDeathTest, WaitReturnsTheSignalThatCame) {
  const auto wait_for = [](int number, absl::string_view name) {
    const ShutdownSignal shutdown;
    SignalFromThread(number);
    std::_Exit(shutdown.Wait() == name ? 0 : 1);
  };
  EXPECT_EXIT(wait_for(SIGTERM, "SIGTERM"), ExitedWithCode(0), "");
  EXPECT_EXIT(wait_for(SIGINT, "SIGINT"), ExitedWithCode(0), "");
}

TEST(ShutdownSignalDeathTest, ASignalBeforeTheWaitIsKept) {
  const auto early = [] {
    const ShutdownSignal shutdown;
    kill(getpid(), SIGTERM);
    std::_Exit(shutdown.WaitFor(absl::InfiniteDuration()) == "SIGTERM" ? 0 : 1);
  };
  EXPECT_EXIT(early(), ExitedWithCode(0), "");
}

TEST(ShutdownSignalDeathTest, WaitForGivesUp) {
  const auto none = [] {
    const ShutdownSignal shutdown;
    std::_Exit(shutdown.WaitFor(absl::Milliseconds(1)).empty() ? 0 : 1);
  };
  EXPECT_EXIT(none(), ExitedWithCode(0), "");
}

TEST(ShutdownSignalDeathTest, ASecondSignalEndsTheProcess) {
  const auto impatient = [] {
    const ShutdownSignal shutdown;
    kill(getpid(), SIGINT);
    shutdown.Wait();
    kill(getpid(), SIGINT);
    std::_Exit(1);
  };
  EXPECT_EXIT(impatient(), KilledBySignal(SIGINT), "");
}

TEST(ShutdownSignalDeathTest, AClosedPipeDoesNotKill) {
  const auto write_to_closed = [] {
    const ShutdownSignal shutdown;
    int ends[2];
    if (pipe(ends) != 0) std::_Exit(2);
    close(ends[0]);
    std::_Exit(write(ends[1], "x", 1) == -1 ? 0 : 1);
  };
  EXPECT_EXIT(write_to_closed(), ExitedWithCode(0), "");
}

}  // namespace
}  // namespace strata::base
