// Bounds what libevent's HTTP server does not: how many connections there are, and how long each may live. Part of
// admin_server.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_HTTP_CONNECTIONS_H_
#define STRATA_BASE_HTTP_CONNECTIONS_H_

#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/listener.h>

#include <cstddef>
#include <memory>
#include <vector>

#include "absl/time/time.h"
#include "base/clock.h"

namespace strata::base {

// Follows the connections of one server by a reference to the bufferevent of each, and so to its socket. At
// `max_connections` the listener pauses. A connection older than `lifetime` is shut down, which the server sees as its
// end. Used by the loop's thread alone; the server is freed before this, this before the loop.
class HttpConnections {
 public:
  // Takes over how `http` makes connections, all of which come from `listener`. All borrowed.
  HttpConnections(event_base* base, evhttp* http, evconnlistener* listener, size_t max_connections,
                  absl::Duration lifetime);
  ~HttpConnections();

  HttpConnections(const HttpConnections&) = delete;
  HttpConnections& operator=(const HttpConnections&) = delete;

 private:
  struct Connection {
    bufferevent* buffers;
    MonotonicTime accepted;
  };

  static bufferevent* OnAccept(event_base* base, void* self);
  static void OnAcceptError(evconnlistener* listener, void* http);
  static void OnSweep(evutil_socket_t fd, short events, void* self);

  // Ends what is too old, lets go of what has ended, and listens again.
  void Sweep();
  void SweepLater();

  evconnlistener* const listener_;
  const size_t max_connections_;
  const MonotonicTime::duration lifetime_;
  const std::unique_ptr<event, decltype(&event_free)> sweep_;
  std::vector<Connection> connections_;
};

}  // namespace strata::base

#endif  // STRATA_BASE_HTTP_CONNECTIONS_H_
