// Any octets are refused or read, never more. Tried twice: as they are, and with the checksum made right, so that the
// checks behind it are reached.
//
// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
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

// Reads everything that can be reached. What was verified must also agree with itself.
void Walk(const SnapshotReader& reader, bool verified) {
  size_t octets = 0;
  uint64_t records = 0;
  for (NodeId id = 0; id < reader.node_count(); ++id) {
    const NodeEntry node = reader.node(id);
    for (char c : reader.NodeName(node)) octets += static_cast<uint8_t>(c);
    if (verified) Require(reader.Find(dns::LookupName(reader.NodeName(node))) == id);
    for (uint32_t i = 0; i < node.rrset_count && octets < 1'000'000; ++i) {
      const RRsetView rrset = reader.RRset(node.first_rrset + i);
      int count = 0;
      for (RdataCursor rdata(rrset); rdata.Next(); ++count) {
        for (char c : rdata.value()) octets += static_cast<uint8_t>(c);
        const NodeId target = reader.Target(rrset, count);
        Require(target == kNone || target < reader.node_count());
      }
      records += count;
      if (verified) Require(count == rrset.rdata_count);
    }
    (void)reader.FindRRset(node, 1);
  }
  if (verified && octets < 1'000'000) Require(records == reader.record_count());
  (void)reader.Find(dns::LookupName());
}

void Try(const std::string& file) {
  const absl::StatusOr<SnapshotReader> reader = SnapshotReader::Open(file);
  if (reader.ok()) Walk(*reader, reader->Verify().ok());
}

}  // namespace

void TryBoth(std::string file) {
  Try(file);
  if (file.size() < kCoveredOffset) return;
  Sha256 checksum;
  checksum.Add(absl::string_view(file).substr(kCoveredOffset));
  file.replace(kChecksumOffset, kChecksumSize, checksum.Digest());
  Try(file);
}

}  // namespace strata::snapshot

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  strata::snapshot::TryBoth(std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}
