// A thread that does one small thing at intervals, such as looking whether a file has changed.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_PERIODIC_THREAD_H_
#define STRATA_BASE_PERIODIC_THREAD_H_

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "absl/time/time.h"

namespace strata::base {

// To be a member after all that `work` uses. Not thread-safe.
class PeriodicThread {
 public:
  PeriodicThread() = default;
  PeriodicThread(const PeriodicThread&) = delete;
  PeriodicThread& operator=(const PeriodicThread&) = delete;
  // Ends the thread, at once unless `work` is running.
  ~PeriodicThread();

  // Calls `work` every `interval`, for the first time when one has passed. `name`, a literal of at most 15 octets, is
  // what ps and top show. REQUIRES: not started before.
  void Start(const char* name, absl::Duration interval, std::function<void()> work);

  bool started() const { return thread_.joinable(); }

 private:
  void Run(absl::Duration interval, const std::function<void()>& work);

  std::mutex mutex_;  // guards stop_
  std::condition_variable stopped_;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace strata::base

#endif  // STRATA_BASE_PERIODIC_THREAD_H_
