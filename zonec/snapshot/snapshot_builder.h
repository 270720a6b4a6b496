// Serialises a zone into a snapshot (docs/snapshot_format.md).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_SNAPSHOT_SNAPSHOT_BUILDER_H_
#define STRATA_ZONEC_SNAPSHOT_SNAPSHOT_BUILDER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "dns/name.h"
#include "dns/record.h"

namespace strata::snapshot {

// A zone as the language front ends and the checks leave it.
struct Zone {
  dns::Name origin;
  // In any order; duplicates are dropped (RFC 2181 §5). All of one class.
  std::vector<dns::Record> records;
};

// Builds the file's octets: a pure function of the set of records, so the same zone gives the same octets
// on every machine. REQUIRES, or it is an error that says so: exactly one SOA, at the origin; every owner within the
// origin; one TTL an RRset; at most 65535 records an RRset; valid RDATA. Fails as well when the file would exceed
// protobuf's 2 GiB.
absl::StatusOr<std::string> BuildSnapshot(Zone zone);

}  // namespace strata::snapshot

#endif  // STRATA_ZONEC_SNAPSHOT_SNAPSHOT_BUILDER_H_
