// What two versions of a zone differ in.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_DIFF_H_
#define STRATA_ZONEC_DIFF_H_

#include <cstddef>
#include <optional>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "dns/record.h"
#include "zonec/snapshot/snapshot_reader.h"

namespace strata::zonec {

// A record that is in one version only, or in both with another TTL or another case of its RDATA's names. Of types that
// have one record a name (SOA, CNAME, DNAME), another record is a changed one, too.
struct RecordChange {
  std::optional<dns::Record> before;  // none: the record is added
  std::optional<dns::Record> after;   // none: the record is removed
};

struct DiffOptions {
  // SOA records that differ in nothing but their serials are the same.
  bool ignore_serial = false;
};

struct DiffCounts {
  size_t added = 0;
  size_t removed = 0;
  size_t changed = 0;

  bool same() const { return added + removed + changed == 0; }
};

// Visits the changes in canonical order of names, types and RDATA, the SOA record's first. Takes linear time, and
// memory for one RRset. Fails when the snapshots are of different zones. REQUIRES: both were verified.
absl::StatusOr<DiffCounts> DiffZones(const snapshot::SnapshotReader& before, const snapshot::SnapshotReader& after,
                                     const DiffOptions& options, absl::FunctionRef<void(const RecordChange&)> visit);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_DIFF_H_
