// The admin pages of a service over HTTP/1.1 (--admin_listen): metrics, health, readiness. Read only.
//
//   AdminPages pages;
//   pages.metrics = [&](MetricsWriter* writer) { service.WriteMetrics(writer); };
//   pages.readiness = [&] { return service.GetReadiness(); };
//   STRATA_ASSIGN_OR_RETURN(std::unique_ptr<AdminServer> admin, AdminServer::Start(address, "cache", pages));
//
// A thread of its own serves, by libevent's HTTP server. What clients can take is bounded (AdminLimits): a connection
// serves one request and ends, within its lifetime whatever the client does; at the largest number of connections the
// next wait in the kernel's queue. So a slow client delays others at worst by that lifetime, and nothing but them.
//
// The process ignores SIGPIPE (ShutdownSignal sees to that).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_ADMIN_SERVER_H_
#define STRATA_BASE_ADMIN_SERVER_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <thread>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/admin_pages.h"
#include "base/socket_address.h"

namespace strata::base {

struct AdminLimits {
  size_t max_connections = 64;
  absl::Duration idle_timeout = absl::Seconds(5);  // without an octet in either direction
  absl::Duration lifetime = absl::Seconds(10);     // of a connection
  size_t max_header_bytes = 8192;
  size_t max_body_bytes = 4096;  // of requests, which have none that matters
};

class AdminServer {
 public:
  // Listens on `listen` alone and serves. AlreadyExists if a process listens there, otherwise the system's reason; both
  // name --admin_listen and the remedy. What `pages` refers to outlives the server.
  static absl::StatusOr<std::unique_ptr<AdminServer>> Start(const SocketAddress& listen, absl::string_view service,
                                                            AdminPages pages, const AdminLimits& limits = {});

  // Closes all connections and joins the thread: no page is called from then on.
  ~AdminServer();

  AdminServer(const AdminServer&) = delete;
  AdminServer& operator=(const AdminServer&) = delete;

  // With the port that the kernel chose.
  const SocketAddress& address() const { return address_; }

 private:
  class Loop;

  AdminServer(const SocketAddress& address, std::unique_ptr<Loop> loop);

  const SocketAddress address_;
  const std::unique_ptr<Loop> loop_;
  std::thread thread_;
};

// AdminServer::Start(), or nullptr where no address is given.
absl::StatusOr<std::unique_ptr<AdminServer>> StartAdminServer(const std::optional<SocketAddress>& listen,
                                                              absl::string_view service, AdminPages pages);

}  // namespace strata::base

#endif  // STRATA_BASE_ADMIN_SERVER_H_
