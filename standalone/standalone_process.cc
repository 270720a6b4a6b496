// SPDX-License-Identifier: Apache-2.0
#include "standalone/standalone_process.h"

#include <malloc.h>

#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "authority/zone_catalog.h"
#include "base/admin_server.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/ready_line.h"
#include "base/shutdown_signal.h"
#include "base/status_macros.h"
#include "cache/answer_cache.h"
#include "cache/cache_metrics.h"
#include "frontend/net/handed_sockets.h"
#include "frontend/zones/zone_table.h"
#include "recursor/resolver.h"
#include "standalone/local_backends.h"
#include "standalone/zone_files.h"

namespace strata::standalone {
namespace {

constexpr absl::Duration kTick = absl::Milliseconds(100);
// A look at the files is a stat(2) each.
constexpr int kTicksPerReload = 5;
constexpr absl::Duration kDrain = absl::Seconds(2);

// The zones go to the authority's side first: what is routed there must be found there.
void Publish(std::shared_ptr<const authority::ZoneCatalog> catalog, authority::PublishedCatalog* published,
             frontend::PublishedZones* zones) {
  auto table = std::make_shared<frontend::ZoneTable>();
  for (const auto& zone : catalog->zones()) table->Add(zone->reader.origin(), 1);
  table->set_complete(true);
  published->Publish(std::move(catalog));
  zones->Publish(std::move(table));
  // Compiling took several times the memory of its result.
  malloc_trim(0);
}

// Serves the admin pages, if they are asked for.
absl::StatusOr<std::unique_ptr<base::AdminServer>> StartAdmin(const Configuration& configuration,
                                                              const frontend::FrontendServer& server,
                                                              const frontend::PublishedZones& zones,
                                                              const LocalServices& services,
                                                              const std::atomic<bool>& draining) {
  base::AdminPages pages;
  pages.metrics = [&](base::MetricsWriter* writer) {
    server.WriteMetrics(writer);
    writer->Family("strata_frontend_zones", base::MetricType::kGauge, "Zones that are served.");
    writer->Sample({}, zones.Current()->zone_count());
    if (services.cache != nullptr) cache::WriteCacheMetrics(*services.cache, writer);
    if (services.resolver != nullptr) services.resolver->WriteMetrics(writer);
  };
  pages.readiness = [&draining] {
    base::Readiness readiness;
    if (draining) readiness.reasons.push_back("shutting down");
    return readiness;
  };
  return base::StartAdminServer(configuration.admin_listen, "strata", std::move(pages));
}

}  // namespace

absl::Status ServeUntilSignalled(const Configuration& configuration) {
  frontend::FrontendOptions options = configuration.server;
  // While there is one thread: it is the environment that tells of them.
  STRATA_ASSIGN_OR_RETURN(options.handed, frontend::TakeHandedSockets(options.workers));
  ZoneFiles files(configuration.zone_files);
  // Before signals are kept for the loop below: a compilation, or a pipe that nobody writes to, can be broken off.
  STRATA_ASSIGN_OR_RETURN(std::shared_ptr<const authority::ZoneCatalog> catalog, files.Load());
  const base::ShutdownSignal shutdown;
  authority::PublishedCatalog published;
  frontend::PublishedZones zones;
  Publish(std::move(catalog), &published, &zones);

  std::unique_ptr<recursor::Resolver> resolver;
  if (configuration.resolver.has_value()) {
    STRATA_ASSIGN_OR_RETURN(resolver, recursor::Resolver::Start(*configuration.resolver));
  }
  const base::RealClock clock;
  std::unique_ptr<cache::AnswerCache> cache;
  if (configuration.cache.has_value()) cache = std::make_unique<cache::AnswerCache>(*configuration.cache, clock);
  const LocalServices services = {&published, cache.get(), resolver.get()};
  const auto backends = [&services](int, base::EventLoop* loop, const frontend::WorkerEvents& events) {
    return std::make_unique<LocalBackends>(services, loop, events);
  };
  STRATA_ASSIGN_OR_RETURN(const std::unique_ptr<frontend::FrontendServer> server,
                          frontend::FrontendServer::Start(options, backends, zones));
  std::atomic<bool> draining{false};
  STRATA_ASSIGN_OR_RETURN(const std::unique_ptr<base::AdminServer> admin,
                          StartAdmin(configuration, *server, zones, services, draining));
  std::vector<std::string> addresses;
  for (const base::SocketAddress& address : server->addresses()) addresses.push_back(address.ToText());
  base::PrintReadyLine(addresses);

  absl::string_view signal;
  for (int ticks = 1; (signal = shutdown.WaitFor(kTick)).empty(); ++ticks) {
    if (cache != nullptr) cache->Tick();
    if (ticks % kTicksPerReload != 0) continue;
    if (auto changed = files.Reload()) Publish(std::move(changed), &published, &zones);
  }
  draining = true;
  base::Log(base::LogLevel::kInfo, "draining", {{"signal", signal}});
  server->Stop(kDrain);
  return absl::OkStatus();
}

}  // namespace strata::standalone
