// DNS over TCP (RFC 7766).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_NET_TCP_LISTENER_H_
#define STRATA_FRONTEND_NET_TCP_LISTENER_H_

#include <memory>

#include "frontend/net/socket_stream.h"
#include "frontend/net/stream_listener.h"

namespace strata::frontend {

// As StreamListener.
class TcpListener : public StreamListener {
 public:
  using StreamListener::StreamListener;

  Protocol protocol() const override { return Protocol::kTcp; }

 protected:
  std::unique_ptr<OctetStream> Open(int fd) override { return std::make_unique<SocketStream>(fd); }
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_NET_TCP_LISTENER_H_
