// SPDX-License-Identifier: Apache-2.0
#include "base/serving_options.h"

#include <sched.h>

#include <algorithm>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace strata::base {
namespace {

constexpr uint32_t kMaxWorkers = 256;

// Those that this process may run on. More threads than that would take turns, each with a queue of its own to fall
// behind with. (std::thread::hardware_concurrency() counts all that the machine has.)
int AvailableCpus() {
  cpu_set_t cpus;
  if (sched_getaffinity(0, sizeof cpus, &cpus) == 0) return std::max(1, CPU_COUNT(&cpus));
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace

absl::StatusOr<std::string> ListenAddressFromText(const std::string& text, uint16_t default_port) {
  if (text.empty()) return absl::StrCat("127.0.0.1:", default_port);
  if (absl::StartsWith(text, "unix:")) return text;
  SocketAddressDefaults defaults;
  defaults.port = default_port;
  const absl::StatusOr<SocketAddress> address = SocketAddress::FromText(text, defaults);
  if (address.ok()) return address->ToText();
  return absl::InvalidArgumentError(absl::StrCat("--listen=", text, ": ", address.status().message()));
}

absl::StatusOr<std::optional<SocketAddress>> AdminAddressFromText(const std::string& text, uint16_t default_port) {
  if (text.empty()) return std::nullopt;
  const SocketAddressDefaults defaults{.host = "127.0.0.1", .port = default_port};
  const absl::StatusOr<SocketAddress> address = SocketAddress::FromText(text, defaults);
  if (address.ok()) return *address;
  return absl::InvalidArgumentError(absl::StrCat("--admin_listen=", text, ": ", address.status().message()));
}

absl::StatusOr<int> WorkerCount(uint32_t workers) {
  if (workers > kMaxWorkers) {
    return absl::InvalidArgumentError(absl::StrCat("--workers=", workers, ": at most ", kMaxWorkers));
  }
  if (workers != 0) return static_cast<int>(workers);
  return AvailableCpus();
}

}  // namespace strata::base
