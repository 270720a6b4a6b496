// Hashes of names as NSEC3 has them (RFC 5155 §5).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_SNAPSHOT_NSEC3_HASH_H_
#define STRATA_ZONEC_SNAPSHOT_NSEC3_HASH_H_

#include <array>
#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"

namespace strata::snapshot {

using Nsec3Hash = std::array<uint8_t, 20>;  // SHA-1, the only algorithm that there is

// What an NSEC3 or NSEC3PARAM record says of how names are hashed.
struct Nsec3Parameters {
  uint16_t iterations = 0;
  absl::string_view salt;  // at most 255 octets

  friend bool operator==(const Nsec3Parameters&, const Nsec3Parameters&) = default;
};

// nullopt: another algorithm than SHA-1, or RDATA that end too soon.
std::optional<Nsec3Parameters> ReadNsec3Parameters(absl::string_view rdata);

// Of a wire-form name in lower case. Computes `iterations` + 1 digests and allocates nothing.
Nsec3Hash HashForNsec3(absl::string_view name, const Nsec3Parameters& parameters);

}  // namespace strata::snapshot

#endif  // STRATA_ZONEC_SNAPSHOT_NSEC3_HASH_H_
