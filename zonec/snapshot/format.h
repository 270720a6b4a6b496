// The layout of a snapshot's index, shared by its builder and its reader.
// docs/snapshot_format.md is the normative description.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_SNAPSHOT_FORMAT_H_
#define STRATA_ZONEC_SNAPSHOT_FORMAT_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace strata::snapshot {

// The structures below are mapped as they are.
static_assert(std::endian::native == std::endian::little, "snapshots are little-endian");

// "TRATAZN\n", behind the tag of field 1, which is '\t'.
inline constexpr uint64_t kMagic = 0x0a4e5a4154415254;
inline constexpr uint32_t kFormatVersion = 2;
inline constexpr size_t kChecksumSize = 32;
inline constexpr size_t kIndexAlignment = 64;

// Offsets in the file. Fields 1 to 3 have fixed sizes, so what the checksum covers starts here:
//
//   0  09 magic:8 | 9  15 version:4 | 14  1a 20 checksum:32 | 48 …
inline constexpr size_t kMagicOffset = 1;
inline constexpr size_t kVersionOffset = 10;
inline constexpr size_t kChecksumOffset = 16;
inline constexpr size_t kCoveredOffset = 48;

// No node, no RRset, no target.
inline constexpr uint32_t kNone = 0xffffffff;

// What proves that a name or a type is not there.
enum class Denial : uint32_t { kNone = 0, kNsec = 1, kNsec3 = 2 };

// An answer costs some digests for each iteration of NSEC3, so a zone of more iterations is no zone that can be served.
// The greatest number that RFC 5155 §10.3 allows; RFC 9276 §3.1 asks for 0.
inline constexpr uint16_t kMaxNsec3Iterations = 2500;

// At the start of the index. Table offsets count from the start of the index.
//
//   IndexHeader | Bucket × bucket_count | NodeEntry × node_count | RRsetEntry × rrset_count
//               | target uint32 × target_count | ChainEntry × denial_count
struct IndexHeader {
  uint32_t bucket_count;  // a power of two
  uint32_t node_count;
  uint32_t rrset_count;
  uint32_t target_count;
  uint32_t buckets_offset;
  uint32_t nodes_offset;
  uint32_t rrsets_offset;
  uint32_t targets_offset;
  Denial denial;
  // The nodes whose NSEC or NSEC3 records make the chain, in canonical order.
  uint32_t denial_count;
  uint32_t denial_offset;
  uint32_t nsec3param;   // number of the NSEC3PARAM record that the chain is of; 0 for NSEC
  uint32_t reserved[4];  // zeros: places for the tables of later versions
};
static_assert(sizeof(IndexHeader) == 64);

// Open addressing with linear probing: the search for a name starts at `hash & (bucket_count - 1)`
// and ends at the first empty bucket (node kNone). The hash is dns::LookupName's.
struct Bucket {
  uint32_t tag;  // the upper half of the hash
  uint32_t node;
};
static_assert(sizeof(Bucket) == 8);

// Nodes are numbered in canonical order; 0 is the apex.
struct NodeEntry {
  uint32_t name_offset;  // in the file: the name's octets
  uint32_t parent;       // kNone at the apex
  // The highest delegation point at this name or above it and below the apex (RFC 1034 §4.2.1), kNone where
  // the zone is authoritative.
  uint32_t cut;
  uint32_t wildcard;  // the child "*" of this name, or kNone
  uint32_t first_rrset;
  uint16_t rrset_count;
  uint8_t name_size;
  uint8_t flags;
};
static_assert(sizeof(NodeEntry) == 24);

// NodeEntry::flags
inline constexpr uint8_t kHasCname = 1;  // the node owns a CNAME
inline constexpr uint8_t kHasDname = 2;
inline constexpr uint8_t kBelowDname = 4;  // some node above, in the zone, owns a DNAME: the name is occluded
// The node owns NSEC3 records or their signatures and nothing else, and lies at the end of its branch: its name is no
// name of the zone (RFC 5155 §7.2.8).
inline constexpr uint8_t kHashOnly = 8;

// Sorted by (type, covers) within a node.
struct RRsetEntry {
  uint16_t type;
  uint16_t covers;
  uint32_t ttl;
  // In the file: the tag of the first `rdatas` field; the others follow it.
  uint32_t rdatas_offset;
  uint32_t rdatas_size;  // octets from there to the end of the last one, tags and lengths included
  uint16_t rdata_count;
  uint16_t rdata_max;  // size of the largest RDATA, in octets
  // The RRSIG RRset that covers this one, or kNone.
  uint32_t signatures;
  // Index of the first of `rdata_count` targets: for each RDATA, the node that its name field leads to (NS, MX,
  // SRV, CNAME...), kNone where that is no node of this zone. kNone: the type has no targets.
  uint32_t first_target;
};
static_assert(sizeof(RRsetEntry) == 28);

// Of the chain of denial, in canonical order of the names.
struct ChainEntry {
  // Never less than that of the entry before (ChainKey()): what a search compares before it looks at names.
  uint32_t key;
  uint32_t node;
};
static_assert(sizeof(ChainEntry) == 8);

// Reads a T of the index; `at` was checked to be inside.
template <typename T>
T Load(const char* at) {
  T value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

}  // namespace strata::snapshot

#endif  // STRATA_ZONEC_SNAPSHOT_FORMAT_H_
