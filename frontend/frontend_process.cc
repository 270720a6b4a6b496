// SPDX-License-Identifier: Apache-2.0
#include "frontend/frontend_process.h"

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/admin_server.h"
#include "base/grpc_log.h"
#include "base/grpc_setup.h"
#include "base/log.h"
#include "base/ready_line.h"
#include "base/shutdown_signal.h"
#include "base/status_macros.h"
#include "base/tls_certificates.h"
#include "base/tls_credentials.h"
#include "frontend/backends/remote_backends.h"
#include "frontend/net/handed_sockets.h"
#include "frontend/zones/zone_lists.h"
#include "frontend/zones/zone_watcher.h"

namespace strata::frontend {
namespace {

constexpr absl::Duration kDrain = absl::Seconds(2);
constexpr absl::Duration kReadyPoll = absl::Milliseconds(20);
constexpr int kSilentWaits = 100;  // of kReadyPoll each, before an operator is told
// For how long one that shares its ports leaves them to the others while it cannot answer.
constexpr absl::Duration kMaxAside = absl::Seconds(10);

std::vector<std::string> Texts(const std::vector<base::SocketAddress>& addresses) {
  std::vector<std::string> texts;
  texts.reserve(addresses.size());
  for (const base::SocketAddress& address : addresses) texts.push_back(address.ToText());
  return texts;
}

// Why queries had better be sent elsewhere.
base::Readiness ReadinessOf(const Configuration& configuration, const PublishedZones& zones,
                            const FrontendServer& server, bool draining) {
  base::Readiness readiness;
  if (draining) readiness.reasons.push_back("shutting down");
  if (!zones.Current()->complete() && !configuration.server.worker.handler.start_without_authority) {
    readiness.reasons.push_back(
        absl::StrCat("no authority has told its zones yet: ", absl::StrJoin(configuration.authorities, ", ")));
  }
  if (!server.has_backends()) {
    const auto& asked = configuration.authorities.empty() ? configuration.recursors : configuration.authorities;
    readiness.reasons.push_back(absl::StrCat("none of these can be reached: ", absl::StrJoin(asked, ", ")));
  }
  return readiness;
}

void WriteMetrics(const PublishedZones& zones, const FrontendServer& server, base::MetricsWriter* writer) {
  server.WriteMetrics(writer);
  writer->Family("strata_frontend_zones", base::MetricType::kGauge, "Zones that the authority told of.");
  writer->Sample({}, zones.Current()->zone_count());
}

absl::StatusOr<BackendSecurity> SecurityOf(const Configuration& configuration,
                                           std::unique_ptr<base::TlsCertificates>* certificates) {
  if (!configuration.tls.has_value()) return BackendSecurity();
  base::SetUpGrpc();
  STRATA_ASSIGN_OR_RETURN(*certificates, base::TlsCertificates::Open(*configuration.tls, base::TlsSide::kClient));
  return BackendSecurity{base::MakeTlsChannelCredentials(**certificates), configuration.tls_server_name};
}

// Returns the signal that came before `ready`, if one did.
absl::string_view WaitUntilReady(const Configuration& configuration, const base::ShutdownSignal& shutdown,
                                 const std::function<bool()>& ready) {
  absl::string_view signal;
  const bool wait = !configuration.server.worker.handler.start_without_authority;
  for (int waits = 0; wait && signal.empty() && !ready(); ++waits) {
    signal = shutdown.WaitFor(kReadyPoll);
    if (waits != kSilentWaits) continue;
    if (configuration.authorities.empty()) {
      base::Log(base::LogLevel::kWarning, "waiting for a recursor",
                {{"recursors", absl::StrJoin(configuration.recursors, ",")}});
    } else {
      base::Log(base::LogLevel::kWarning, "waiting for an authority to tell its zones",
                {{"authorities", absl::StrJoin(configuration.authorities, ",")}});
    }
  }
  return signal;
}

// Until the server can answer, or it has taken too long. Returns the signal that came before.
absl::string_view StandAside(const base::ShutdownSignal& shutdown, const std::function<bool()>& can_answer) {
  for (absl::Duration aside; aside < kMaxAside; aside += kReadyPoll) {
    if (can_answer()) return "";
    const absl::string_view signal = shutdown.WaitFor(kReadyPoll);
    if (!signal.empty()) return signal;
  }
  base::Log(base::LogLevel::kWarning, "cannot answer yet, listening all the same",
            {{"waited", absl::FormatDuration(kMaxAside)}});
  return "";
}

}  // namespace

absl::Status ServeUntilSignalled(const Configuration& configuration) {
  const base::ShutdownSignal shutdown;
  FrontendOptions options = configuration.server;
  // While there is one thread: it is the environment that tells of them.
  STRATA_ASSIGN_OR_RETURN(options.handed, TakeHandedSockets(options.workers));
  base::SendGrpcLogToLog();
  PublishedZones zones;
  std::unique_ptr<base::TlsCertificates> certificates;  // outlives the channels
  STRATA_ASSIGN_OR_RETURN(const BackendSecurity security, SecurityOf(configuration, &certificates));
  const RemoteAddresses addresses = {configuration.authorities, configuration.members->Current(),
                                     configuration.recursors, security};
  const auto backends = [&addresses](int worker, base::EventLoop* loop, const WorkerEvents& events) {
    return std::make_unique<RemoteBackends>(addresses, worker, loop, events);
  };
  // Queries that others answer now must not go to one that cannot yet; and what was handed over keeps them meanwhile.
  options.listen_later = options.reuse_port || !options.handed.empty();
  STRATA_ASSIGN_OR_RETURN(const std::unique_ptr<FrontendServer> server,
                          FrontendServer::Start(options, backends, zones));
  ZoneLists lists(static_cast<int>(configuration.authorities.size()), &zones);
  std::vector<std::unique_ptr<ZoneWatcher>> watchers;
  for (const std::string& target : configuration.authorities) {
    watchers.push_back(
        std::make_unique<ZoneWatcher>(BackendTarget(target, security), static_cast<int>(watchers.size()), &lists));
  }
  std::atomic<bool> draining{false};
  base::AdminPages pages;
  pages.metrics = [&](base::MetricsWriter* writer) { WriteMetrics(zones, *server, writer); };
  pages.readiness = [&] { return ReadinessOf(configuration, zones, *server, draining); };
  STRATA_ASSIGN_OR_RETURN(const std::unique_ptr<base::AdminServer> admin,
                          base::StartAdminServer(configuration.admin_listen, "frontend", std::move(pages)));
  const auto ready = [&] { return zones.Current()->complete() && server->has_backends(); };
  const auto can_answer = [&] {
    return server->reaches_all() && (options.worker.handler.start_without_authority || zones.Current()->complete());
  };
  if (options.listen_later) {
    if (!StandAside(shutdown, can_answer).empty()) return absl::OkStatus();
    STRATA_RETURN_IF_ERROR(server->Listen());
  }
  absl::string_view signal = WaitUntilReady(configuration, shutdown, ready);
  if (signal.empty()) {
    base::PrintReadyLine(Texts(server->addresses()));
    signal = shutdown.Wait();
  }
  draining = true;
  base::Log(base::LogLevel::kInfo, "draining", {{"signal", signal}});
  server->Stop(kDrain);
  return absl::OkStatus();
}

}  // namespace strata::frontend
