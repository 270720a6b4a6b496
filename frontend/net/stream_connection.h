// One connection: its stream, its messages in and its answers out.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_NET_STREAM_CONNECTION_H_
#define STRATA_FRONTEND_NET_STREAM_CONNECTION_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/clock.h"
#include "base/event_loop.h"
#include "frontend/net/answer_queue.h"
#include "frontend/net/message_framing.h"
#include "frontend/net/octet_stream.h"
#include "frontend/net/outbox.h"
#include "frontend/net/stream_clients.h"
#include "frontend/net/stream_load.h"
#include "frontend/net/stream_timers.h"
#include "frontend/net/transport.h"

namespace strata::frontend {

// What a connection is; what is done with it is StreamTable's, whose only user this is. Once closed it lives on until
// the loop can hold no event for it.
class StreamConnection : public base::EventSource {
 public:
  // Is told of readiness.
  class Observer {
   public:
    virtual ~Observer() = default;
    virtual void OnReady(StreamConnection* connection, uint32_t events) = 0;
  };

  // Bounds of one connection.
  struct Limits {
    // Unanswered queries, and octets that are unsent or, as its answers have been so far, still to come; it is read no
    // further until they are fewer.
    int max_pipelined;
    size_t max_unsent_bytes;
  };

  StreamConnection(std::unique_ptr<OctetStream> stream, const Client& client, const Limits& limits, Observer* observer)
      : stream_(std::move(stream)), client_(client), limits_(limits), observer_(*observer) {}

  void OnReady(uint32_t events) override { observer_.OnReady(this, events); }

  const Client& client() const { return client_; }
  OctetStream& stream() { return *stream_; }

  // Its client may send more, and more may be taken.
  bool readable() const { return !ended && may_handle(); }
  // Another message may be handled.
  bool may_handle() const {
    const size_t to_come = static_cast<size_t>(unanswered) * usual_answer_;
    return !closed && !dismissed && unanswered < limits_.max_pipelined && unsent() + to_come < limits_.max_unsent_bytes;
  }
  // An answer of so many octets was made. Large ones count at once, and are forgotten by and by: who asks for one, and
  // another, without taking them must not have them all made.
  void OnAnswer(size_t octets) {
    --unanswered;
    usual_answer_ = std::max(octets, usual_answer_ / 2);
  }
  size_t unsent() const { return queue.size() + chain.octets; }
  // Answers are being made or sent.
  bool busy() const { return unanswered > 0 || unsent() > 0; }
  // Its client sends no more, or nothing that is read, and has all its answers.
  bool done() const { return !busy() && (dismissed || (ended && !framing.has_message())); }

  // Sends what the chain holds of `outbox`, behind what waits already; what the stream does not take waits. Empties the
  // chain. False: the stream is broken.
  bool Send(Outbox* outbox);
  // Sends what waits, as far as the stream takes it. False: the stream is broken.
  bool SendQueue();

  MessageFraming framing;
  AnswerQueue queue;    // answers that the stream did not take
  Outbox::Chain chain;  // answers of this turn
  int unanswered = 0;
  base::MonotonicTime last_active{};  // while the server leaves
  size_t taken = 0;                   // octets that the stream took, and that were not yet reported to the timers
  uint32_t awaited = 0;               // what epoll waits for
  bool ended = false;                 // its client sends no more
  bool expelled = false;              // by us: `ended` is our doing
  bool farewell = false;              // it was told that no more will come, and is to close
  bool dismissed = false;             // nothing that its client sends is read any more
  bool closed = false;
  bool promised = false;      // its client was told how long it may be idle
  bool message_came = false;  // since it was last filed
  bool in_chains = false;     // its chain is to be sent
  bool to_resume = false;     // has messages that may be handled now

  StreamClients::Place in_clients{this};
  StreamTimers::Place in_timers{this};
  StreamLoad::Place in_load{this};

 private:
  // Until there is an answer to go by.
  static constexpr size_t kFirstGuess = 32 << 10;

  size_t usual_answer_ = kFirstGuess;
  const std::unique_ptr<OctetStream> stream_;
  const Client client_;
  const Limits limits_;
  Observer& observer_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_NET_STREAM_CONNECTION_H_
