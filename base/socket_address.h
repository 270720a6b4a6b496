// An IP address and a port, as a value that system calls take and people can read and write.
//
//   STRATA_ASSIGN_OR_RETURN(SocketAddress address, SocketAddress::FromText("[::1]:53"));
//   bind(fd, address.sockaddr_ptr(), address.sockaddr_size());
//
// Names are not resolved. Plain value: copy it, compare it, use it from any thread.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_SOCKET_ADDRESS_H_
#define STRATA_BASE_SOCKET_ADDRESS_H_

#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace strata::base {

// What FromText takes for the part that a text leaves out.
struct SocketAddressDefaults {
  std::string host;              // an IP address; empty: the text must have one
  std::optional<uint16_t> port;  // absent: the text must have one
};

class SocketAddress {
 public:
  // 0.0.0.0:0.
  SocketAddress();

  // Reads "192.0.2.1:53" and "[2001:db8::1]:53"; with a default port also "192.0.2.1", "2001:db8::1" and
  // "[2001:db8::1]"; with a default host also "53" and ":53". InvalidArgument says what is expected.
  static absl::StatusOr<SocketAddress> FromText(absl::string_view text, const SocketAddressDefaults& defaults = {});

  // From what the system filled in; nullopt for other families than AF_INET and AF_INET6, or a `size` too small.
  static std::optional<SocketAddress> FromSockaddr(const sockaddr* address, socklen_t size);

  const sockaddr* sockaddr_ptr() const { return &storage_.any; }
  socklen_t sockaddr_size() const { return family() == AF_INET ? sizeof(storage_.v4) : sizeof(storage_.v6); }

  int family() const { return storage_.any.sa_family; }  // AF_INET or AF_INET6
  uint16_t port() const;
  SocketAddress WithPort(uint16_t port) const;

  // 127.0.0.0/8 and ::1, also as an IPv4-mapped address.
  bool IsLoopback() const;
  // 0.0.0.0 and ::, which mean all addresses of the machine to bind(2).
  bool IsUnspecified() const;

  // "192.0.2.1" or "2001:db8::1" (RFC 5952).
  std::string HostText() const;
  // What FromText reads without defaults.
  std::string ToText() const;

  // Same family, address, port and, for IPv6, scope.
  friend bool operator==(const SocketAddress& a, const SocketAddress& b);

 private:
  union {
    sockaddr any;
    sockaddr_in v4;
    sockaddr_in6 v6;
  } storage_;
};

}  // namespace strata::base

#endif  // STRATA_BASE_SOCKET_ADDRESS_H_
