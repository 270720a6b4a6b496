// SPDX-License-Identifier: Apache-2.0
#include "authority/configuration.h"

#include <algorithm>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/socket_address.h"

namespace strata::authority {
namespace {

constexpr uint16_t kDefaultPort = 5303;
constexpr uint32_t kMaxWorkers = 256;

absl::StatusOr<std::string> ListenAddress(const std::string& text) {
  if (text.empty()) return absl::StrCat("127.0.0.1:", kDefaultPort);
  if (absl::StartsWith(text, "unix:")) return text;
  base::SocketAddressDefaults defaults;
  defaults.port = kDefaultPort;
  const absl::StatusOr<base::SocketAddress> address = base::SocketAddress::FromText(text, defaults);
  if (address.ok()) return address->ToText();
  return absl::InvalidArgumentError(absl::StrCat("--listen=", text, ": ", address.status().message()));
}

}  // namespace

absl::StatusOr<Configuration> MakeConfiguration(const v1::AuthorityConfig& config) {
  Configuration out;
  absl::StatusOr<std::string> listen = ListenAddress(config.listen());
  if (!listen.ok()) return listen.status();
  out.listen = *std::move(listen);
  out.insecure = config.insecure();
  if (config.workers() > kMaxWorkers) {
    return absl::InvalidArgumentError(absl::StrCat("--workers=", config.workers(), ": at most ", kMaxWorkers));
  }
  out.workers = config.workers() != 0 ? static_cast<int>(config.workers())
                                      : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  if (config.snapshots().empty()) {
    return absl::InvalidArgumentError("--snapshots is missing: name the directory that holds your *.snap files");
  }
  out.store.snapshots = config.snapshots();
  out.store.state = config.state().empty() ? absl::StrCat(config.snapshots(), "/.state") : config.state();
  return out;
}

}  // namespace strata::authority
