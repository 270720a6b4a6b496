// What a resolver is told by its operator.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_RESOLVER_OPTIONS_H_
#define STRATA_RECURSOR_RESOLVER_OPTIONS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "base/socket_address.h"

namespace strata::recursor {

struct ResolverLimits {
  // For one question, whoever waits for it.
  absl::Duration time = absl::Seconds(7);
  // Sent for one question, over UDP or TCP, to all servers together.
  int packets = 20;
  // In a loop: distinct questions in flight, and who waits for one of them. Whoever is too many gets SERVFAIL.
  size_t questions = 4096;
  size_t waiters = 1000;
};

struct ResolverOptions {
  // Servers to forward to; they go before those of `resolv_conf`, which then only gives its options.
  std::vector<base::SocketAddress> forward;
  // Files, read again when they change. Empty: none. With a hosts file and no servers at all, other names are REFUSED.
  std::string resolv_conf;
  std::string hosts_file;
  // How often they are looked at. A change is taken once it has lasted that long, so as not to read half a file.
  absl::Duration file_interval = absl::Milliseconds(500);
  int loops = 1;
  ResolverLimits limits;
};

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_RESOLVER_OPTIONS_H_
