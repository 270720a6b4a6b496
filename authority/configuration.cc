// SPDX-License-Identifier: Apache-2.0
#include "authority/configuration.h"

#include "absl/strings/str_cat.h"
#include "base/serving_options.h"
#include "base/status_macros.h"

namespace strata::authority {
namespace {

constexpr uint16_t kDefaultPort = 5303;
constexpr uint32_t kMaxKeep = 100;

}  // namespace

absl::StatusOr<Configuration> MakeConfiguration(const v1::AuthorityConfig& config) {
  Configuration out;
  STRATA_ASSIGN_OR_RETURN(out.listen, base::ListenAddressFromText(config.listen(), kDefaultPort));
  out.insecure = config.insecure();
  STRATA_ASSIGN_OR_RETURN(out.tls, base::TlsServerOptionsOf(config, out.listen));
  STRATA_ASSIGN_OR_RETURN(out.workers, base::WorkerCount(config.workers()));
  STRATA_ASSIGN_OR_RETURN(out.admin_listen,
                          base::AdminAddressFromText(config.admin_listen(), base::kAuthorityAdminPort));
  STRATA_ASSIGN_OR_RETURN(out.admin_grpc, base::AdminGrpcAddressFromText(config.admin_grpc(), "authority"));
  if (config.snapshots().empty()) {
    return absl::InvalidArgumentError("--snapshots is missing: name the directory that holds your *.snap files");
  }
  out.store.snapshots = config.snapshots();
  if (config.keep() > kMaxKeep) {
    return absl::InvalidArgumentError(absl::StrCat("--keep: at most ", kMaxKeep, " versions are kept"));
  }
  if (config.has_keep()) out.store.keep = config.keep();
  out.store.state = config.state().empty() ? absl::StrCat(config.snapshots(), "/.state") : config.state();
  return out;
}

}  // namespace strata::authority
