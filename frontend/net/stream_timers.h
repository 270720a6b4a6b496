// How long connections may wait: for a query, for the rest of one, for answers to be taken.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_NET_STREAM_TIMERS_H_
#define STRATA_FRONTEND_NET_STREAM_TIMERS_H_

#include <array>
#include <cstddef>

#include "absl/time/time.h"
#include "base/clock.h"
#include "frontend/net/linked_list.h"

namespace strata::frontend {

class StreamConnection;

// Connections in the order in which their time is up. Every call takes constant time. Single-threaded.
class StreamTimers {
 public:
  // What a client may keep us waiting for; all that wait for the same have equally long.
  enum Wait : size_t {
    kQuery,    // the next query
    kPromise,  // the same, where the client was told how long it may be idle
    kMessage,  // the rest of a message that has begun
    kNothing,
  };

  struct Limits {
    absl::Duration query;
    absl::Duration promise;
    absl::Duration message;
    absl::Duration answers;
  };

  // A client that takes less than this of its answers in the time of `Limits::answers`, and not all of them, is slow.
  // It is what a modem takes in 10 seconds.
  static constexpr size_t kMinTaken = 64 << 10;

  // A connection's place here.
  class Place {
   public:
    explicit Place(StreamConnection* connection) : connection_(connection) {}

   private:
    friend class StreamTimers;
    StreamConnection* const connection_;
    ListLink<Place> input_{this}, output_{this};
    Wait wait_ = kNothing;
    base::MonotonicTime input_since_{}, output_since_{};
    size_t to_take_ = 0;  // of its answers, from output_since_ on
  };

  // The connection waits for `wait` from now on; one that did already goes on doing so, unless `anew`.
  void AwaitInput(Place* place, Wait wait, bool anew, base::MonotonicTime now);
  // `unsent` octets wait to be taken, after `taken` were.
  void AwaitOutput(Place* place, size_t unsent, size_t taken, base::MonotonicTime now);
  void Remove(Place* place);

  // One whose client sent nothing for too long, or nullptr.
  StreamConnection* TooIdle(const Limits& limits, base::MonotonicTime now) const;
  // One whose client is too slow in sending a message or in taking its answers, or nullptr.
  StreamConnection* TooSlow(const Limits& limits, base::MonotonicTime now) const;

 private:
  // All that are in one list may wait equally long, so that the first is the first whose time is up.
  std::array<LinkedList<Place>, kNothing> inputs_;
  LinkedList<Place> outputs_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_NET_STREAM_TIMERS_H_
