// One message to one server and the reply to it, or the lack of one.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_NET_UPSTREAM_TRANSPORT_H_
#define STRATA_RECURSOR_NET_UPSTREAM_TRANSPORT_H_

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/socket_address.h"

namespace strata::recursor {

enum class ExchangeFailure {
  kTimeout,
  kUnreachable,  // the network or the server's host says so (ICMP, connection refused)
  kTcpFailed,    // the connection broke, or was closed before the reply
  kNoSocket,     // this machine has none left
};
inline constexpr size_t kExchangeFailures = 4;

// Is told how an exchange ended: one call, on the transport's thread, never from within Start().
class ExchangeHandler {
 public:
  virtual ~ExchangeHandler() = default;
  // The reply, a message that passed every check that tells it from a forged one: from the server, QR, opcode, ID and
  // question octet for octet, letter case included. Nothing after the question was looked at. Good during the call.
  virtual void OnReply(absl::string_view message, absl::Duration round_trip) = 0;
  // `suspicious`: messages came that nearly matched (RFC 5452), so that it ended soon: somebody may be forging, and TCP
  // is the next thing to try.
  virtual void OnFailure(ExchangeFailure failure, bool suspicious) = 0;
};

using ExchangeId = uint64_t;

// Used by its loop's thread only.
class UpstreamTransport {
 public:
  virtual ~UpstreamTransport() = default;

  // `query` is a whole message with one question; it is copied, and its ID is replaced by a fresh random one. Over UDP
  // it leaves from a socket and port of its own. The handler lives until it was called, or Cancel().
  virtual ExchangeId Start(const base::SocketAddress& server, absl::string_view query, bool tcp, absl::Duration timeout,
                           ExchangeHandler* handler) = 0;
  // The handler is not called after this. An id that is no more is fine.
  virtual void Cancel(ExchangeId id) = 0;
};

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_NET_UPSTREAM_TRANSPORT_H_
