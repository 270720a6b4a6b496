// libevent's HTTP server around AdminPage().
//
// SPDX-License-Identifier: Apache-2.0
#include "base/admin_server.h"

#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/listener.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/http_connections.h"
#include "base/listen_check.h"
#include "base/log.h"
#include "base/log_limiter.h"
#include "base/status_macros.h"

namespace strata::base {
namespace {

// All that libevent knows, so that each gets our answer and not its 501.
constexpr ev_uint16_t kAllMethods = EVHTTP_REQ_GET | EVHTTP_REQ_POST | EVHTTP_REQ_HEAD | EVHTTP_REQ_PUT |
                                    EVHTTP_REQ_DELETE | EVHTTP_REQ_OPTIONS | EVHTTP_REQ_TRACE | EVHTTP_REQ_CONNECT |
                                    EVHTTP_REQ_PATCH;

template <typename T, void (*kFree)(T*)>
struct Freer {
  void operator()(T* object) const { kFree(object); }
};

// Wraps what CannotListen() says. Unlike gRPC addresses, this one is a flag that nobody needs.
absl::Status Refusal(int error, const SocketAddress& address) {
  const absl::Status why = CannotListen(error, address.ToText());
  const absl::string_view remedy = error == EADDRINUSE ? "; choose another port, or 0 for any that is free" : "";
  return absl::Status(why.code(), absl::StrCat("--admin_listen: ", why.message(), remedy));
}

// A socket that listens on `address` and shares it with nobody.
absl::StatusOr<int> ListeningSocket(const SocketAddress& address) {
  const int fd = socket(address.family(), SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return Refusal(errno, address);
  // What lingers in TIME_WAIT from the process before is no obstacle.
  const int on = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  if (bind(fd, address.sockaddr_ptr(), address.sockaddr_size()) == 0 && listen(fd, SOMAXCONN) == 0) return fd;
  const int error = errno;
  close(fd);
  return Refusal(error, address);
}

SocketAddress BoundAddress(int fd, const SocketAddress& asked) {
  sockaddr_storage bound{};
  socklen_t size = sizeof(bound);
  if (getsockname(fd, reinterpret_cast<sockaddr*>(&bound), &size) != 0) return asked;
  return SocketAddress::FromSockaddr(reinterpret_cast<const sockaddr*>(&bound), size).value_or(asked);
}

// libevent would write to stderr itself, in lines of its own form.
void LogAsWeDo(int severity, const char* message) {
  static LogLimiter limiter(/*max_lines=*/10, absl::Minutes(1));
  const LogLevel level = severity >= EVENT_LOG_ERR    ? LogLevel::kError
                         : severity >= EVENT_LOG_WARN ? LogLevel::kWarning
                                                      : LogLevel::kDebug;
  limiter.Log(RealClock().MonotonicNow(), level, "libevent", {{"message", message}});
}

}  // namespace

// What the thread works with. Made and destroyed by the server's owner, while the thread does not run.
class AdminServer::Loop {
 public:
  // Takes over `listener_fd`.
  Loop(int listener_fd, absl::string_view service, AdminPages pages, const AdminLimits& limits)
      : service_(service), pages_(std::move(pages)), stop_fd_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    static std::once_flag once;
    std::call_once(once, [] { event_set_log_callback(LogAsWeDo); });
    base_.reset(event_base_new());
    http_.reset(evhttp_new(base_.get()));
    evhttp_set_gencb(http_.get(), OnRequest, this);
    evhttp_set_allowed_methods(http_.get(), kAllMethods);
    evhttp_set_max_headers_size(http_.get(), static_cast<ev_ssize_t>(limits.max_header_bytes));
    evhttp_set_max_body_size(http_.get(), static_cast<ev_ssize_t>(limits.max_body_bytes));
    const timeval idle = absl::ToTimeval(limits.idle_timeout);
    evhttp_set_timeout_tv(http_.get(), &idle);

    evconnlistener* const listener =
        evconnlistener_new(base_.get(), nullptr, nullptr, LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC,
                           /*backlog: it listens already*/ 0, listener_fd);
    connections_.emplace(base_.get(), http_.get(), listener, limits.max_connections, limits.lifetime);
    evhttp_bind_listener(http_.get(), listener);

