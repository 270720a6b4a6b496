// A CPU for some processes alone, or one that they share with others who have much to do.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_TESTS_CLUSTER_BUSY_CPU_H_
#define STRATA_TESTS_CLUSTER_BUSY_CPU_H_

#include <sched.h>

#include <atomic>
#include <thread>
#include <vector>

namespace strata::tests {

// The CPUs that this thread may use.
std::vector<int> UsableCpus();

// While it lives, the thread that made it runs on one CPU, and what it starts stays there for good. That the kernel
// refuses ends the test process.
class OnCpu {
 public:
  explicit OnCpu(int cpu);
  ~OnCpu();
  OnCpu(const OnCpu&) = delete;
  OnCpu& operator=(const OnCpu&) = delete;

 private:
  cpu_set_t before_;
};

// While it lives, so many threads want all of the CPU: a server with one thread there gets a share of 1 / (threads +
// 1).
class BusyCpu {
 public:
  BusyCpu(int cpu, int threads);
  ~BusyCpu();
  BusyCpu(const BusyCpu&) = delete;
  BusyCpu& operator=(const BusyCpu&) = delete;

 private:
  std::atomic<bool> stopping_{false};
  std::vector<std::thread> threads_;
};

}  // namespace strata::tests

#endif  // STRATA_TESTS_CLUSTER_BUSY_CPU_H_
