// Networks, and whether an address is in one of them.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_POLICY_ACCESS_LIST_H_
#define STRATA_FRONTEND_POLICY_ACCESS_LIST_H_

#include <sys/socket.h>

#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace strata::frontend {

// Immutable once it is in use, so thread-safe then.
class AccessList {
 public:
  // Nobody.
  AccessList() = default;
  static AccessList Everybody();
  // Loopback, private (RFC 1918), shared (RFC 6598), link-local and unique local (RFC 4193) addresses: the list that
  // recursion is allowed to unless the operator says otherwise.
  static AccessList LocalNetworks();

  // "192.0.2.0/24", "2001:db8::/32", an address alone, "any" or "none". The error says what is expected.
  absl::Status Add(absl::string_view network);

  // `address` is an IPv4 or IPv6 one; an IPv4-mapped address counts as the IPv4 one. A binary search: thousands of
  // networks cost some tens of nanoseconds.
  bool Allows(const sockaddr* address) const;

 private:
  // An address as a number; IPv4 as IPv4-mapped IPv6.
  using Address = unsigned __int128;
  struct Network {
    Address first, last;
  };

  void Insert(const Network& network);

  // In order, and none within another.
  std::vector<Network> networks_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_POLICY_ACCESS_LIST_H_
