// SPDX-License-Identifier: Apache-2.0
#include "frontend/configuration.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "base/serving_options.h"
#include "base/status_macros.h"
#include "base/tls_options.h"
#include "frontend/backends/backend_channel.h"
#include "frontend/client_policy.h"

namespace strata::frontend {
namespace {

constexpr uint16_t kDnsPort = 53;
constexpr uint16_t kCachePort = 5301;
constexpr uint16_t kRecursorPort = 5302;
constexpr uint16_t kAuthorityPort = 5303;
constexpr uint32_t kDefaultTcpConnections = 20000;
constexpr uint32_t kMaxTcpConnections = 1 << 20;
constexpr absl::Duration kMinTcpIdle = absl::Milliseconds(100);  // the unit of RFC 7828
constexpr absl::Duration kMaxTcpIdle = absl::Hours(1);

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
                                                 uint16_t default_port, bool may_leave, absl::string_view flag) {
  if (texts.size() > kMaxBackends) {
    return absl::InvalidArgumentError(absl::StrCat("--", flag, ": at most ", kMaxBackends));
  }
  std::vector<std::string> targets;
  for (const std::string& text : texts) {
    STRATA_ASSIGN_OR_RETURN(std::string target, CheckTarget(View(text), default_port, may_leave, flag));
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
  return absl::OkStatus();
}

// A worker's share, rounded up: the kernel deals connections out to the workers at random.
int ShareOf(uint32_t total, int workers) {
  const auto count = static_cast<uint32_t>(workers);
  return static_cast<int>((total + count - 1) / count);
}

absl::Status SetTcp(const v1::FrontendConfig& config, FrontendOptions* server) {
  const uint32_t total = config.max_tcp_connections() != 0 ? config.max_tcp_connections() : kDefaultTcpConnections;
  for (const auto& [flag, value] :
       {std::pair("max_tcp_connections", total),
        std::pair("max_tcp_connections_per_client", config.max_tcp_connections_per_client())}) {
    if (value > kMaxTcpConnections) {
      return absl::InvalidArgumentError(absl::StrCat("--", flag, "=", value, ": at most ", kMaxTcpConnections));
    }
  }
  StreamTable::Options& tcp = server->worker.tcp;
  tcp.max_connections = ShareOf(total, server->workers);
  tcp.max_connections_per_client = ShareOf(config.max_tcp_connections_per_client(), server->workers);
  if (!config.has_tcp_idle_timeout()) return absl::OkStatus();
  tcp.idle_timeout =
      absl::Seconds(config.tcp_idle_timeout().seconds()) + absl::Nanoseconds(config.tcp_idle_timeout().nanos());
  if (tcp.idle_timeout < kMinTcpIdle || tcp.idle_timeout > kMaxTcpIdle) {
    return absl::InvalidArgumentError(
        absl::StrCat("--tcp_idle_timeout=", absl::FormatDuration(tcp.idle_timeout), ": from 100ms to 1h"));
  }
  return absl::OkStatus();
}

absl::Status SetTls(const v1::FrontendConfig& config, Configuration* out) {
  STRATA_ASSIGN_OR_RETURN(out->tls, base::CheckTlsFiles({config.tls_certificate(), config.tls_key(), config.tls_ca()},
                                                        config.insecure(), base::TlsSide::kClient));
  out->tls_server_name = config.tls_server_name();
  if (out->tls.has_value() || out->tls_server_name.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      "--tls_server_name: servers have names with TLS only: give --tls_certificate, --tls_key and --tls_ca too");
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
  STRATA_RETURN_IF_ERROR(SetTcp(config, &server));
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
  STRATA_RETURN_IF_ERROR(SetTls(config, &out));
  const bool may_leave = config.insecure() || out.tls.has_value();
  STRATA_ASSIGN_OR_RETURN(out.authorities, Targets(config.authority(), kAuthorityPort, may_leave, "authority"));
  STRATA_ASSIGN_OR_RETURN(out.recursors, Targets(config.recursor(), kRecursorPort, may_leave, "recursor"));
  if (!config.cache().empty() && config.recursor().empty()) {
    return absl::InvalidArgumentError(
        "--cache: a cache remembers what a recursor found: name one with --recursor=127.0.0.1:5302");
  }
  STRATA_ASSIGN_OR_RETURN(out.members,
                          MakeMembership({config.cache().begin(), config.cache().end()}, kCachePort, may_leave));
  return out;
}

}  // namespace strata::frontend
