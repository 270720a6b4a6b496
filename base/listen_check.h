// May a gRPC server listen on this address, and can it? gRPC itself answers neither: it binds any address in
// plain text, takes over a unix socket that is in use, and fails without saying why. Part of grpc_server; admin_server
// has the same words for the same failures.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_LISTEN_CHECK_H_
#define STRATA_BASE_LISTEN_CHECK_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/socket_address.h"

namespace strata::base {

// A gRPC listening address, parsed: IP:PORT, [IPv6]:PORT, or unix:PATH.
struct ListenAddress {
  std::optional<SocketAddress> ip;  // absent: a unix socket
  std::string unix_path;

  // The address as gRPC takes it and as people write it.
  std::string ToText() const;
};

// InvalidArgument names the accepted forms.
absl::StatusOr<ListenAddress> ParseListenAddress(absl::string_view text);

// PermissionDenied, naming --insecure, if plain text on `address` could cross a network.
absl::Status CheckPlainTextAllowed(const ListenAddress& address);

// OK if `address` can be bound now. AlreadyExists if a process listens there; otherwise the system's reason. A
// socket file that no process listens on is removed.
absl::Status CheckCanListen(const ListenAddress& address);

// What to say of listening on `where` (an address as people write it) having failed with `error`, an errno.
absl::Status CannotListen(int error, absl::string_view where);

}  // namespace strata::base

#endif  // STRATA_BASE_LISTEN_CHECK_H_
