// Networks, and whether an address is in one of them.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_POLICY_ACCESS_LIST_H_
#define STRATA_FRONTEND_POLICY_ACCESS_LIST_H_

#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace strata::frontend {

// Immutable once it is in use, so thread-safe then.
class AccessList {
 public:
  // Nobody.
  AccessList() = default;
  // Loopback, private (RFC 1918), shared (RFC 6598), link-local and unique local (RFC 4193) addresses: the list that
  // recursion is allowed to unless the operator says otherwise.
  static AccessList LocalNetworks();

  // "192.0.2.0/24", "2001:db8::/32", an address alone, "any" or "none". The error says what is expected.
  absl::Status Add(absl::string_view network);

  // `address` is an IPv4 or IPv6 one; an IPv4-mapped address counts as the IPv4 one.
  bool Allows(const sockaddr* address) const;

 private:
  // IPv4 networks are kept as IPv4-mapped ones.
  struct Network {
    std::array<uint8_t, 16> address;
    std::array<uint8_t, 16> mask;
  };

  std::vector<Network> networks_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_POLICY_ACCESS_LIST_H_
