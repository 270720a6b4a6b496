// Tries an address out before gRPC does.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/listen_check.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "base/utf8.h"

namespace strata::base {
namespace {

absl::Status CheckIp(const SocketAddress& address) {
  const int fd = socket(address.family(), SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return CannotListen(errno, address.ToText());
  const auto closer = absl::MakeCleanup([fd] { close(fd); });
  // As gRPC's own sockets: connections of the process before that linger in TIME_WAIT are no obstacle.
  const int on = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  // Two sockets with SO_REUSEADDR may be bound alike as long as neither listens, so listen too.
  if (bind(fd, address.sockaddr_ptr(), address.sockaddr_size()) != 0 || listen(fd, 1) != 0) {
    return CannotListen(errno, address.ToText());
  }
  return absl::OkStatus();
}

// Whether a process accepts connections on the socket file `path`; an error if that cannot be found out.
absl::StatusOr<bool> SomebodyListens(const sockaddr_un& address, const std::string& where) {
  const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return CannotListen(errno, where);
  const auto closer = absl::MakeCleanup([fd] { close(fd); });
  if (connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0) return true;
  if (errno == EAGAIN || errno == EINPROGRESS) return true;  // its queue of connections is full
  if (errno == ECONNREFUSED || errno == ENOENT) return false;
  return absl::ErrnoToStatus(errno, absl::StrCat("cannot listen on ", where, ": cannot tell whether it is in use"));
}

// Whether a file can be made at `path`.
absl::Status CheckFolder(const std::string& path, const std::string& where) {
  const size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  if (access(folder.c_str(), W_OK | X_OK) == 0) return absl::OkStatus();
  return absl::ErrnoToStatus(errno, absl::StrCat("cannot listen on ", where, ": folder ", folder));
}

absl::Status CheckUnix(const std::string& path, const std::string& where) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof(address.sun_path)) {
    return absl::InvalidArgumentError(
        absl::StrCat("cannot listen on ", where, ": the path is longer than ", sizeof(address.sun_path) - 1, " bytes"));
  }
  std::memcpy(address.sun_path, path.data(), path.size());

  struct stat file;
  if (lstat(path.c_str(), &file) != 0) {
    if (errno == ENOENT) return CheckFolder(path, where);
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot listen on ", where));
  }
  if (!S_ISSOCK(file.st_mode)) {
    return absl::FailedPreconditionError(
        absl::StrCat("cannot listen on ", where, ": the file exists and is not a socket"));
  }
  const absl::StatusOr<bool> in_use = SomebodyListens(address, where);
  if (!in_use.ok()) return in_use.status();
  if (*in_use) return CannotListen(EADDRINUSE, where);
  if (unlink(path.c_str()) != 0 && errno != ENOENT) {
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot remove the unused socket ", path));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CannotListen(int error, absl::string_view where) {
  const std::string what = absl::StrCat("cannot listen on ", where);
  switch (error) {
    case EADDRINUSE:
      return absl::AlreadyExistsError(absl::StrCat(what, ": another process listens there"));
    case EADDRNOTAVAIL:
      return absl::FailedPreconditionError(absl::StrCat(what, ": this machine does not have that IP address"));
    case EACCES:
      return absl::PermissionDeniedError(absl::StrCat(what, ": ports below 1024 need CAP_NET_BIND_SERVICE"));
    default:
      return absl::ErrnoToStatus(error, what);
  }
}

std::string ListenAddress::ToText() const { return ip ? ip->ToText() : absl::StrCat("unix:", unix_path); }

absl::StatusOr<ListenAddress> ParseListenAddress(absl::string_view text) {
  absl::string_view path = text;
  if (absl::ConsumePrefix(&path, "unix:")) {
    if (absl::StartsWith(path, "///")) path.remove_prefix(2);
    // A leading NUL would be Linux's abstract namespace, which file permissions do not protect.
    if (path.empty() || path.find('\0') != absl::string_view::npos) {
      return absl::InvalidArgumentError(absl::StrCat("\"", EscapedText(text), "\" has no path; expected unix:PATH"));
    }
    return ListenAddress{.ip = {}, .unix_path = std::string(path)};
  }
  const absl::StatusOr<SocketAddress> ip = SocketAddress::FromText(text);
  if (!ip.ok()) return absl::InvalidArgumentError(absl::StrCat(ip.status().message(), ", or unix:PATH"));
  return ListenAddress{.ip = *ip, .unix_path = ""};
}

absl::Status CheckPlainTextAllowed(const ListenAddress& address) {
  if (!address.ip || address.ip->IsLoopback()) return absl::OkStatus();
  return absl::PermissionDeniedError(absl::StrCat(
      "will not listen on ", address.ToText(),
      ": gRPC there would cross the network in plain text; set up TLS by --tls_certificate, --tls_key and "
      "--tls_ca, listen on 127.0.0.1, [::1] or a unix: socket, or say --insecure if the network itself is protected"));
}

absl::Status CheckCanListen(const ListenAddress& address) {
  if (address.ip) return CheckIp(*address.ip);
  return CheckUnix(address.unix_path, address.ToText());
}

}  // namespace strata::base
