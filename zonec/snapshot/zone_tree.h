// A zone's records in canonical order, grouped into nodes and RRsets: the builder's view of a zone.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_SNAPSHOT_ZONE_TREE_H_
#define STRATA_ZONEC_SNAPSHOT_ZONE_TREE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "zonec/snapshot/format.h"
#include "zonec/snapshot/zone.h"

namespace strata::snapshot {

struct TreeRRset {
  uint16_t type;
  uint16_t covers;
  uint32_t ttl;
  uint32_t signatures = kNone;                // as RRsetEntry::signatures
  std::vector<std::string> rdatas;            // in canonical order, without duplicates
  std::vector<std::string> canonical_rdatas;  // the same, in canonical form
};

// As NodeEntry, with its name and RRsets at hand.
struct TreeNode {
  std::string name;  // wire form, lower case
  uint32_t parent = kNone;
  uint32_t cut = kNone;
  uint32_t wildcard = kNone;
  uint8_t flags = 0;
  uint32_t first_rrset = 0;
  uint16_t rrset_count = 0;
};

struct ZoneTree {
  uint16_t rr_class = 0;
  uint32_t serial = 0;
  uint64_t record_count = 0;
  std::vector<TreeNode> nodes;    // in canonical order, empty non-terminals among them; the apex is the first
  std::vector<TreeRRset> rrsets;  // node by node
};

// Fails when a precondition of BuildSnapshot() does not hold.
absl::StatusOr<ZoneTree> BuildZoneTree(Zone zone);

}  // namespace strata::snapshot

#endif  // STRATA_ZONEC_SNAPSHOT_ZONE_TREE_H_
