// Which names' records prove that others are not there: those of a snapshot's chain of NSEC or NSEC3.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_SNAPSHOT_DENIAL_CHAIN_H_
#define STRATA_ZONEC_SNAPSHOT_DENIAL_CHAIN_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "dns/rr_type.h"
#include "zonec/snapshot/format.h"
#include "zonec/snapshot/nsec3_hash.h"

namespace strata::snapshot {

// The types that say what the chain is.
inline bool IsDenialType(uint16_t type) {
  return type == dns::rr_type::kNSEC || type == dns::rr_type::kNSEC3 || type == dns::rr_type::kNSEC3PARAM;
}

// Whether a name below the apex has the form of a hashed owner name (RFC 5155 §3): SHA-1 in base32hex, in lower case.
bool HasHashedForm(absl::string_view name);

// ChainEntry::key of a name of the zone, in lower case: 32 bits that are in order where names are. Of NSEC3 the first
// of the hash; of NSEC the first four octets of the label next to the apex, with zeros behind a shorter one; 0 at the
// apex. REQUIRES: with NSEC3, HasHashedForm(name).
uint32_t ChainKey(Denial kind, absl::string_view name, size_t origin_size);

// The chain of one zone. It is told of the apex first: the chain is that of the first NSEC3PARAM record with SHA-1 and
// without flags (RFC 5155 §7.3), and where there is none, that of NSEC.
class DenialChain {
 public:
  // Of the apex, in the order in which they stand in the snapshot.
  void AddNsec3Param(absl::string_view rdata);
  void AddApexNsec() { has_nsec_ = true; }

  Denial kind() const { return found_ ? Denial::kNsec3 : has_nsec_ ? Denial::kNsec : Denial::kNone; }
  // The number of the NSEC3PARAM record; 0 for other kinds.
  uint32_t parameters_number() const { return found_ ? number_ : 0; }
  Nsec3Parameters parameters() const { return {iterations_, salt_}; }

  // Whether an NSEC3 record is of the chain. REQUIRES: kind() is kNsec3.
  bool Holds(absl::string_view nsec3_rdata) const;

 private:
  bool has_nsec_ = false;
  bool found_ = false;
  uint32_t next_number_ = 0;
  uint32_t number_ = 0;
  uint16_t iterations_ = 0;
  std::string salt_;
};

}  // namespace strata::snapshot

#endif  // STRATA_ZONEC_SNAPSHOT_DENIAL_CHAIN_H_
