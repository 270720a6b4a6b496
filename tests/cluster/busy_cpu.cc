// SPDX-License-Identifier: Apache-2.0
#include "tests/cluster/busy_cpu.h"

#include <cstdio>
#include <cstdlib>

namespace strata::tests {
namespace {

cpu_set_t Allowed() {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) return set;
  perror("sched_getaffinity");
  abort();
}

void Allow(const cpu_set_t& set) {
  if (sched_setaffinity(0, sizeof set, &set) == 0) return;
  perror("sched_setaffinity");
  abort();
}

}  // namespace

std::vector<int> UsableCpus() {
  const cpu_set_t set = Allowed();
  std::vector<int> cpus;
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (CPU_ISSET(cpu, &set)) cpus.push_back(cpu);
  }
  return cpus;
}

OnCpu::OnCpu(int cpu) : before_(Allowed()) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(cpu, &set);
  Allow(set);
}

OnCpu::~OnCpu() { Allow(before_); }

BusyCpu::BusyCpu(int cpu, int threads) {
  for (int i = 0; i < threads; ++i) {
    threads_.emplace_back([this, cpu] {
      const OnCpu here(cpu);
      while (!stopping_.load(std::memory_order_relaxed)) {
      }
    });
  }
}

BusyCpu::~BusyCpu() {
  stopping_ = true;
  for (std::thread& thread : threads_) thread.join();
}

}  // namespace strata::tests
