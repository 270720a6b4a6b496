// A client that asks over real sockets and waits for its answers.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_TESTING_DNS_CLIENT_H_
#define STRATA_FRONTEND_TESTING_DNS_CLIENT_H_

#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <optional>
#include <string>

#include "base/socket_address.h"
#include "frontend/net/message_framing.h"
#include "frontend/testing/framed.h"

namespace strata::frontend::testing {

class DnsClient {
 public:
  // `type`: SOCK_DGRAM or SOCK_STREAM.
  DnsClient(const base::SocketAddress& server, int type)
      : stream_(type == SOCK_STREAM), fd_(socket(server.family(), type, 0)) {
    timeval patience{.tv_sec = 30, .tv_usec = 0};
    setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    connected_ = connect(fd_, server.sockaddr_ptr(), server.sockaddr_size()) == 0;
  }
  ~DnsClient() { close(fd_); }

  bool connected() const { return connected_; }
  void Send(const std::string& message) {
    const std::string octets = stream_ ? Framed(message) : message;
    (void)!send(fd_, octets.data(), octets.size(), MSG_NOSIGNAL);
  }
  // The next answer; nullopt when the connection was closed, or none came for long.
  std::optional<std::string> Receive() {
    std::string octets(65535, '\0');
    while (true) {
      if (const auto message = framing_.Next()) return std::string(*message);
      const ssize_t got = recv(fd_, octets.data(), octets.size(), 0);
      if (got <= 0) return std::nullopt;
      if (!stream_) return octets.substr(0, static_cast<size_t>(got));
      framing_.Take(absl::string_view(octets.data(), static_cast<size_t>(got)));
      framing_.Keep();
    }
  }

 private:
  const bool stream_;
  const int fd_;
  bool connected_ = false;
  MessageFraming framing_;
};

}  // namespace strata::frontend::testing

#endif  // STRATA_FRONTEND_TESTING_DNS_CLIENT_H_
