// DNS over TCP (RFC 7766).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_NET_TCP_LISTENER_H_
#define STRATA_FRONTEND_NET_TCP_LISTENER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "base/clock.h"
#include "base/event_loop.h"
#include "frontend/net/tcp_connection.h"
#include "frontend/net/transport.h"
#include "frontend/query/query_handler.h"

namespace strata::frontend {

// One worker's listening socket and the connections that it accepted. Queries are pipelined and answered in any order
// (RFC 7766 §6.2.1.1, §7). Bounded: connections, unanswered queries and unsent octets a connection; what is idle or
// slow is closed. Single-threaded, as its loop and its handler, which outlive it.
class TcpListener : public Transport, public base::EventSource {
 public:
  struct Options {
    // At a time. When one more comes, the connection that has been quiet longest is closed for it.
    int max_connections = 5000;
    // Without a whole query or a sent octet (RFC 7766 §6.2.3).
    absl::Duration idle_timeout = absl::Seconds(10);
    // Of one connection, unanswered; it is read no further until some are.
    int max_pipelined = 128;
    // Of one connection, unsent; it is read no further until they are gone.
    size_t max_unsent_bytes = 1 << 20;
    // Of all connections of the listener. Beyond, the one that has most to take is closed.
    size_t max_total_unsent_bytes = 64 << 20;
  };

  // Takes over `fd`, a listening, non-blocking TCP socket.
  TcpListener(int fd, const Options& options, base::EventLoop* loop, QueryHandler* handler, const base::Clock& clock);
  ~TcpListener() override;

  // Accepts no more connections, and reads what has come on those that stand; each is closed when it has its answers.
  void Leave();
  // Whether answers are being made or sent.
  bool busy() const;

  // New connections.
  void OnReady(uint32_t events) override;
  // Closes what was idle too long. To be called every second or so.
  void OnTick();
  int connections() const { return static_cast<int>(connections_.size() - free_.size()); }

  Protocol protocol() const override { return Protocol::kTcp; }
  char* Prepare() override { return answer_.get(); }
  void Commit(const Client& client, size_t size) override;
  void Flush() override;

 private:
  class Connection;

  void Accept(int fd, Client client);
  void StopListening();
  void Close(Connection* connection);
  void CloseQuietest();
  void CloseFullest();

  int fd_;  // -1 after Leave()
  const Options options_;
  base::EventLoop& loop_;
  QueryHandler& handler_;
  const base::Clock& clock_;
  std::unique_ptr<char[]> answer_;
  std::vector<std::unique_ptr<Connection>> connections_;  // by slot; nullptr where free
  std::vector<uint32_t> free_;
  std::vector<std::unique_ptr<Connection>> closed_;  // until a later turn of the loop
  std::vector<uint64_t> unflushed_;                  // connections with new answers
  uint32_t generation_ = 0;
  size_t unsent_bytes_ = 0;  // of all connections
  std::string read_buffer_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_NET_TCP_LISTENER_H_
