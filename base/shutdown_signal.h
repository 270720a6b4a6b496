// Waiting for SIGTERM or SIGINT, without a signal handler.
//
//   int main(…) {
//     const ShutdownSignal shutdown;        // before any thread is started
//     … start serving …
//     shutdown.Wait();
//     … drain; a second signal ends the process at once …
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_SHUTDOWN_SIGNAL_H_
#define STRATA_BASE_SHUTDOWN_SIGNAL_H_

#include <signal.h>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace strata::base {

// One per process. Construct it in main() before any thread exists, so that all threads inherit the mask; wait in
// the thread that constructed it.
class ShutdownSignal {
 public:
  // Blocks SIGTERM and SIGINT in this thread and in those that it starts; ignores SIGPIPE for the process, since
  // writing to a closed connection is an error to handle, not a reason to die.
  ShutdownSignal();

  // Unblocks the signals; one that is pending takes effect.
  ~ShutdownSignal();

  ShutdownSignal(const ShutdownSignal&) = delete;
  ShutdownSignal& operator=(const ShutdownSignal&) = delete;

  // Blocks until one of the signals comes and returns its name, "SIGTERM" or "SIGINT". From then on the signals
  // have their default effect: an operator who is tired of waiting for the drain can press Ctrl-C again.
  absl::string_view Wait() const;

  // The same for at most `timeout`; empty if none came.
  absl::string_view WaitFor(absl::Duration timeout) const;

 private:
  void Unblock() const;

  sigset_t signals_;
};

}  // namespace strata::base

#endif  // STRATA_BASE_SHUTDOWN_SIGNAL_H_
