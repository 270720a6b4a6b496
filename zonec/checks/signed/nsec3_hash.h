// Hashes of names as NSEC3 has them (RFC 5155 §5).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_SIGNED_NSEC3_HASH_H_
#define STRATA_ZONEC_CHECKS_SIGNED_NSEC3_HASH_H_

#include <array>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace strata::zonec {

using Nsec3Hash = std::array<uint8_t, 20>;  // SHA-1, the only algorithm that there is

// Of wire-form names in lower case. Not thread-safe: has a buffer.
class Nsec3Hasher {
 public:
  Nsec3Hasher(absl::string_view salt, uint16_t iterations) : salt_(salt), iterations_(iterations) {}
  Nsec3Hash operator()(absl::string_view name);

 private:
  std::string salt_;
  uint16_t iterations_;
  std::string buffer_;
};

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_SIGNED_NSEC3_HASH_H_
