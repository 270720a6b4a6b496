// The frontend's configuration, checked and turned into what its parts take.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_CONFIGURATION_H_
#define STRATA_FRONTEND_CONFIGURATION_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "base/tls_files.h"
#include "frontend/frontend_server.h"
#include "frontend/recursion/membership.h"
#include "proto/frontend/v1/config.pb.h"

namespace strata::frontend {

struct Configuration {
  FrontendOptions server;
  // gRPC targets.
  std::vector<std::string> authorities;
  std::vector<std::string> recursors;
  std::shared_ptr<const Membership> members;
  // Absent: plain text.
  std::optional<base::TlsFiles> tls;
  std::string tls_server_name;
  // Absent: no admin pages.
  std::optional<base::SocketAddress> admin_listen;
};

// Fills in what `config` leaves out. The error names the key, which is the flag's name too.
absl::StatusOr<Configuration> MakeConfiguration(const v1::FrontendConfig& config);

// The server's part, for whoever brings addresses and backends of its own.
absl::StatusOr<FrontendOptions> MakeServerOptions(const v1::FrontendConfig& config,
                                                  const std::vector<base::SocketAddress>& listen);

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_CONFIGURATION_H_
