// The frontend as a whole: sockets and workers.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_FRONTEND_SERVER_H_
#define STRATA_FRONTEND_FRONTEND_SERVER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "base/clock.h"
#include "base/metrics_text.h"
#include "base/socket_address.h"
#include "frontend/backends/backend_group.h"
#include "frontend/net/listen_sockets.h"
#include "frontend/policy/cookie_secret_file.h"
#include "frontend/worker.h"
#include "frontend/zones/zone_table.h"

namespace strata::frontend {

struct FrontendOptions {
  std::vector<base::SocketAddress> listen;
  // In place of `listen`, if there are any.
  std::vector<ListenSockets> handed;
  int workers = 1;
  bool reuse_port = false;
  // Start() opens, or takes over, no socket; Listen() is called later.
  bool listen_later = false;
  Worker::Options worker;
  // Watched while the server serves; nullptr: none. It publishes to what the worker's options name.
  std::shared_ptr<CookieSecretFile> cookie_secret_file;
};

// Serves DNS from Start() to Stop(). Knows no gRPC: the backends are what the factory makes.
class FrontendServer {
 public:
  // All sockets are open, and answering, when this returns, unless `listen_later`; or none is, and the error says why.
  // `zones` outlives the server.
  static absl::StatusOr<std::unique_ptr<FrontendServer>> Start(const FrontendOptions& options,
                                                               const BackendGroupFactory& backends,
                                                               const PublishedZones& zones);
  // Stops without grace.
  ~FrontendServer();

  // Opens the sockets. After a Start() that did not; once.
  absl::Status Listen();

  // What is served, with the ports that the kernel chose.
  const std::vector<base::SocketAddress>& addresses() const { return addresses_; }

  // Each worker has a backend that answers.
  bool has_backends() const;

  // Each worker has those that a query may need: an authority and a recursor, where there are to be any.
  bool reaches_all() const;

  // Any thread.
  void WriteMetrics(base::MetricsWriter* writer) const;

  // Answers what has come, for `grace` at the most, and closes.
  void Stop(absl::Duration grace);

 private:
  explicit FrontendServer(const FrontendOptions& options) : options_(options) {}
  void Serve(const ListenSockets& sockets);

  const FrontendOptions options_;
  base::RealClock clock_;
  std::shared_ptr<CookieSecretFile> cookie_secret_file_;
  std::vector<base::SocketAddress> addresses_;
  std::vector<std::unique_ptr<Worker>> workers_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_FRONTEND_SERVER_H_
