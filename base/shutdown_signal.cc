// sigtimedwait(2) on blocked signals.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/shutdown_signal.h"

#include <algorithm>
#include <cerrno>
#include <ctime>

#include "absl/time/clock.h"

namespace strata::base {
namespace {

// sigtimedwait takes no infinite time.
constexpr absl::Duration kLongestWait = absl::Hours(24);

}  // namespace

ShutdownSignal::ShutdownSignal() {
  signal(SIGPIPE, SIG_IGN);
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGTERM);
  sigaddset(&signals_, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
}

ShutdownSignal::~ShutdownSignal() { Unblock(); }

void ShutdownSignal::Unblock() const { pthread_sigmask(SIG_UNBLOCK, &signals_, nullptr); }

absl::string_view ShutdownSignal::Wait() const {
  while (true) {
    const absl::string_view name = WaitFor(kLongestWait);
    if (!name.empty()) return name;
  }
}

absl::string_view ShutdownSignal::WaitFor(absl::Duration timeout) const {
  const absl::Time deadline = absl::Now() + std::min(timeout, kLongestWait);
  while (true) {
    const timespec left = absl::ToTimespec(std::max(deadline - absl::Now(), absl::ZeroDuration()));
    const int signal_number = sigtimedwait(&signals_, nullptr, &left);
    if (signal_number > 0) {
      Unblock();
      return signal_number == SIGTERM ? "SIGTERM" : "SIGINT";
    }
    if (errno != EINTR) return "";
  }
}

}  // namespace strata::base
