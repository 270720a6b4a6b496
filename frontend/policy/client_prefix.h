// The network that a client is in, as what limits are counted by.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_POLICY_CLIENT_PREFIX_H_
#define STRATA_FRONTEND_POLICY_CLIENT_PREFIX_H_

#include <sys/socket.h>

#include <cstdint>

namespace strata::frontend {

// How many leading bits of an address tell one client from another: 0 to 32, and 0 to 128.
struct PrefixLengths {
  int ipv4 = 32;
  int ipv6 = 128;
};

// An address with the bits beyond its prefix cleared. IPv4 is kept as IPv4-mapped IPv6 (RFC 4291 §2.5.5.2), which is
// also how a dual-stack socket may tell it: one client has one prefix. Plain value, thread-safe.
struct ClientPrefix {
  uint64_t high = 0;  // the first eight octets of the address, in host order
  uint64_t low = 0;

  // Of an AF_INET or AF_INET6 address; any other one is in the prefix of "::".
  static ClientPrefix Of(const sockaddr* address, PrefixLengths lengths = {});

  bool is_ipv4() const { return high == 0 && low >> 32 == 0xffff; }

  friend bool operator==(const ClientPrefix& a, const ClientPrefix& b) { return a.high == b.high && a.low == b.low; }
};

// A hash that nobody outside can tell, so that nobody can choose addresses which meet in one place of a table.
// Thread-safe.
class PrefixHasher {
 public:
  // With a secret of its own (getrandom(2)).
  PrefixHasher();
  explicit PrefixHasher(uint64_t secret) : secret_(secret) {}

  // Of the prefix and whatever else tells one account from another.
  uint64_t Hash(const ClientPrefix& prefix, uint64_t more_1 = 0, uint64_t more_2 = 0) const;

 private:
  uint64_t secret_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_POLICY_CLIENT_PREFIX_H_
