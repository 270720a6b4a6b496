// libevent 2.1 says when a connection begins, but not when it has ended; its socket does.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/http_connections.h"

#include <netinet/tcp.h>
#include <sys/socket.h>

#include <chrono>

namespace strata::base {
namespace {

constexpr timeval kSweepInterval = {.tv_sec = 0, .tv_usec = 50'000};

// Whether the server still has the connection: when it frees one, it shuts the sending side of the socket first.
bool Alive(int fd) {
  tcp_info info;
  socklen_t size = sizeof(info);
  if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return false;
  return info.tcpi_state == TCP_ESTABLISHED || info.tcpi_state == TCP_CLOSE_WAIT;
}

}  // namespace

HttpConnections::HttpConnections(event_base* base, evhttp* http, evconnlistener* listener, size_t max_connections,
                                 absl::Duration lifetime)
    : listener_(listener),
      max_connections_(max_connections),
      lifetime_(absl::ToChronoNanoseconds(lifetime)),
      sweep_(evtimer_new(base, OnSweep, this), event_free) {
  evhttp_set_bevcb(http, OnAccept, this);
  evconnlistener_set_error_cb(listener, OnAcceptError);
}

HttpConnections::~HttpConnections() {
  for (const Connection& connection : connections_) bufferevent_decref(connection.buffers);
}

bufferevent* HttpConnections::OnAccept(event_base* base, void* self) {
  HttpConnections& connections = *static_cast<HttpConnections*>(self);
  // The last reference closes the socket; until we drop ours, its number means this connection and no other.
  bufferevent* const buffers = bufferevent_socket_new(base, -1, BEV_OPT_CLOSE_ON_FREE);
  if (buffers == nullptr) return nullptr;
  bufferevent_incref(buffers);
  connections.connections_.push_back({buffers, std::chrono::steady_clock::now()});
  if (connections.connections_.size() >= connections.max_connections_) evconnlistener_disable(connections.listener_);
  connections.SweepLater();
  return buffers;
}

// Out of file descriptors, most likely: trying again at once would keep the thread busy.
void HttpConnections::OnAcceptError(evconnlistener* listener, void*) {
  evconnlistener_disable(listener);
  const auto resume = [](evutil_socket_t, short, void* paused) {
    evconnlistener_enable(static_cast<evconnlistener*>(paused));
  };
  event_base_once(evconnlistener_get_base(listener), -1, EV_TIMEOUT, resume, listener, &kSweepInterval);
}

void HttpConnections::OnSweep(evutil_socket_t, short, void* self) { static_cast<HttpConnections*>(self)->Sweep(); }

void HttpConnections::Sweep() {
  const MonotonicTime now = std::chrono::steady_clock::now();
  std::erase_if(connections_, [this, now](const Connection& connection) {
    const int fd = bufferevent_getfd(connection.buffers);
    if (!Alive(fd)) {
      bufferevent_decref(connection.buffers);
      return true;
    }
    if (now - connection.accepted > lifetime_) shutdown(fd, SHUT_RDWR);
    return false;
  });
  if (connections_.size() < max_connections_) evconnlistener_enable(listener_);
  if (!connections_.empty()) SweepLater();
}

void HttpConnections::SweepLater() {
  if (!evtimer_pending(sweep_.get(), nullptr)) evtimer_add(sweep_.get(), &kSweepInterval);
}

}  // namespace strata::base
