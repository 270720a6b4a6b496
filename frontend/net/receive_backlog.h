// A socket's buffer of datagrams when more come than are read: what is in it stays fresh.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_NET_RECEIVE_BACKLOG_H_
#define STRATA_FRONTEND_NET_RECEIVE_BACKLOG_H_

#include <sys/socket.h>

#include <cstddef>
#include <cstdint>
#include <ctime>

#include "absl/time/time.h"
#include "base/clock.h"

namespace strata::frontend {

// The buffer gives out the oldest datagram first. When more come than are read it is always full, and every query that
// is read has waited for as long as it takes to read a bufferful: a second, where the worker is slow. Then the client
// has given up, or is about to, and the same awaits the next one. So under pressure
//
//  - what has waited for too long is thrown away unread (IsTooOld());
//  - the buffer is made so small that what it holds is read in time. The kernel refuses the rest, which costs the
//    worker nothing, while to read ten queries only to throw nine away would cost it most of its time.
//
// Pressure is when the buffer was not found empty for 50 ms, and what is in it will take as long again to be read. Only
// then the kernel is asked to note when each datagram came (SO_TIMESTAMPNS), and only then that costs anything. A
// second in which nothing was half too old ends it, and the buffer is as large as before. A kernel that knows no
// time-stamps leaves everything as it was (docs/decisions/0013).
//
// Used by its worker's thread only.
class ReceiveBacklog {
 public:
  // What has waited longer is too old.
  static constexpr absl::Duration kMaxAge = absl::Milliseconds(100);
  static constexpr absl::Duration kPressure = absl::Milliseconds(50);
  static constexpr absl::Duration kRelief = absl::Seconds(1);
  // The least that SO_RCVBUF is set to: some hundred small queries, more than a read takes.
  static constexpr int kMinBuffer = 128 << 10;
  // Room for a datagram's control message.
  static constexpr size_t kControlSize = CMSG_SPACE(sizeof(timespec));

  // Of the socket `fd`, which outlives it, as does the clock.
  ReceiveBacklog(int fd, const base::Clock& clock) : fd_(fd), clock_(clock) {}

  // A read brought so many datagrams, and came back `full`: there is more. Otherwise it has emptied the buffer. Where
  // that is never full no clock is read.
  void OnRead(int datagrams, bool full) {
    if (full || full_ || watching_) Update(datagrams, full);
  }

  // Datagrams that come from now on bring their age.
  bool watching() const { return watching_; }

  // Before the calls of IsTooOld() for what was read at once.
  void StartBatch() { now_ = clock_.Now(); }
  // A message without a time is fresh. So is one that came before the wall clock was set back; when it is set forward,
  // what the buffer holds is lost at the worst.
  bool IsTooOld(const msghdr& message);

 private:
  void Update(int datagrams, bool full);
  bool TakesLong(absl::Duration time) const;
  void Watch(bool on, base::MonotonicTime now);
  void AdjustBuffer(base::MonotonicTime now);
  void SetBuffer(int size);

  const int fd_;
  const base::Clock& clock_;
  bool full_ = false;  // not found empty, since `since_`
  bool watching_ = false;
  bool unsupported_ = false;
  base::MonotonicTime since_;
  int64_t read_ = 0;  // datagrams, since then
  base::MonotonicTime last_full_;
  base::MonotonicTime last_old_;
  absl::Time now_;

  // As SO_RCVBUF takes them.
  int whole_buffer_ = 0;  // as it was; 0: it could not be restored, so it stays
  int buffer_ = 0;
  absl::Duration oldest_;  // that was read since the buffer was looked at
  base::MonotonicTime adjusted_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_NET_RECEIVE_BACKLOG_H_
