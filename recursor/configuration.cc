// SPDX-License-Identifier: Apache-2.0
#include "recursor/configuration.h"

#include "absl/strings/str_cat.h"
#include "base/serving_options.h"
#include "base/socket_address.h"
#include "base/status_macros.h"

namespace strata::recursor {
namespace {

constexpr uint16_t kDefaultPort = 5302;
constexpr uint16_t kDnsPort = 53;

absl::StatusOr<base::SocketAddress> ServerFromText(const std::string& text) {
  base::SocketAddressDefaults defaults;
  defaults.port = kDnsPort;
  const absl::StatusOr<base::SocketAddress> server = base::SocketAddress::FromText(text, defaults);
  if (!server.ok()) {
    return absl::InvalidArgumentError(absl::StrCat("--forward=", text, ": ", server.status().message()));
  }
  if (server->IsUnspecified() || server->port() == 0) {
    return absl::InvalidArgumentError(absl::StrCat("--forward=", text, ": nothing can be sent there"));
  }
  return *server;
}

}  // namespace

absl::StatusOr<Configuration> MakeConfiguration(const v1::RecursorConfig& config) {
  Configuration out;
  STRATA_ASSIGN_OR_RETURN(out.listen, base::ListenAddressFromText(config.listen(), kDefaultPort));
  out.insecure = config.insecure();
  STRATA_ASSIGN_OR_RETURN(out.tls, base::TlsServerOptionsOf(config, out.listen));
  STRATA_ASSIGN_OR_RETURN(out.workers, base::WorkerCount(config.workers()));
  STRATA_ASSIGN_OR_RETURN(out.admin_listen,
                          base::AdminAddressFromText(config.admin_listen(), base::kRecursorAdminPort));
  for (const std::string& text : config.forward()) {
    STRATA_ASSIGN_OR_RETURN(const base::SocketAddress server, ServerFromText(text));
    out.resolver.forward.push_back(server);
  }
  out.resolver.resolv_conf = config.resolv_conf();
  out.resolver.hosts_file = config.hosts_file();
  out.resolver.loops = out.workers;
  if (out.resolver.forward.empty() && out.resolver.resolv_conf.empty()) {
    return absl::FailedPreconditionError(
        "no servers to ask: name them by --forward=IP[:PORT], or a file that does by --resolv_conf=FILE");
  }
  return out;
}

}  // namespace strata::recursor
