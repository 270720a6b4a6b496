// SPDX-License-Identifier: Apache-2.0
#include "frontend/net/listen_sockets.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "frontend/net/listen_options.h"

namespace strata::frontend {
namespace {

constexpr int kTcpBacklog = 1024;

// Closes what it holds unless that was taken out.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  Descriptor(Descriptor&& other) noexcept : fd_(other.Release()) {}
  Descriptor& operator=(Descriptor&&) = delete;
  int get() const { return fd_; }
  int Release() {
    const int fd = fd_;
    fd_ = -1;
    return fd;
  }

 private:
  int fd_;
};

const char* ProtocolName(int type) { return type == SOCK_DGRAM ? "UDP" : "TCP"; }

absl::Status BindError(int error, const base::SocketAddress& address, int type) {
  const std::string what = absl::StrCat("cannot listen on ", address.ToText(), " (", ProtocolName(type), ")");
  if (error == EADDRINUSE) {
    return absl::AlreadyExistsError(absl::StrCat(what,
                                                 ": another process holds the port; stop it (`ss -lunpt` shows which), "
                                                 "choose another port, or share it with --reuse_port"));
  }
  if (error == EACCES) {
    return absl::PermissionDeniedError(absl::StrCat(
        what,
        ": no permission for a port below 1024; run as root, grant CAP_NET_BIND_SERVICE, or choose a higher port"));
  }
  return absl::ErrnoToStatus(error, what);
}

absl::StatusOr<Descriptor> OpenSocket(const base::SocketAddress& address, int type, bool reuse_port) {
  Descriptor socket_fd(socket(address.family(), type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  const int fd = socket_fd.get();
  if (fd < 0) return absl::ErrnoToStatus(errno, "cannot make a socket");
  // IPv4 has its own socket.
  if (address.family() == AF_INET6) SetOption(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1);
  // Connections of an earlier process that linger must not keep us from starting.
  if (type == SOCK_STREAM) SetOption(fd, SOL_SOCKET, SO_REUSEADDR, 1);
  if (reuse_port) SetOption(fd, SOL_SOCKET, SO_REUSEPORT, 1);
  SetListenOptions(fd, address.family(), type);
  if (bind(fd, address.sockaddr_ptr(), address.sockaddr_size()) != 0) return BindError(errno, address, type);
  if (type == SOCK_STREAM && listen(fd, kTcpBacklog) != 0) return BindError(errno, address, type);
  return socket_fd;
}

// A socket that does not share its port fails to bind where any other holds it, whoever that is and whatever it allows.
absl::Status CheckPortIsFree(const base::SocketAddress& address) {
  for (const int type : {SOCK_DGRAM, SOCK_STREAM}) {
    STRATA_RETURN_IF_ERROR(OpenSocket(address, type, /*reuse_port=*/false).status());
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<ListenSockets> OpenListenSockets(const base::SocketAddress& address, int workers, bool reuse_port) {
  ListenSockets sockets;
  sockets.address = address;
  if (address.port() != 0 && !reuse_port) STRATA_RETURN_IF_ERROR(CheckPortIsFree(address));
  std::vector<Descriptor> udp;
  std::vector<Descriptor> tcp;
  for (int i = 0; i < workers; ++i) {
    for (const int type : {SOCK_DGRAM, SOCK_STREAM}) {
      STRATA_ASSIGN_OR_RETURN(Descriptor fd, OpenSocket(sockets.address, type, /*reuse_port=*/true));
      // The first socket settles the port for all.
      if (sockets.address.port() == 0) sockets.address = BoundAddress(fd.get());
      (type == SOCK_DGRAM ? udp : tcp).push_back(std::move(fd));
    }
  }
  sockets.udp_buffer_bytes = ReceiveBufferOf(udp.front().get());
  for (Descriptor& fd : udp) sockets.udp.push_back(fd.Release());
  for (Descriptor& fd : tcp) sockets.tcp.push_back(fd.Release());
  return sockets;
}

}  // namespace strata::frontend
