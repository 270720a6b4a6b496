// SPDX-License-Identifier: Apache-2.0
#include "base/tls_options.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "base/status_macros.h"

namespace strata::base {
namespace {

absl::Status CheckAllPresent(const TlsFiles& files) {
  for (const auto& [flag, file, what] :
       {std::tuple("tls_certificate", &files.certificate, "this process's certificate"),
        std::tuple("tls_key", &files.key, "the key of its certificate"),
        std::tuple("tls_ca", &files.ca, "the CA of its peers' certificates")}) {
    if (!file->empty()) continue;
    return absl::InvalidArgumentError(absl::StrCat(
        "--", flag, " is missing: TLS takes --tls_certificate, --tls_key and --tls_ca; name the file of ", what));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::optional<TlsFiles>> CheckTlsFiles(const TlsFiles& files, bool insecure, TlsSide side) {
  if (files == TlsFiles()) return std::nullopt;
  STRATA_RETURN_IF_ERROR(CheckAllPresent(files));
  if (insecure) {
    return absl::InvalidArgumentError(
        "--insecure allows plain text, and --tls_certificate asks for TLS: leave one of them out");
  }
  STRATA_RETURN_IF_ERROR(ReadTlsFiles(files, side, absl::Now()).status());
  return files;
}

absl::StatusOr<std::optional<TlsServerOptions>> CheckTlsServerOptions(const TlsServerOptions& options, bool insecure,
                                                                      const std::string& listen) {
  STRATA_ASSIGN_OR_RETURN(const std::optional<TlsFiles> files,
                          CheckTlsFiles(options.files, insecure, TlsSide::kServer));
  if (!files.has_value()) {
    if (options.allowed_clients.empty()) return std::nullopt;
    return absl::InvalidArgumentError(
        "--tls_allowed_clients: clients have names with TLS only: give --tls_certificate, --tls_key and --tls_ca too");
  }
  if (absl::StartsWith(listen, "unix:")) {
    return absl::InvalidArgumentError(
        absl::StrCat("--tls_certificate: there is no TLS on --listen=", listen,
                     ", which the permissions of its folder protect: leave the TLS files out"));
  }
  TlsServerOptions checked = options;
  if (checked.allowed_clients.empty()) checked.allowed_clients = {kFrontendRole};
  return checked;
}

}  // namespace strata::base
