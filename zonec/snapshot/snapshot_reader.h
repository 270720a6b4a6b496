// Reads a zone out of a snapshot's octets, in place (docs/snapshot_format.md).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_SNAPSHOT_SNAPSHOT_READER_H_
#define STRATA_ZONEC_SNAPSHOT_SNAPSHOT_READER_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dns/lookup_name.h"
#include "zonec/snapshot/format.h"
#include "zonec/snapshot/nsec3_hash.h"

namespace strata::snapshot {

using NodeId = uint32_t;

// Whether the octets start as snapshots do and zone files do not.
bool IsSnapshot(absl::string_view octets);

// Steps through the RDATA of one RRset:
//
//   for (RdataCursor rdata(rrset); rdata.Next();) Use(rdata.value());
class RdataCursor;

// An RRset of the snapshot: the index entry and its RDATA, both inside the snapshot's octets.
struct RRsetView {
  uint16_t type = 0;
  uint16_t covers = 0;
  uint32_t ttl = 0;
  uint16_t rdata_count = 0;
  uint16_t rdata_max = 0;
  uint32_t signatures = kNone;
  uint32_t first_target = kNone;
  absl::string_view rdatas;  // `rdatas` fields, tags and lengths included
};

// A view: the octets must outlive it. Immutable, so safe for any number of threads.
//
// Open() checks the header only, in constant time. Every later access is bounds-checked, so no octets, however damaged,
// make it read outside; a damaged file that was not Verify()ed can make it say wrong things, never crash.
// What the header says is copied: it stands even when pages of the file cannot be read any more.
class SnapshotReader {
 public:
  // Fails with the reason: not a snapshot, a version that this release does not know, cut short.
  static absl::StatusOr<SnapshotReader> Open(absl::string_view file);

  // The checksum and then the whole structure: every name in order and found by its hash, every link and flag right,
  // every RDATA valid, and all of them together what the identity says. What was verified can be relied on to be a
  // zone.
  absl::Status Verify() const;

  absl::string_view origin() const { return origin_; }
  uint32_t serial() const { return serial_; }
  uint16_t rr_class() const { return rr_class_; }
  uint64_t record_count() const { return record_count_; }
  absl::string_view identity() const { return identity_; }  // 32 octets
  absl::string_view checksum() const { return checksum_; }  // 32 octets
  uint32_t node_count() const { return header_.node_count; }

  // The node of the ancestor of `name` that is left when `skip` labels are taken away, or kNone.
  NodeId Find(const dns::LookupName& name, int skip = 0) const;

  // REQUIRES: id < node_count().
  NodeEntry node(NodeId id) const;
  // The node's name, in wire form and lower case.
  absl::string_view NodeName(const NodeEntry& node) const;

  // RRset number `i` of the snapshot; node.first_rrset is the node's first.
  RRsetView RRset(uint32_t i) const;
  // The node's RRset of a type (for RRSIG: the first).
  std::optional<RRsetView> FindRRset(const NodeEntry& node, uint16_t type) const;
  // What the zone proves with that something is not there, and for NSEC3 how names are hashed.
  Denial denial() const { return header_.denial; }
  Nsec3Parameters nsec3_parameters() const { return {nsec3_iterations_, nsec3_salt_}; }
  // The last node of the chain whose name is `name` or comes before it in canonical order; for a name before the first
  // one, the last node of all, whose record covers it for NSEC3 (RFC 5155 §1.3). kNone when the chain is empty.
  // REQUIRES: `name` is in wire form and lower case, at or below the origin, and for NSEC3 HasHashedForm(name).
  NodeId FindInChain(absl::string_view name) const;
  uint32_t chain_size() const { return header_.denial_count; }
  // REQUIRES: i < chain_size().
  ChainEntry Chain(uint32_t i) const;

  // Node of target `i` of an RRset (see RRsetEntry::first_target).
  NodeId Target(const RRsetView& rrset, int i) const;

 private:
  SnapshotReader() = default;
  bool ReadParameters();

  absl::string_view file_;
  absl::string_view index_;
  IndexHeader header_{};
  std::string origin_;
  std::string identity_;
  std::string checksum_;
  uint32_t serial_ = 0;
  uint16_t rr_class_ = 0;
  uint64_t record_count_ = 0;
  uint16_t nsec3_iterations_ = 0;
  std::string nsec3_salt_;
};

class RdataCursor {
 public:
  explicit RdataCursor(const RRsetView& rrset) : rest_(rrset.rdatas) {}
  // Moves to the next RDATA; false when there is none.
  bool Next();
  absl::string_view value() const { return value_; }

 private:
  absl::string_view rest_;
  absl::string_view value_;
};

}  // namespace strata::snapshot

#endif  // STRATA_ZONEC_SNAPSHOT_SNAPSHOT_READER_H_