    const auto stop = [](evutil_socket_t, short, void* base) { event_base_loopbreak(static_cast<event_base*>(base)); };
    stop_.reset(event_new(base_.get(), stop_fd_, EV_READ, stop, base_.get()));
    event_add(stop_.get(), nullptr);
  }

  ~Loop() {
    // Its connections first, then what counts them.
    http_.reset();
    connections_.reset();
    stop_.reset();
    base_.reset();
    close(stop_fd_);
  }

  void Run() { event_base_dispatch(base_.get()); }

  // Ends Run(), also one that has not begun. Any thread.
  void Stop() { eventfd_write(stop_fd_, 1); }

 private:
  static void OnRequest(evhttp_request* request, void* self) { static_cast<Loop*>(self)->Answer(request); }

  void Answer(evhttp_request* request) {
    evkeyvalq* const headers = evhttp_request_get_output_headers(request);
    evhttp_add_header(headers, "Connection", "close");
    const evhttp_cmd_type method = evhttp_request_get_command(request);
    if (method != EVHTTP_REQ_GET && method != EVHTTP_REQ_HEAD) {
      evhttp_add_header(headers, "Allow", "GET, HEAD");
      return Send(request, {405, "text/plain; charset=utf-8", "only GET and HEAD\n"}, /*with_body=*/true);
    }
    const evhttp_uri* const uri = evhttp_request_get_evhttp_uri(request);
    const char* const path = uri == nullptr ? nullptr : evhttp_uri_get_path(uri);
    Send(request, AdminPage(pages_, service_, path == nullptr ? "" : path), method == EVHTTP_REQ_GET);
  }

  static void Send(evhttp_request* request, const AdminResponse& response, bool with_body) {
    evkeyvalq* const headers = evhttp_request_get_output_headers(request);
    evhttp_add_header(headers, "Content-Type", response.content_type.c_str());
    evhttp_add_header(headers, "Content-Length", absl::StrCat(response.body.size()).c_str());
    evhttp_add_header(headers, "Cache-Control", "no-store");
    evbuffer* const body = evhttp_request_get_output_buffer(request);
    if (with_body) evbuffer_add(body, response.body.data(), response.body.size());
    evhttp_send_reply(request, response.status, /*reason: libevent's*/ nullptr, nullptr);
  }

  const std::string service_;
  const AdminPages pages_;
  const int stop_fd_;
  std::unique_ptr<event_base, Freer<event_base, event_base_free>> base_;
  std::optional<HttpConnections> connections_;
  std::unique_ptr<evhttp, Freer<evhttp, evhttp_free>> http_;
  std::unique_ptr<event, Freer<event, event_free>> stop_;
};

absl::StatusOr<std::unique_ptr<AdminServer>> AdminServer::Start(const SocketAddress& listen, absl::string_view service,
                                                                AdminPages pages, const AdminLimits& limits) {
  STRATA_ASSIGN_OR_RETURN(const int fd, ListeningSocket(listen));
  const SocketAddress address = BoundAddress(fd, listen);
  auto loop = std::make_unique<Loop>(fd, service, std::move(pages), limits);
  std::unique_ptr<AdminServer> server(new AdminServer(address, std::move(loop)));
  Log(LogLevel::kInfo, "admin listening", {{"address", address.ToText()}});
  return server;
}

AdminServer::AdminServer(const SocketAddress& address, std::unique_ptr<Loop> loop)
    : address_(address), loop_(std::move(loop)), thread_([this] { loop_->Run(); }) {}

AdminServer::~AdminServer() {
  loop_->Stop();
  thread_.join();
}

absl::StatusOr<std::unique_ptr<AdminServer>> StartAdminServer(const std::optional<SocketAddress>& listen,
                                                              absl::string_view service, AdminPages pages) {
  if (!listen.has_value()) return nullptr;
  return AdminServer::Start(*listen, service, std::move(pages));
}

}  // namespace strata::base
