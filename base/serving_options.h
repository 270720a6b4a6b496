// What every service's configuration says in the same words: where to listen, and with how many threads.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_SERVING_OPTIONS_H_
#define STRATA_BASE_SERVING_OPTIONS_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "base/socket_address.h"

namespace strata::base {

// The value of `listen` as base/grpc_server takes it: "unix:PATH" as it is, an IP address with `default_port` where it
// has none; empty: 127.0.0.1. The error names --listen.
absl::StatusOr<std::string> ListenAddressFromText(const std::string& text, uint16_t default_port);

// The value of `admin_listen`: an IP address with `default_port` where it has none, or a port of 127.0.0.1; empty: no
// admin pages. The error names --admin_listen.
absl::StatusOr<std::optional<SocketAddress>> AdminAddressFromText(const std::string& text, uint16_t default_port);

// Default ports of the admin pages.
inline constexpr uint16_t kFrontendAdminPort = 9163;
inline constexpr uint16_t kCacheAdminPort = 9164;
inline constexpr uint16_t kRecursorAdminPort = 9165;
inline constexpr uint16_t kAuthorityAdminPort = 9166;

// The value of `workers`; 0: one for each CPU that this process may run on (sched_setaffinity, taskset, cpusets). The
// error names --workers.
absl::StatusOr<int> WorkerCount(uint32_t workers);

}  // namespace strata::base

#endif  // STRATA_BASE_SERVING_OPTIONS_H_
