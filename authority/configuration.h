// The authority's configuration, checked and filled in.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_CONFIGURATION_H_
#define STRATA_AUTHORITY_CONFIGURATION_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "authority/snapshot_store.h"
#include "base/admin_grpc.h"
#include "base/socket_address.h"
#include "base/tls_options.h"
#include "proto/authority/v1/config.pb.h"

namespace strata::authority {

struct Configuration {
  std::string listen;
  bool insecure = false;
  std::optional<base::TlsServerOptions> tls;
  int workers = 1;
  std::optional<base::SocketAddress> admin_listen;
  base::AdminGrpcAddress admin_grpc;
  SnapshotStore::Options store;
};

// The error names the key, which is the flag's name too.
absl::StatusOr<Configuration> MakeConfiguration(const v1::AuthorityConfig& config);

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_CONFIGURATION_H_
