// What a load run counted.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BENCH_LOAD_REPORT_H_
#define STRATA_BENCH_LOAD_REPORT_H_

#include <array>
#include <cstdint>
#include <string>

#include "bench/latency_histogram.h"

namespace strata::bench {

struct LoadReport {
  uint64_t sent = 0;
  uint64_t answered = 0;
  // No answer within the timeout.
  uint64_t lost = 0;
  // Datagrams that answer nothing in flight: late, repeated, or with another question.
  uint64_t unexpected = 0;
  // Answers with TC set.
  uint64_t truncated = 0;
  uint64_t answer_bytes = 0;
  // By the four bits of the header; `rcodes` sums to `answered`.
  std::array<uint64_t, 16> rcodes{};
  LatencyHistogram latency = {};
  double seconds = 0;

  // One line: the counts as they are named here, qps, rcodes by mnemonic (those that occurred), average_bytes, and
  // latency_us with p50, p99 and p999.
  std::string ToJson() const;
};

}  // namespace strata::bench

#endif  // STRATA_BENCH_LOAD_REPORT_H_
