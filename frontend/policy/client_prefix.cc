// SPDX-License-Identifier: Apache-2.0
#include "frontend/policy/client_prefix.h"

#include <endian.h>
#include <netinet/in.h>

#include <cstring>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/random_octets.h"

namespace strata::frontend {
namespace {

constexpr uint64_t kMapped = 0xffff'0000'0000;
constexpr int kMappedBits = 96;

// The first `bits` bits; none for a negative number, all for 64 and more.
uint64_t FirstBits(int bits) {
  if (bits <= 0) return 0;
  return bits >= 64 ? ~uint64_t{0} : ~(~uint64_t{0} >> bits);
}

uint64_t ReadU64(const uint8_t* octets) {
  uint64_t value;
  std::memcpy(&value, octets, sizeof value);
  return be64toh(value);
}

uint64_t RandomSecret() {
  uint64_t secret = 0;
  base::FillWithRandomOctets(&secret, sizeof secret);
  return secret;
}

}  // namespace

ClientPrefix ClientPrefix::Of(const sockaddr* address, PrefixLengths lengths) {
  ClientPrefix prefix;
  if (address->sa_family == AF_INET) {
    prefix.low = kMapped | ntohl(reinterpret_cast<const sockaddr_in*>(address)->sin_addr.s_addr);
  } else if (address->sa_family == AF_INET6) {
    const uint8_t* octets = reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr.s6_addr;
    prefix.high = ReadU64(octets);
    prefix.low = ReadU64(octets + 8);
  }
  const int bits = prefix.is_ipv4() ? kMappedBits + lengths.ipv4 : lengths.ipv6;
  prefix.high &= FirstBits(bits);
  prefix.low &= FirstBits(bits - 64);
  return prefix;
}

PrefixHasher::PrefixHasher() : secret_(RandomSecret()) {}

uint64_t PrefixHasher::Hash(const ClientPrefix& prefix, uint64_t more_1, uint64_t more_2) const {
  const uint64_t words[] = {prefix.high, prefix.low, more_1, more_2};
  return XXH3_64bits_withSeed(words, sizeof words, secret_);
}

}  // namespace strata::frontend
