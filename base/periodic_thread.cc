// SPDX-License-Identifier: Apache-2.0
#include "base/periodic_thread.h"

#include <pthread.h>

#include <utility>

namespace strata::base {

PeriodicThread::~PeriodicThread() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stop_ = true;
  }
  stopped_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void PeriodicThread::Start(const char* name, absl::Duration interval, std::function<void()> work) {
  thread_ = std::thread([this, name, interval, work = std::move(work)] {
    pthread_setname_np(pthread_self(), name);
    Run(interval, work);
  });
}

void PeriodicThread::Run(absl::Duration interval, const std::function<void()>& work) {
  std::unique_lock<std::mutex> lock(mutex_);
  while (!stopped_.wait_for(lock, absl::ToChronoMilliseconds(interval), [this] { return stop_; })) {
    lock.unlock();
    work();
    lock.lock();
  }
}

}  // namespace strata::base
