// Serialises a zone into a snapshot (docs/snapshot_format.md).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_SNAPSHOT_SNAPSHOT_BUILDER_H_
#define STRATA_ZONEC_SNAPSHOT_SNAPSHOT_BUILDER_H_

#include <string>

#include "absl/status/statusor.h"
#include "zonec/snapshot/zone_tree.h"

namespace strata::snapshot {

// Builds the file's octets: a pure function of the set of records within the origin, so the same zone gives the same
// octets on every machine; records that are there twice count once. REQUIRES, or it is an error that says so: exactly
// one SOA, at the origin; one TTL an RRset; at most 65535 records an RRset; valid RDATA. Fails as well when the file
// would exceed protobuf's 2 GiB. The tree's memory is freed on the way.
absl::StatusOr<std::string> BuildSnapshot(ZoneTree tree);

}  // namespace strata::snapshot

#endif  // STRATA_ZONEC_SNAPSHOT_SNAPSHOT_BUILDER_H_
