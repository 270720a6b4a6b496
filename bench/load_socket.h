// One UDP socket of a load run and the queries that it has in flight.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BENCH_LOAD_SOCKET_H_
#define STRATA_BENCH_LOAD_SOCKET_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "bench/datagram_batch.h"
#include "bench/load_report.h"
#include "bench/query_packet.h"
#include "bench/query_window.h"

namespace strata::bench {

// Hands out indices of `count` queries in order, over and over, at most `limit` in all.
class QueryCursor {
 public:
  QueryCursor(size_t count, uint64_t limit) : count_(count), left_(limit) {}

  uint64_t left() const { return left_; }

  // REQUIRES: left() > 0.
  size_t Next() {
    --left_;
    const size_t index = next_;
    next_ = next_ + 1 == count_ ? 0 : next_ + 1;
    return index;
  }

 private:
  const size_t count_;
  size_t next_ = 0;
  uint64_t left_;
};

// Not thread-safe. Times are nanoseconds of one monotonic clock.
class LoadSocket {
 public:
  // Takes over `fd`, a connected non-blocking socket. `queries` outlives this.
  LoadSocket(int fd, size_t window, size_t batch, const std::vector<QueryPacket>& queries);
  ~LoadSocket();
  LoadSocket(const LoadSocket&) = delete;
  LoadSocket& operator=(const LoadSocket&) = delete;

  size_t in_flight() const { return window_.in_flight(); }

  // Sends one batch of `most` queries at most, as far as the window and `cursor` allow.
  void Send(QueryCursor& cursor, int64_t now, size_t most, LoadReport& report);

  // Receives one batch at most, without waiting.
  void Receive(LoadReport& report);

  // Gives up queries sent before `limit`.
  void GiveUpSentBefore(int64_t limit, LoadReport& report) { report.lost += window_.ExpireSentBefore(limit); }

 private:
  void Count(absl::string_view answer, int64_t now, LoadReport& report);

  const int fd_;
  const std::vector<QueryPacket>& queries_;
  QueryWindow window_;
  DatagramBatch outgoing_;
  DatagramBatch incoming_;
};

// Nanoseconds of the steady clock.
int64_t MonotonicNow();

}  // namespace strata::bench

#endif  // STRATA_BENCH_LOAD_SOCKET_H_
