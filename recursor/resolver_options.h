// What a resolver is told by its operator.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_RESOLVER_OPTIONS_H_
#define STRATA_RECURSOR_RESOLVER_OPTIONS_H_

#include <string>
#include <vector>

#include "base/socket_address.h"

namespace strata::recursor {

struct ResolverOptions {
  // Servers to forward to; they go before those of `resolv_conf`, which then only gives its options.
  std::vector<base::SocketAddress> forward;
  // Files, read again when they change. Empty: none.
  std::string resolv_conf;
  std::string hosts_file;
  int loops = 1;
};

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_RESOLVER_OPTIONS_H_
