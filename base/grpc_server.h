// A gRPC server as every Strata service runs it: one address, health and reflection, a clear error when it cannot
// listen, and an orderly end.
//
//   GrpcServerOptions options;
//   options.address = "unix:/run/strata/authority.sock";
//   options.services = {&authority_service};
//   STRATA_ASSIGN_OR_RETURN(std::unique_ptr<GrpcServer> server, GrpcServer::Start(options));
//   … server->address() … shutdown.Wait(); …
//   server->Drain(absl::Seconds(5));
//
// Beside the address itself it settles what gRPC leaves open: the port is not shared (SO_REUSEPORT is gRPC's
// default), a unix socket in use is not taken over, plain text stays on this machine unless `insecure`, and
// gRPC's own messages go to the log.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_GRPC_SERVER_H_
#define STRATA_BASE_GRPC_SERVER_H_

#include <sys/types.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "base/health_service.h"
#include "base/tls_certificates.h"
#include "base/tls_options.h"
#include "grpcpp/grpcpp.h"

namespace strata::base {

struct GrpcServerOptions {
  // "127.0.0.1:5303", "[::1]:5303", "unix:/run/strata/authority.sock"; port 0: the kernel chooses. No names.
  std::string address;

  // Plain text on any address, not only on loopback and unix sockets (--insecure).
  bool insecure = false;

  // Mutual TLS (base/tls_credentials.h); absent: plain text.
  std::optional<TlsServerOptions> tls;

  // The socket file's permissions, such as 0600; absent: as the process's umask says. REQUIRES, if set: no other
  // thread creates files during Start.
  std::optional<mode_t> unix_socket_mode;

  // A received message may have so many bytes; a larger one fails its call with RESOURCE_EXHAUSTED.
  int max_receive_bytes = 1 << 20;

  // Services of the synchronous kind, and asynchronous ones; borrowed, must outlive the server. One of the callback
  // kind works, but makes gRPC poll all connections with threads of its own, which costs the hot path (decision 4).
  std::vector<grpc::Service*> services;

  // Last word on the builder: completion queues for asynchronous services, channel arguments. Optional.
  std::function<void(grpc::ServerBuilder&)> configure;
};

// Thread-safe, but for Drain and destruction.
class GrpcServer {
 public:
  // Listens and serves. InvalidArgument: not an address; PermissionDenied: plain text not allowed there, or a
  // privileged port; AlreadyExists: in use; otherwise the system's reason. Two processes that start at the same
  // instant on the same unix socket are not told apart.
  static absl::StatusOr<std::unique_ptr<GrpcServer>> Start(const GrpcServerOptions& options);

  // Drain(0).
  ~GrpcServer();

  GrpcServer(const GrpcServer&) = delete;
  GrpcServer& operator=(const GrpcServer&) = delete;

  // The address served, with the port that the kernel chose.
  const std::string& address() const { return address_; }

  // What the health service answers from now on, for the server as a whole (the empty name). True at the start.
  void SetServing(bool serving);

  // For channels within the process.
  grpc::Server& server() { return *server_; }

  // Ends: health NOT_SERVING, no new connections and calls, `grace` for the calls under way, then cancels those
  // that are left and returns once their handlers have. A stream that never ends by itself therefore takes all of
  // `grace`; services that have such streams end them on their own sign first. Idempotent.
  //
  // With completion queues of the caller: they must be polled until Drain returns (so by other threads than this
  // one), then be shut down and emptied before the server is destroyed.
  void Drain(absl::Duration grace);

 private:
  GrpcServer(std::unique_ptr<TlsCertificates> certificates, std::unique_ptr<HealthService> health,
             std::unique_ptr<grpc::Server> server, std::string address);

  const std::unique_ptr<TlsCertificates> certificates_;  // outlives the server
  const std::unique_ptr<HealthService> health_;
  std::unique_ptr<grpc::Server> server_;
  const std::string address_;
  bool drained_ = false;
};

}  // namespace strata::base

#endif  // STRATA_BASE_GRPC_SERVER_H_
