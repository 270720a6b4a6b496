// SPDX-License-Identifier: Apache-2.0
#include "standalone/configuration.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "frontend/configuration.h"

namespace strata::standalone {
namespace {

constexpr uint32_t kDnsPort = 53;

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

}  // namespace

absl::StatusOr<Configuration> MakeConfiguration(const v1::StandaloneConfig& config) {
  // What the frontend has too, it checks.
  frontend::v1::FrontendConfig shared;
  shared.set_any(config.any());
  shared.set_max_udp_size(config.max_udp_size());
  shared.set_reuse_port(config.reuse_port());
  shared.set_workers(config.workers());
  shared.set_max_tcp_connections(config.max_tcp_connections());
  Configuration out;
  STRATA_ASSIGN_OR_RETURN(const std::vector<base::SocketAddress> addresses, Addresses(config));
  STRATA_RETURN_IF_ERROR(CheckOverlaps(addresses));
  STRATA_ASSIGN_OR_RETURN(out.server, frontend::MakeServerOptions(shared, addresses));
  out.server.worker.handler.log_queries = config.verbose();
  for (const auto* files : {&config.bindzone(), &config.zone()}) {
    out.zone_files.insert(out.zone_files.end(), files->begin(), files->end());
  }
  if (out.zone_files.empty()) {
    return absl::InvalidArgumentError("nothing to serve: name a zone file with --bindzone=FILE or --zone=FILE");
  }
  return out;
}

}  // namespace strata::standalone
