// Where questions are forwarded to, and how patiently.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_CORE_FORWARD_SETTINGS_H_
#define STRATA_RECURSOR_CORE_FORWARD_SETTINGS_H_

#include <vector>

#include "absl/time/time.h"
#include "base/socket_address.h"

namespace strata::recursor {

struct ForwardSettings {
  // In the order of preference; at least one.
  std::vector<base::SocketAddress> servers;
  // How long a server is waited for before the next is asked at the latest (what is known of its speed makes it less),
  // and how long the last of all tries may take.
  absl::Duration timeout = absl::Seconds(5);
  // How often each server is asked at most.
  int attempts = 3;
  // Take turns instead of preferring the fastest.
  bool rotate = false;
  // Never UDP.
  bool use_tcp = false;

  friend bool operator==(const ForwardSettings& a, const ForwardSettings& b) = default;
};

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_CORE_FORWARD_SETTINGS_H_
