// The recursor's configuration, checked and filled in.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_CONFIGURATION_H_
#define STRATA_RECURSOR_CONFIGURATION_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "base/socket_address.h"
#include "base/tls_options.h"
#include "proto/recursor/v1/config.pb.h"
#include "recursor/resolver_options.h"

namespace strata::recursor {

struct Configuration {
  std::string listen;
  bool insecure = false;
  std::optional<base::TlsServerOptions> tls;
  int workers = 1;  // of gRPC; the resolver has as many loops
  std::optional<base::SocketAddress> admin_listen;
  ResolverOptions resolver;
};

// The error names the key, which is the flag's name too. FailedPrecondition: nothing says where to ask.
absl::StatusOr<Configuration> MakeConfiguration(const v1::RecursorConfig& config);

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_CONFIGURATION_H_
