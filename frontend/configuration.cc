// SPDX-License-Identifier: Apache-2.0
#include "frontend/configuration.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/serving_options.h"
#include "base/status_macros.h"
#include "frontend/backends/backend_channel.h"
#include "frontend/client_policy.h"

namespace strata::frontend {
namespace {

constexpr uint16_t kDnsPort = 53;
constexpr uint16_t kCachePort = 5301;
constexpr uint16_t kRecursorPort = 5302;
constexpr uint16_t kAuthorityPort = 5303;
constexpr int kDefaultTcpConnections = 10000;

absl::string_view View(const std::string& text) { return absl::string_view(text.data(), text.size()); }

absl::StatusOr<std::vector<base::SocketAddress>> ListenAddresses(const v1::FrontendConfig& config) {
  std::vector<base::SocketAddress> addresses;
  std::vector<std::string> texts(config.listen().begin(), config.listen().end());
  if (texts.empty()) texts.push_back("127.0.0.1:53");
  base::SocketAddressDefaults defaults;
  defaults.port = kDnsPort;
  for (const std::string& text : texts) {
    absl::StatusOr<base::SocketAddress> address = base::SocketAddress::FromText(View(text), defaults);
    if (!address.ok())
      return absl::InvalidArgumentError(absl::StrCat("--listen=", text, ": ", address.status().message()));
    addresses.push_back(*address);
  }
  return addresses;
}

absl::StatusOr<std::vector<std::string>> Targets(const google::protobuf::RepeatedPtrField<std::string>& texts,
                                                 uint16_t default_port, bool insecure, absl::string_view flag) {
  if (texts.size() > kMaxBackends) {
    return absl::InvalidArgumentError(absl::StrCat("--", flag, ": at most ", kMaxBackends));
  }
  std::vector<std::string> targets;
  for (const std::string& text : texts) {
    STRATA_ASSIGN_OR_RETURN(std::string target, CheckTarget(View(text), default_port, insecure, flag));
    if (std::find(targets.begin(), targets.end(), target) != targets.end()) {
      return absl::InvalidArgumentError(absl::StrCat("--", flag, "=", text, ": is given twice"));
    }
    targets.push_back(std::move(target));
  }
  return targets;
}

absl::Status SetSizes(const v1::FrontendConfig& config, FrontendOptions* server) {
  STRATA_ASSIGN_OR_RETURN(server->workers, base::WorkerCount(config.workers()));
  if (config.max_udp_size() != 0) {
    if (config.max_udp_size() < kMinUdpSize || config.max_udp_size() > kMaxUdpSizeLimit) {
      return absl::InvalidArgumentError(
          absl::StrCat("--max_udp_size=", config.max_udp_size(), ": from ", kMinUdpSize, " to ", kMaxUdpSizeLimit));
    }
    server->worker.handler.sender.max_udp_size = static_cast<uint16_t>(config.max_udp_size());
  }
  const int connections = config.max_tcp_connections() != 0
                              ? static_cast<int>(std::min(config.max_tcp_connections(), 1u << 20))
                              : kDefaultTcpConnections;
  const int listeners = server->workers * static_cast<int>(server->listen.size());
  server->worker.tcp.max_connections = std::max(1, connections / listeners);
  return absl::OkStatus();
}

QueryHandler::AnyPolicy ToHandlerPolicy(v1::AnyPolicy policy) {
  switch (policy) {
    case v1::MINIMAL:
      return QueryHandler::AnyPolicy::kMinimal;
    case v1::FULL:
      return QueryHandler::AnyPolicy::kFull;
    default:
      return QueryHandler::AnyPolicy::kMinimalUdp;
  }
}

}  // namespace

absl::StatusOr<FrontendOptions> MakeServerOptions(const v1::FrontendConfig& config,
                                                  const std::vector<base::SocketAddress>& listen) {
  FrontendOptions server;
  server.listen = listen;
  server.reuse_port = config.reuse_port();
  server.worker.handler.any = ToHandlerPolicy(config.any());
  server.worker.handler.start_without_authority = config.start_without_authority();
  STRATA_RETURN_IF_ERROR(SetClientPolicy(config, &server));
  STRATA_RETURN_IF_ERROR(SetSizes(config, &server));
  return server;
}

absl::StatusOr<Configuration> MakeConfiguration(const v1::FrontendConfig& config) {
  Configuration out;
  STRATA_ASSIGN_OR_RETURN(out.admin_listen,
                          base::AdminAddressFromText(config.admin_listen(), base::kFrontendAdminPort));
  STRATA_ASSIGN_OR_RETURN(const std::vector<base::SocketAddress> listen, ListenAddresses(config));
  STRATA_ASSIGN_OR_RETURN(out.server, MakeServerOptions(config, listen));
  if (config.authority().empty() && config.recursor().empty()) {
    return absl::InvalidArgumentError(
        "no backend to ask: name the authority's address with --authority=127.0.0.1:5303, the recursor's with "
        "--recursor=127.0.0.1:5302, or their unix sockets with unix:PATH");
  }
  STRATA_ASSIGN_OR_RETURN(out.authorities, Targets(config.authority(), kAuthorityPort, config.insecure(), "authority"));
  STRATA_ASSIGN_OR_RETURN(out.recursors, Targets(config.recursor(), kRecursorPort, config.insecure(), "recursor"));
  if (!config.cache().empty() && config.recursor().empty()) {
    return absl::InvalidArgumentError(
        "--cache: a cache remembers what a recursor found: name one with --recursor=127.0.0.1:5302");
  }
  STRATA_ASSIGN_OR_RETURN(
      out.members, MakeMembership({config.cache().begin(), config.cache().end()}, kCachePort, config.insecure()));
  return out;
}

}  // namespace strata::frontend
