// SPDX-License-Identifier: Apache-2.0
#include "standalone/configuration.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "base/serving_options.h"
#include "base/status_macros.h"
#include "cache/configuration.h"
#include "frontend/configuration.h"
#include "recursor/configuration.h"
#include "zonec/define_flag.h"
#include "zonec/format.h"

namespace strata::standalone {
namespace {

constexpr uint32_t kDnsPort = 53;

constexpr char kResolvConf[] = "/etc/resolv.conf";

absl::Status NeedsRecursive(absl::string_view flag) {
  return absl::InvalidArgumentError(
      absl::StrCat(flag, ": nothing is resolved here; add --recursive, or --forward=IP or --resolv_conf=FILE"));
}

// Whether the kernel knows IPv6 at all: "all addresses" must not fail where it does not.
bool HasIpv6() {
  const int fd = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return false;
  sockaddr_in6 any{};
  any.sin6_family = AF_INET6;
  const bool works = bind(fd, reinterpret_cast<sockaddr*>(&any), sizeof any) == 0;
  close(fd);
  return works;
}

absl::StatusOr<std::vector<base::SocketAddress>> Addresses(const v1::StandaloneConfig& config) {
  const uint32_t port = config.has_port() ? config.port() : kDnsPort;
  if (port > 65535) return absl::InvalidArgumentError(absl::StrCat("--port=", port, ": from 0 to 65535"));
  std::vector<std::string> interfaces(config.interface().begin(), config.interface().end());
  if (interfaces.empty()) {
    interfaces.push_back("0.0.0.0");
    if (HasIpv6()) interfaces.push_back("::");
  }
  base::SocketAddressDefaults defaults;
  defaults.port = 0;
  std::vector<base::SocketAddress> addresses;
  for (const std::string& text : interfaces) {
    const absl::StatusOr<base::SocketAddress> address = base::SocketAddress::FromText(text, defaults);
    if (!address.ok() || address->port() != 0) {
      return absl::InvalidArgumentError(absl::StrCat(
          "--interface=", text, ": an IP address of this machine, such as 127.0.0.1; the port goes to --port"));
    }
    addresses.push_back(address->WithPort(static_cast<uint16_t>(port)));
  }
  return addresses;
}

// The kernel would refuse the second of two that overlap, in words that blame another process.
absl::Status CheckOverlaps(const std::vector<base::SocketAddress>& addresses) {
  for (const base::SocketAddress& address : addresses) {
    for (const base::SocketAddress& other : addresses) {
      if (&other == &address || other.family() != address.family()) continue;
      if (other.IsUnspecified() || other == address) {
        const std::string why = other == address ? "is given twice" : absl::StrCat("is part of ", other.HostText());
        return absl::InvalidArgumentError(absl::StrCat("--interface=", address.HostText(), ": ", why));
      }
    }
  }
  return absl::OkStatus();
}

// Who recursion is asked of: what is named, or what the machine itself asks.
absl::Status SetRecursion(const v1::StandaloneConfig& config, Configuration* out) {
  const bool forwards = config.recursive() || !config.resolv_conf().empty() || !config.forward().empty();
  if (!forwards && config.hosts_file().empty()) {
    if (!config.allow_recursion().empty()) return NeedsRecursive("--allow_recursion");
    if (config.cache() || !config.cache_memory().empty()) return NeedsRecursive("--cache");
    return absl::OkStatus();
  }
  recursor::v1::RecursorConfig shared;
  *shared.mutable_forward() = config.forward();
  shared.set_resolv_conf(config.resolv_conf());
  if (config.resolv_conf().empty() && config.forward().empty()) shared.set_resolv_conf(kResolvConf);
  shared.set_hosts_file(config.hosts_file());
  shared.set_workers(config.workers());
  STRATA_ASSIGN_OR_RETURN(recursor::Configuration made, recursor::MakeConfiguration(shared));
  // A hosts file alone is no reason to ask others.
  if (!forwards) made.resolver.resolv_conf.clear();
  out->resolver = std::move(made.resolver);
  if (!config.cache() && config.cache_memory().empty()) return absl::OkStatus();
  out->cache.emplace();
  if (config.cache_memory().empty()) return absl::OkStatus();
  STRATA_ASSIGN_OR_RETURN(out->cache->memory_bytes, cache::MemoryFromText("cache_memory", config.cache_memory()));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Configuration> MakeConfiguration(const v1::StandaloneConfig& config) {
  // What the frontend has too, it checks.
  frontend::v1::FrontendConfig shared;
  shared.set_any(config.any());
  shared.set_max_udp_size(config.max_udp_size());
  shared.set_reuse_port(config.reuse_port());
  shared.set_workers(config.workers());
  shared.set_max_tcp_connections(config.max_tcp_connections());
  shared.set_max_tcp_connections_per_client(config.max_tcp_connections_per_client());
  if (config.has_tcp_idle_timeout()) *shared.mutable_tcp_idle_timeout() = config.tcp_idle_timeout();
  *shared.mutable_allow_recursion() = config.allow_recursion();
  *shared.mutable_allow_query() = config.allow_query();
  shared.set_identity(config.identity());
  shared.set_nsid(config.nsid());
  shared.set_server_version(config.server_version());
  if (config.has_cookies()) shared.set_cookies(config.cookies());
  shared.set_cookie_secret_file(config.cookie_secret_file());
  shared.set_max_pending_per_client(config.max_pending_per_client());
  if (config.has_response_rate_limit()) *shared.mutable_response_rate_limit() = config.response_rate_limit();
  Configuration out;
  STRATA_ASSIGN_OR_RETURN(out.admin_listen,
                          base::AdminAddressFromText(config.admin_listen(), base::kFrontendAdminPort));
  STRATA_ASSIGN_OR_RETURN(const std::vector<base::SocketAddress> addresses, Addresses(config));
  STRATA_RETURN_IF_ERROR(CheckOverlaps(addresses));
  STRATA_ASSIGN_OR_RETURN(out.server, frontend::MakeServerOptions(shared, addresses));
  out.server.worker.handler.sender.log_queries = config.verbose();
  for (const std::string& path : config.pyzone()) out.zone_files.emplace_back(path, zonec::Format::kPyzone);
  for (const std::string& path : config.bindzone()) out.zone_files.emplace_back(path, zonec::Format::kBind);
  for (const std::string& path : config.zone()) out.zone_files.emplace_back(path);
  STRATA_ASSIGN_OR_RETURN(const auto defines, zonec::ParseDefines({config.define().begin(), config.define().end()}));
  for (ZoneSource& source : out.zone_files) source.defines = defines;
  if (!config.secondary().empty()) {
    return absl::InvalidArgumentError(absl::StrCat("--secondary=", config.secondary(0),
                                                   ": zones cannot be fetched from a primary yet; serve a copy of the "
                                                   "zone's file with --bindzone=FILE"));
  }
  STRATA_RETURN_IF_ERROR(SetRecursion(config, &out));
  if (out.zone_files.empty() && !out.resolver.has_value()) {
    return absl::InvalidArgumentError(
        "nothing to serve: name a zone file with --zone=FILE, --bindzone=FILE or --pyzone=FILE, or resolve other names "
        "with --recursive");
  }
  return out;
}

}  // namespace strata::standalone
