// All stream connections of a worker, whatever listener accepted them.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_NET_STREAM_TABLE_H_
#define STRATA_FRONTEND_NET_STREAM_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/time/time.h"
#include "base/clock.h"
#include "base/event_loop.h"
#include "frontend/net/message_handler.h"
#include "frontend/net/octet_stream.h"
#include "frontend/net/outbox.h"
#include "frontend/net/stream_clients.h"
#include "frontend/net/stream_connection.h"
#include "frontend/net/stream_counters.h"
#include "frontend/net/stream_load.h"
#include "frontend/net/stream_timers.h"

namespace strata::frontend {

// Reads messages, hands them on, and sends the answers. Queries are pipelined and answered in any order (RFC 7766
// §6.2.1.1, §7); the answers of a turn of the loop leave together. Everything is bounded, and what is taken away is
// taken from those who hold most: connections in all and of each client, unanswered queries and unsent octets of a
// connection, unsent octets in all, and every kind of waiting. No call looks at all connections but those of leaving.
// Reads the clock once a turn. Single-threaded, as its loop and its handler, which outlive it.
class StreamTable : private StreamConnection::Observer {
 public:
  // While leaving: a connection without a query for so long is not in the middle of a conversation.
  static constexpr absl::Duration kQuiet = absl::Milliseconds(300);
  // For how long a client that was sent the end of its connection may take to close its own end. A query of its own
  // that crossed the end would be answered by a reset, which may take answers away that it has not read.
  static constexpr absl::Duration kFarewell = absl::Milliseconds(500);

  struct Options {
    // At a time.
    int max_connections = 10000;
    // Of one client (see StreamClients); 0: as many as nobody else needs.
    int max_connections_per_client = 0;
    // Without a query that is unanswered, or an answer that is untaken (RFC 7766 §6.2.3). It shrinks, to a tenth at
    // last, while more than three quarters of all connections are taken; who was told a time (RFC 7828) keeps it.
    absl::Duration idle_timeout = absl::Seconds(10);
    // From a message's first octet to its last; never more than a connection may be idle.
    absl::Duration message_timeout = absl::Seconds(10);
    // In which a client takes all answers that wait for it, or 64 KiB of them.
    absl::Duration answer_timeout = absl::Seconds(10);
    // Of one connection: queries that are unanswered, octets that are unsent or to come. It is read no further until
    // they are fewer.
    int max_pipelined = 128;
    size_t max_unsent_bytes = 256 << 10;
    // Of all connections: unsent octets, and those of unfinished messages. Beyond, those that hold most are closed.
    size_t max_held_bytes = 64 << 20;
  };

  StreamTable(const Options& options, base::EventLoop* loop, MessageHandler* handler, const base::Clock& clock);
  ~StreamTable() override;

  // A new connection, of `client`, whose transport and peer are set. False: it was closed at once.
  bool Add(std::unique_ptr<OctetStream> stream, Client client);
  // The process is short of descriptors: closes a connection. False when there is none to close.
  bool MakeRoom();

  // For the transports that share the table: as in Transport.
  char* Prepare();
  void Commit(const Client& client, size_t size);
  uint16_t keepalive() const;
  // Sends what was committed. Handles no message.
  void Send();

  // Sends what was committed, and handles the messages that had to wait for it. To be called after each turn of the
  // loop: what was closed in it is freed.
  void EndTurn();
  // Closes what waited too long. To be called every second or so.
  void OnTick();
  // From now on answers tell clients to close (RFC 7828), and a connection on which nothing has happened for kQuiet is
  // ended by OnTick(). All are still read and answered.
  void Leave();
  // Reads what has come, and ends each connection once it has its answers. After Leave().
  void Expel();
  bool leaving() const { return leaving_; }

  int size() const { return static_cast<int>(connections_.size() - free_.size()); }
  // Whether answers are being made or sent.
  bool busy() const;
  const StreamCounters& counters() const { return counters_; }

 private:
  void OnReady(StreamConnection* connection, uint32_t events) override;
  void Read(StreamConnection* connection);
  // Hands on what has come whole, as far as may be.
  void HandleMessages(StreamConnection* connection);
  // Ending a connection from our side: reads what has come, answers it, tells the end, waits for the client's.
  void Expel(StreamConnection* connection);
  void BidFarewell(StreamConnection* connection);
  void AwaitEnd(StreamConnection* connection);
  void EndQuiet();
  void Resume();
  // Where the connection stands now: what it waits for, what it holds. May close it.
  CloseReason ReasonOfEnd(const StreamConnection& connection) const;
  void File(StreamConnection* connection);
  StreamTimers::Wait WaitOf(const StreamConnection& connection) const;
  void Await(StreamConnection* connection, uint32_t events);
  // nullptr when it is gone, and its slot perhaps another's.
  StreamConnection* Find(uint64_t id) const;
  bool MakeRoomFor(const ClientPrefix& client);
  void Close(StreamConnection* connection, CloseReason reason);
  // How long connections may be idle while so many are open.
  absl::Duration IdleTimeout() const;
  base::MonotonicTime Now();

  const Options options_;
  base::EventLoop& loop_;
  MessageHandler& handler_;
  const base::Clock& clock_;
  bool leaving_ = false;

  // Before the connections, which have places in them.
  StreamClients clients_;
  StreamTimers timers_;
  StreamLoad load_;
  std::vector<std::unique_ptr<StreamConnection>> connections_;  // by slot; nullptr where free
  std::vector<uint32_t> free_;
  std::vector<std::unique_ptr<StreamConnection>> closed_;  // in this turn
  uint32_t generation_ = 0;

  Outbox outbox_;
  std::vector<StreamConnection*> chains_;  // with answers in the outbox
  std::vector<StreamConnection*> resumable_;
  StreamConnection* current_ = nullptr;  // whose message is being handled
  std::unique_ptr<char[]> read_buffer_;
  base::MonotonicTime now_;
  bool now_is_fresh_ = false;
  StreamCounters counters_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_NET_STREAM_TABLE_H_
