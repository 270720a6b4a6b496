// SPDX-License-Identifier: Apache-2.0
#include "cache/cache_process.h"

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/time/time.h"
#include "base/admin_server.h"
#include "base/clock.h"
#include "base/grpc_server.h"
#include "base/log.h"
#include "base/metrics.h"
#include "base/ready_line.h"
#include "base/shutdown_signal.h"
#include "base/status_macros.h"
#include "cache/answer_cache.h"
#include "cache/cache_metrics.h"
#include "cache/cache_session.h"

namespace strata::cache {
namespace {

constexpr std::chrono::milliseconds kTick(100);
constexpr char kService[] = "cache";
constexpr absl::Duration kDrain = absl::Milliseconds(200);

void TickUntilStopped(const std::stop_token& stop, AnswerCache* cache) {
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::unique_lock<std::mutex> lock(mutex);
  while (!stopped.wait_for(lock, stop, kTick, [&stop] { return stop.stop_requested(); })) cache->Tick();
}

}  // namespace

absl::Status ServeUntilSignalled(const Configuration& configuration) {
  const base::ShutdownSignal shutdown;
  const base::RealClock clock;
  AnswerCache cache(configuration.cache, clock);
  base::SharedCounter malformed;
  ExchangeServer exchange(configuration.workers, ServeFrom(&cache, &malformed));
  base::GrpcServerOptions options;
  options.address = configuration.listen;
  options.insecure = configuration.insecure;
  options.tls = configuration.tls;
  options.configure = [&exchange](grpc::ServerBuilder& builder) { exchange.AddTo(&builder); };
  STRATA_ASSIGN_OR_RETURN(const std::unique_ptr<base::GrpcServer> server, base::GrpcServer::Start(options));
  exchange.Start();
  const absl::Cleanup stop_exchange = [&] {
    server->Drain(kDrain);
    exchange.Stop();
  };
  const std::jthread ticker([&cache](const std::stop_token& stop) { TickUntilStopped(stop, &cache); });
  base::AdminPages pages;
  pages.metrics = [&](base::MetricsWriter* writer) {
    WriteCacheMetrics(cache, writer);
    exchange.WriteMetrics(kService, writer);
    writer->Family("strata_cache_malformed_requests_total", base::MetricType::kCounter, "Requests that make no sense.");
    writer->Sample({}, malformed.value());
  };
  // Ends before all that its pages speak of.
  STRATA_ASSIGN_OR_RETURN(const std::unique_ptr<base::AdminServer> admin,
                          base::StartAdminServer(configuration.admin_listen, kService, std::move(pages)));
  base::PrintReadyLine({server->address()});

  const absl::string_view signal = shutdown.Wait();
  // First of all: frontends ask others from now on, and what they asked here is answered.
  server->SetServing(false);
  base::Log(base::LogLevel::kInfo, "draining", {{"signal", signal}});
  return absl::OkStatus();
}

}  // namespace strata::cache
