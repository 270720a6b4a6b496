// SPDX-License-Identifier: Apache-2.0
#include "authority/authority_process.h"

#include <grpcpp/grpcpp.h>

#include <memory>
#include <thread>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "authority/authority_metrics.h"
#include "authority/directory_watch.h"
#include "authority/resolve_session.h"
#include "authority/zone_admin_service.h"
#include "authority/zone_watch_service.h"
#include "base/admin_grpc.h"
#include "base/admin_server.h"
#include "base/grpc_server.h"
#include "base/log.h"
#include "base/periodic_thread.h"
#include "base/ready_line.h"
#include "base/shutdown_signal.h"
#include "base/status_macros.h"
#include "base/status_service.h"

namespace strata::authority {
namespace {

using base::Log;
using base::LogLevel;

// For changes that inotify does not see, such as those that another host makes on a network file system.
constexpr absl::Duration kRescan = absl::Seconds(30);
constexpr absl::Duration kSettle = absl::Milliseconds(50);
// For the memory of zones that are served no more.
constexpr absl::Duration kRelease = absl::Seconds(1);
constexpr absl::Duration kDrain = absl::Milliseconds(200);
constexpr char kService[] = "authority";

// Takes in what changes until the watch is stopped.
void FollowSnapshots(DirectoryWatch* watch, SnapshotStore* store, ZoneWatchService* zones) {
  while (watch->Wait(kRescan, kSettle)) {
    const absl::StatusOr<int> refused = store->Scan();
    if (!refused.ok()) {
      Log(LogLevel::kError, "snapshots directory cannot be read, serving on what is loaded",
          {{"reason", refused.status().message()}});
    }
    zones->Announce();
  }
}

}  // namespace

absl::Status ServeUntilSignalled(const Configuration& configuration) {
  const base::ShutdownSignal shutdown;
  PublishedCatalog catalog;
  STRATA_ASSIGN_OR_RETURN(const std::unique_ptr<SnapshotStore> store,
                          SnapshotStore::Open(configuration.store, &catalog));
  // Before the first scan, so that nothing falls between the two.
  STRATA_ASSIGN_OR_RETURN(const std::unique_ptr<DirectoryWatch> watch,
                          DirectoryWatch::Open(configuration.store.snapshots));
  // Sound zones are served even where others are not: the refusals are in the log.
  STRATA_RETURN_IF_ERROR(store->Scan().status());

  ZoneWatchService zones(catalog);
  AuthorityMetrics metrics;
  ResolveServer resolve(configuration.workers, AnswerFrom(catalog, &metrics));
  base::GrpcServerOptions options;
  options.address = configuration.listen;
  options.insecure = configuration.insecure;
  options.tls = configuration.tls;
  options.services = {&zones};
  options.configure = [&resolve](grpc::ServerBuilder& builder) { resolve.AddTo(&builder); };
  STRATA_ASSIGN_OR_RETURN(const std::unique_ptr<base::GrpcServer> server, base::GrpcServer::Start(options));
  resolve.Start();
  const absl::Cleanup stop_resolve = [&] {
    server->Drain(kDrain);
    resolve.Stop();
  };
  base::AdminPages pages;
  pages.metrics = [&](base::MetricsWriter* writer) {
    metrics.Write(writer);
    resolve.WriteMetrics(kService, writer);
    WriteZoneMetrics(*catalog.Current(), store->metrics(), writer);
  };
  pages.readiness = [&] { return GetReadiness(*catalog.Current(), *store); };
  pages = base::Serialized(std::move(pages));
  base::StatusService status(kService, pages);
  ZoneAdminService zone_admin(store.get(), [&zones] { zones.Announce(); });
  // These two end before all that they speak of.
  STRATA_ASSIGN_OR_RETURN(const std::unique_ptr<base::GrpcServer> admin_grpc,
                          base::StartAdminGrpc(configuration.admin_grpc, {&status, &zone_admin}));
  STRATA_ASSIGN_OR_RETURN(const std::unique_ptr<base::AdminServer> admin,
                          base::StartAdminServer(configuration.admin_listen, kService, std::move(pages)));
  base::PeriodicThread release;
  release.Start("release", kRelease, [&store] { store->ReleaseUnused(); });
  std::thread follower(FollowSnapshots, watch.get(), store.get(), &zones);
  base::PrintReadyLine({server->address()});

  const absl::string_view signal = shutdown.Wait();
  // First of all: frontends ask others from now on, and what they asked here is answered.
  server->SetServing(false);
  Log(LogLevel::kInfo, "draining", {{"signal", signal}});
  watch->Stop();
  follower.join();
  zones.Close();
  return absl::OkStatus();
}

}  // namespace strata::authority
