// Any octets are refused or read, never more: without Verify() too, since that is what protects who maps a file that
// changes. The checksum is made right first, so that the checks behind it are reached.
//
// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>

#include "dns/lookup_name.h"
#include "zonec/snapshot/checksum.h"
#include "zonec/snapshot/format.h"
#include "zonec/snapshot/snapshot_reader.h"

namespace strata::snapshot {
namespace {

void Require(bool holds) {
  if (!holds) std::abort();
}

// Damaged entries can name the same RRsets again and again.
constexpr size_t kMaxSteps = 5000;

size_t Touch(absl::string_view bytes) {
  size_t sum = 1;
  for (const char c : bytes) sum += static_cast<uint8_t>(c);
  return sum;
}

// Reads everything that can be reached. What was verified must also agree with itself.
void Walk(const SnapshotReader& reader, bool verified) {
  size_t steps = 0;
  size_t octets = Touch(reader.origin()) + Touch(reader.identity()) + Touch(reader.checksum());
  uint64_t records = 0;
  for (NodeId id = 0; id < reader.node_count(); ++id) {
    const NodeEntry node = reader.node(id);
    octets += Touch(reader.NodeName(node));
    if (verified) Require(reader.Find(dns::LookupName(reader.NodeName(node))) == id);
    for (uint32_t i = 0; i < node.rrset_count && steps < kMaxSteps; ++i) {
      const RRsetView rrset = reader.RRset(node.first_rrset + i);
      int count = 0;
      for (RdataCursor rdata(rrset); rdata.Next(); ++count, ++steps) {
        octets += Touch(rdata.value());
        const NodeId target = reader.Target(rrset, count);
        Require(target == kNone || target < reader.node_count());
      }
      ++steps;
      records += count;
      Touch(reader.RRset(rrset.signatures).rdatas);
      if (verified) Require(count == rrset.rdata_count);
    }
    for (const uint16_t type : {1, 6, 46, 65535}) {
      const std::optional<RRsetView> found = reader.FindRRset(node, type);
      if (found) Require(!verified || found->type == type);
      if (found) octets += Touch(found->rdatas);
    }
    // Links are to be checked by who follows them, unless the file was verified.
    for (const NodeId link : {node.parent, node.cut, node.wildcard}) {
      Require(!verified || link == kNone || link < reader.node_count());
    }
  }
  if (verified && steps < kMaxSteps) Require(records == reader.record_count());
  (void)reader.Find(dns::LookupName());
  Require(octets > 0);
}

}  // namespace

void Try(std::string file) {
  const absl::StatusOr<SnapshotReader> reader = SnapshotReader::Open(file);
  if (!reader.ok()) return;
  Walk(*reader, /*verified=*/false);
  Sha256 checksum;
  checksum.Add(absl::string_view(file).substr(kCoveredOffset));
  const std::string right = checksum.Digest();
  const bool is_right = reader->checksum() == right;
  Require(is_right || !reader->Verify().ok());
  file.replace(kChecksumOffset, kChecksumSize, right);
  const absl::StatusOr<SnapshotReader> repaired = SnapshotReader::Open(file);
  Require(repaired.ok());
  if (repaired->Verify().ok()) Walk(*repaired, /*verified=*/true);
}

}  // namespace strata::snapshot

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  strata::snapshot::Try(std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}
