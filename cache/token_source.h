// Random tokens for leases.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_CACHE_TOKEN_SOURCE_H_
#define STRATA_CACHE_TOKEN_SOURCE_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "cache/cache_client.h"

namespace strata::cache {

// A token is 15 octets from the kernel's generator, behind one that says which part of the cache it belongs to. Not
// thread-safe.
class TokenSource {
 public:
  explicit TokenSource(uint8_t part) : part_(part) {}

  LeaseToken Next();
  static uint8_t PartOf(const LeaseToken& token) { return static_cast<uint8_t>(token[0]); }

 private:
  static constexpr size_t kRandomOctets = sizeof(LeaseToken) - 1;

  const uint8_t part_;
  // A system call for each token would cost more than all else that a miss does.
  std::array<char, 17 * kRandomOctets> random_{};
  size_t used_ = sizeof(random_);
};

}  // namespace strata::cache

#endif  // STRATA_CACHE_TOKEN_SOURCE_H_
