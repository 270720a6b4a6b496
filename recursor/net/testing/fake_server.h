// A name server that does whatever a test wants, over UDP and TCP on one port of 127.0.0.1, on the test's own loop: so
// everything happens in one thread, in an order that can be known.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_NET_TESTING_FAKE_SERVER_H_
#define STRATA_RECURSOR_NET_TESTING_FAKE_SERVER_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/event_loop.h"
#include "base/socket_address.h"

namespace strata::recursor::testing {

struct FakeQuery {
  std::string message;
  base::SocketAddress client;
  size_t connection = 0;  // by TCP: the number of its connection, from 1
  bool tcp() const { return connection != 0; }
};

class FakeServer {
 public:
  using Behaviour = std::function<void(const FakeQuery&)>;

  // `loop` outlives it. `host` is a loopback address, IPv4 or IPv6.
  explicit FakeServer(base::EventLoop* loop, absl::string_view host = "127.0.0.1");
  ~FakeServer();
  FakeServer(const FakeServer&) = delete;
  FakeServer& operator=(const FakeServer&) = delete;

  const base::SocketAddress& address() const { return address_; }

  // Is told each query as it comes. Default: nothing is answered.
  void set_behaviour(Behaviour behaviour) { behaviour_ = std::move(behaviour); }
  // All that came, in order.
  const std::vector<FakeQuery>& queries() const { return queries_; }
  void ForgetQueries() { queries_.clear(); }
  // Connections there ever were.
  size_t connections() const { return connections_.size(); }

  // The way the query came. With TCP's length in front.
  void Reply(const FakeQuery& query, absl::string_view message);
  // Over UDP, to the query's port, from another one than it was sent to.
  void ReplyFromElsewhere(const FakeQuery& query, absl::string_view message);
  // Any octets into the query's connection.
  void Write(const FakeQuery& query, absl::string_view octets);
  // The query's connection ends.
  void Close(const FakeQuery& query);

 private:
  struct Datagrams;
  struct Listener;
  struct Connection;

  void Receive(const FakeQuery& query);

  base::EventLoop& loop_;
  base::SocketAddress address_;
  Behaviour behaviour_;
  std::vector<FakeQuery> queries_;
  std::unique_ptr<Datagrams> datagrams_;
  std::unique_ptr<Listener> listener_;
  std::vector<std::unique_ptr<Connection>> connections_;
};

// `query` turned into a reply: QR and RA set, the rcode.
std::string ReplyTo(absl::string_view query, int rcode = 0);

// A query for `name`, in presentation form, of type A; RD is set.
std::string QueryFor(absl::string_view name);

}  // namespace strata::recursor::testing

#endif  // STRATA_RECURSOR_NET_TESTING_FAKE_SERVER_H_
