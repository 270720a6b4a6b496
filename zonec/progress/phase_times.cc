// SPDX-License-Identifier: Apache-2.0
#include "zonec/progress/phase_times.h"

#include <sys/resource.h>

#include <chrono>
#include <utility>

#include "absl/strings/str_format.h"

namespace strata::zonec {
namespace {

const char* NameOf(Phase phase) {
  switch (phase) {
    case Phase::kRead:
      return "read";
    case Phase::kParse:
      return "parse";
    case Phase::kOrder:
      return "order";
    case Phase::kCheck:
      return "check";
    case Phase::kBuild:
      return "build";
    case Phase::kWrite:
      break;
  }
  return "write";
}

void AppendLine(const char* name, const Times& times, std::string* out) {
  absl::StrAppendFormat(out, "%-8s %9.3f %9.3f %9.1f\n", name, times.elapsed, times.cpu,
                        static_cast<double>(times.peak_memory) / (1 << 20));
}

}  // namespace

Times Times::Now() {
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now().time_since_epoch();
  return {elapsed.count(),
          static_cast<double>(usage.ru_utime.tv_sec) + 1e-6 * static_cast<double>(usage.ru_utime.tv_usec),
          static_cast<size_t>(usage.ru_maxrss) << 10};
}

PhaseTimes::PhaseTimes(Progress* next, std::function<Times()> clock) : next_(next), clock_(std::move(clock)) {}

void PhaseTimes::Begin(Phase phase) {
  End();
  phases_.push_back({phase, {}});
  begun_ = clock_();
  running_ = true;
  next_->Begin(phase);
}

void PhaseTimes::End() {
  if (!running_) return;
  running_ = false;
  const Times now = clock_();
  phases_.back().times = {now.elapsed - begun_.elapsed, now.cpu - begun_.cpu, now.peak_memory};
}

std::string PhaseTimes::ToText() const {
  std::string out = absl::StrFormat("%-8s %9s %9s %9s\n", "phase", "seconds", "user CPU", "peak MiB");
  Times sum;
  for (const Measured& measured : phases_) {
    AppendLine(NameOf(measured.phase), measured.times, &out);
    sum.elapsed += measured.times.elapsed;
    sum.cpu += measured.times.cpu;
    sum.peak_memory = measured.times.peak_memory;
  }
  AppendLine("total", sum, &out);
  return out;
}

}  // namespace strata::zonec
