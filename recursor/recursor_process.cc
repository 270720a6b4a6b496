// SPDX-License-Identifier: Apache-2.0
#include "recursor/recursor_process.h"

#include <grpcpp/grpcpp.h>

#include <memory>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/time/time.h"
#include "base/admin_server.h"
#include "base/grpc_server.h"
#include "base/log.h"
#include "base/ready_line.h"
#include "base/shutdown_signal.h"
#include "base/status_macros.h"
#include "recursor/resolve_session.h"
#include "recursor/resolver.h"

namespace strata::recursor {
namespace {

constexpr char kService[] = "recursor";
constexpr absl::Duration kDrain = absl::Milliseconds(200);

}  // namespace

absl::Status ServeUntilSignalled(const Configuration& configuration) {
  const base::ShutdownSignal shutdown;
  STRATA_ASSIGN_OR_RETURN(const std::unique_ptr<Resolver> resolver, Resolver::Start(configuration.resolver));
  ResolveServer resolve(configuration.workers, AnswerBy(resolver.get()));
  base::GrpcServerOptions options;
  options.address = configuration.listen;
  options.insecure = configuration.insecure;
  options.tls = configuration.tls;
  options.configure = [&resolve](grpc::ServerBuilder& builder) { resolve.AddTo(&builder); };
  STRATA_ASSIGN_OR_RETURN(const std::unique_ptr<base::GrpcServer> server, base::GrpcServer::Start(options));
  resolve.Start();
  const absl::Cleanup stop_resolve = [&] {
    server->Drain(kDrain);
    resolve.Stop();
  };
  base::AdminPages pages;
  pages.metrics = [&](base::MetricsWriter* writer) {
    resolver->WriteMetrics(writer);
    resolve.WriteMetrics(kService, writer);
  };
  pages.readiness = [&] { return resolver->GetReadiness(); };
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

}  // namespace strata::recursor
