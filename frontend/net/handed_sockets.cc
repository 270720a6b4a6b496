// SPDX-License-Identifier: Apache-2.0
#include "frontend/net/handed_sockets.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/status_macros.h"
#include "frontend/net/listen_options.h"

namespace strata::frontend {
namespace {

constexpr int kFirstHanded = 3;
constexpr int kMostHanded = 1024;

std::string Variable(const char* name) {
  const char* value = getenv(name);
  const std::string text = value != nullptr ? value : "";
  unsetenv(name);
  return text;
}

int IntOption(int fd, int level, int option) {
  int value = 0;
  socklen_t size = sizeof value;
  return getsockopt(fd, level, option, &value, &size) == 0 ? value : -1;
}

struct Handed {
  int fd = -1;
  int type = 0;
  base::SocketAddress address;
};

absl::StatusOr<Handed> Inspect(int fd, const std::string& name) {
  const auto error = [&](absl::string_view what) {
    return absl::InvalidArgumentError(absl::StrCat("descriptor ", fd, " (", name, "), which was handed over: ", what));
  };
  Handed handed{fd, IntOption(fd, SOL_SOCKET, SO_TYPE), {}};
  const int family = IntOption(fd, SOL_SOCKET, SO_DOMAIN);
  if (handed.type < 0) return error(errno == EBADF ? "is not open" : "is no socket");
  if ((family != AF_INET && family != AF_INET6) || (handed.type != SOCK_DGRAM && handed.type != SOCK_STREAM)) {
    return error(
        "is neither a UDP nor a TCP socket; DNS needs ListenDatagram=ADDRESS:PORT and ListenStream=ADDRESS:PORT");
  }
  handed.address = BoundAddress(fd);
  if (handed.address.port() == 0) return error("is not bound to a port");
  if (handed.type == SOCK_STREAM && IntOption(fd, SOL_SOCKET, SO_ACCEPTCONN) != 1) {
    return error("does not listen; with Accept=yes each connection would get a process of its own: use Accept=no");
  }
  // Clients by IPv4 would come with IPv6 addresses, which no access list expects.
  if (family == AF_INET6 && handed.address.IsUnspecified() && IntOption(fd, IPPROTO_IPV6, IPV6_V6ONLY) == 0) {
    return error("serves IPv4 too; use BindIPv6Only=ipv6-only, and a socket of its own for IPv4 (0.0.0.0)");
  }
  fcntl(fd, F_SETFD, FD_CLOEXEC);
  fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
  SetListenOptions(fd, family, handed.type);
  return handed;
}

// One for each worker.
absl::Status Share(std::vector<int>* sockets, int workers) {
  const size_t handed = sockets->size();
  for (size_t i = handed; handed > 0 && i < static_cast<size_t>(workers); ++i) {
    const int fd = fcntl((*sockets)[i - handed], F_DUPFD_CLOEXEC, 0);
    if (fd < 0) return absl::ErrnoToStatus(errno, "cannot share a socket that was handed over");
    sockets->push_back(fd);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<ListenSockets>> TakeHandedSockets(int workers) {
  const std::string pid = Variable("LISTEN_PID");
  const std::string number = Variable("LISTEN_FDS");
  const std::vector<std::string> names = absl::StrSplit(Variable("LISTEN_FDNAMES"), ':');
  // What a parent was handed is not for us.
  if (pid != absl::StrCat(getpid())) return std::vector<ListenSockets>();
  int count = 0;
  if (!absl::SimpleAtoi(number, &count) || count < 0 || count > kMostHanded) {
    return absl::InvalidArgumentError(
        absl::StrCat("LISTEN_FDS=", number, " in the environment: not a number of sockets"));
  }
  std::vector<ListenSockets> all;
  for (int i = 0; i < count; ++i) {
    const std::string name = static_cast<size_t>(i) < names.size() && !names[i].empty() ? names[i] : "unknown";
    STRATA_ASSIGN_OR_RETURN(const Handed handed, Inspect(kFirstHanded + i, name));
    auto sockets = std::find_if(all.begin(), all.end(),
                                [&](const ListenSockets& other) { return other.address == handed.address; });
    if (sockets == all.end()) {
      sockets = all.insert(all.end(), ListenSockets());
      sockets->address = handed.address;
      sockets->handed = true;
    }
    (handed.type == SOCK_DGRAM ? sockets->udp : sockets->tcp).push_back(handed.fd);
    if (handed.type == SOCK_DGRAM) sockets->udp_buffer_bytes = ReceiveBufferOf(handed.fd);
  }
  for (ListenSockets& sockets : all) {
    STRATA_RETURN_IF_ERROR(Share(&sockets.udp, workers));
    STRATA_RETURN_IF_ERROR(Share(&sockets.tcp, workers));
  }
  return all;
}

}  // namespace strata::frontend
