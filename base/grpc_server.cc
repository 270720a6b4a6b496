// Starts and ends grpc::Server.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/grpc_server.h"

#include <sys/stat.h>

#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "base/grpc_log.h"
#include "base/grpc_setup.h"
#include "base/listen_check.h"
#include "base/status_macros.h"
#include "base/tls_credentials.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"

namespace strata::base {
namespace {

constexpr int kKeepaliveMs = 10'000;
constexpr int kKeepaliveTimeoutMs = 5'000;

// A process-wide switch of gRPC that applies to servers built later.
void EnableReflection() {
  static const bool once = [] {
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
    return true;
  }();
  static_cast<void>(once);
}

}  // namespace

absl::StatusOr<std::unique_ptr<GrpcServer>> GrpcServer::Start(const GrpcServerOptions& options) {
  STRATA_ASSIGN_OR_RETURN(const ListenAddress listen, ParseListenAddress(options.address));
  if (!options.insecure && !options.tls.has_value()) STRATA_RETURN_IF_ERROR(CheckPlainTextAllowed(listen));
  STRATA_RETURN_IF_ERROR(CheckCanListen(listen));
  SetUpGrpc();
  EnableReflection();
  SendGrpcLogToLog();
  std::unique_ptr<TlsCertificates> certificates;
  std::shared_ptr<grpc::ServerCredentials> credentials = grpc::InsecureServerCredentials();
  if (options.tls.has_value()) {
    STRATA_ASSIGN_OR_RETURN(certificates, TlsCertificates::Open(options.tls->files, TlsSide::kServer));
    credentials = MakeTlsServerCredentials(*certificates, options.tls->allowed_clients);
  }

  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort(listen.ToText(), credentials, &port);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  for (const GrpcSetting& setting : kStreamSettings) builder.AddChannelArgument(setting.name, setting.value);
  // Clients that vanished without a word hold on to nothing for longer than this; gRPC's default is two hours.
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMs);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepaliveTimeoutMs);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  builder.SetMaxReceiveMessageSize(options.max_receive_bytes);
  auto health = std::make_unique<HealthService>();
  builder.RegisterService(health.get());
  for (grpc::Service* service : options.services) builder.RegisterService(service);
  if (options.configure) options.configure(builder);

  std::unique_ptr<grpc::Server> server;
  {
    // bind(2) takes a socket file's mode from the umask; a chmod after it would leave a gap.
    const mode_t old_umask = options.unix_socket_mode ? umask(0777 & ~*options.unix_socket_mode) : 0;
    const auto restore = absl::MakeCleanup([&] {
      if (options.unix_socket_mode) umask(old_umask);
    });
    server = builder.BuildAndStart();
  }
  if (server == nullptr) {
    return absl::UnavailableError(
        absl::StrCat("gRPC could not listen on ", listen.ToText(), "; its messages before this one say why"));
  }
  const std::string address = listen.ip ? listen.ip->WithPort(static_cast<uint16_t>(port)).ToText() : listen.ToText();
  return std::unique_ptr<GrpcServer>(
      new GrpcServer(std::move(certificates), std::move(health), std::move(server), address));
}

GrpcServer::GrpcServer(std::unique_ptr<TlsCertificates> certificates, std::unique_ptr<HealthService> health,
                       std::unique_ptr<grpc::Server> server, std::string address)
    : certificates_(std::move(certificates)),
      health_(std::move(health)),
      server_(std::move(server)),
      address_(std::move(address)) {}

GrpcServer::~GrpcServer() { Drain(absl::ZeroDuration()); }

void GrpcServer::SetServing(bool serving) { health_->SetServing(serving); }

void GrpcServer::Drain(absl::Duration grace) {
  if (std::exchange(drained_, true)) return;
  health_->Close();
  server_->Shutdown(absl::ToChronoTime(absl::Now() + grace));  // saturates, and gRPC knows the largest as "never"
  server_->Wait();
}

}  // namespace strata::base
