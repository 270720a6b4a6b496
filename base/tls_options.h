// What configurations say of TLS, in the same words everywhere.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_TLS_OPTIONS_H_
#define STRATA_BASE_TLS_OPTIONS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/tls_files.h"

namespace strata::base {

// In tls_allowed_clients: whoever has a certificate of the CA.
inline constexpr char kAnyTlsClient[] = "any";
// Its default: the role of those who ask.
inline constexpr char kFrontendRole[] = "frontend";

struct TlsServerOptions {
  TlsFiles files;
  std::vector<std::string> allowed_clients;
};

// `files` as configured, if it is at all. All three are needed, as TLS is mutual; and no --insecure beside them. Reads
// and checks them. Errors name the flag.
absl::StatusOr<std::optional<TlsFiles>> CheckTlsFiles(const TlsFiles& files, bool insecure, TlsSide side);

// The keys of a service's configuration. `listen` is where it serves: a unix socket has its permissions, and no TLS.
absl::StatusOr<std::optional<TlsServerOptions>> CheckTlsServerOptions(const TlsServerOptions& options, bool insecure,
                                                                      const std::string& listen);

// From a message with the fields insecure, tls_certificate, tls_key, tls_ca and tls_allowed_clients.
template <typename Config>
absl::StatusOr<std::optional<TlsServerOptions>> TlsServerOptionsOf(const Config& config, const std::string& listen) {
  return CheckTlsServerOptions({{config.tls_certificate(), config.tls_key(), config.tls_ca()},
                                {config.tls_allowed_clients().begin(), config.tls_allowed_clients().end()}},
                               config.insecure(), listen);
}

}  // namespace strata::base

#endif  // STRATA_BASE_TLS_OPTIONS_H_
