// A load of queries: a closed loop, with as many in flight as the window says and each answer replaced by the next
// query; or an open loop, at a rate.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BENCH_LOAD_RUN_H_
#define STRATA_BENCH_LOAD_RUN_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "bench/load_report.h"
#include "bench/query_packet.h"

namespace strata::bench {

struct LoadOptions {
  // On 127.0.0.1.
  uint16_t port = 0;
  // Queries in flight over all sockets.
  size_t window = 512;
  // Queries a second, answered or not: an open loop. The window then only bounds what is remembered, and should hold
  // what is sent within `timeout`. What this thread is late with for more than 5 ms is never sent.
  std::optional<double> rate = std::nullopt;
  // At most `window` are opened.
  size_t sockets = 4;
  // Datagrams a system call.
  size_t batch = 32;
  // A query without an answer for so long is lost.
  absl::Duration timeout = absl::Seconds(1);
  // No query is sent after `duration`, or, if `passes` is set, after so many passes over the queries.
  absl::Duration duration = absl::Seconds(4);
  std::optional<uint64_t> passes = std::nullopt;
};

// Sends `queries` in order, over and over, from the calling thread alone; returns when the last one is answered or
// lost. It polls its sockets without sleeping, so that waking it up is no cost of the server; give it a core.
// FAILED_PRECONDITION or an errno's code if a socket cannot be opened.
absl::StatusOr<LoadReport> RunLoad(const std::vector<QueryPacket>& queries, const LoadOptions& options);

}  // namespace strata::bench

#endif  // STRATA_BENCH_LOAD_RUN_H_
