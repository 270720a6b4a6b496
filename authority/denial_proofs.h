// The records that prove that names and types are not there, and that no better match than a wildcard's is.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_DENIAL_PROOFS_H_
#define STRATA_AUTHORITY_DENIAL_PROOFS_H_

#include <array>
#include <cstddef>

#include "absl/types/span.h"
#include "dns/lookup_name.h"
#include "zonec/snapshot/nsec3_hash.h"
#include "zonec/snapshot/snapshot_reader.h"

namespace strata::authority {

// Collects them for one answer, each once: NSEC (RFC 4035 §3.1.3) or NSEC3 (RFC 5155 §7.2), whichever the zone has;
// none of a zone that has neither. Names are given as a name and how many of its first labels to leave out. Never
// allocates; not thread-safe. Zones must outlive it.
class DenialProofs {
 public:
  using SnapshotReader = snapshot::SnapshotReader;
  using NodeId = snapshot::NodeId;

  // Digests that one answer may cost, about a millisecond. NSEC3 without iterations never takes as many.
  static constexpr size_t kMaxDigests = 16384;

  struct Proof {
    const SnapshotReader* zone;
    NodeId node;  // owner of the NSEC or NSEC3 record
  };

  // There is no such name, nor a wildcard for it. `encloser`: labels above which the name exists.
  void NameError(const SnapshotReader& zone, const dns::LookupName& name, int encloser);
  // The name exists, perhaps as an empty non-terminal, but not the type. Also for a delegation without DS records.
  void NoData(const SnapshotReader& zone, const dns::LookupName& name, int skip = 0);
  // The wildcard below the encloser stands for the name, but has not the type.
  void WildcardNoData(const SnapshotReader& zone, const dns::LookupName& name, int encloser);
  // It stands for the name because there is nothing nearer.
  void WildcardAnswer(const SnapshotReader& zone, const dns::LookupName& name, int encloser);

  absl::Span<const Proof> proofs() const { return absl::MakeConstSpan(proofs_.data(), count_); }
  // The proofs are not whole: more digests or records would have been needed than an answer may cost.
  bool too_costly() const { return too_costly_; }

 private:
  void Add(const SnapshotReader& zone, NodeId node);

  // NSEC: the record of the name, or the one that covers it.
  void AddNsec(const SnapshotReader& zone, absl::string_view name) { Add(zone, zone.FindInChain(name)); }

  // That the name is not there, and what there is of the wildcard below its encloser: of `encloser`, or of the one that
  // could be proven in an opt-out span, below which validators look for it.
  void AddNameAndWildcard(const SnapshotReader& zone, const dns::LookupName& name, int encloser, bool of_proven);

  // NSEC3. Finds the record of the name or the one that covers it; `*matches` says which.
  NodeId FindNsec3(const SnapshotReader& zone, absl::string_view name, bool* matches);
  void AddNsec3(const SnapshotReader& zone, absl::string_view name);
  // RFC 5155 §7.2.1, from `encloser` on, which may lack a record in an opt-out span: the encloser that was proven.
  int AddClosestEncloser(const SnapshotReader& zone, const dns::LookupName& name, int encloser);

  std::array<Proof, 48> proofs_;
  size_t count_ = 0;
  size_t digests_ = 0;
  bool too_costly_ = false;
};

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_DENIAL_PROOFS_H_
