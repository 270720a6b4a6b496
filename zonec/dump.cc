// SPDX-License-Identifier: Apache-2.0
#include "zonec/dump.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "base/json_text.h"
#include "dns/name.h"
#include "dns/rdata_text.h"
#include "dns/record.h"
#include "dns/rr_type.h"

namespace strata::zonec {
namespace {

using snapshot::NodeEntry;
using snapshot::RdataCursor;
using snapshot::RRsetView;
using snapshot::SnapshotReader;

// Pieces of about this size go to the sink.
constexpr size_t kPieceSize = 1 << 16;

// Calls `visit(record)` for each record of the snapshot in the order of the dump, until it returns false.
bool ForEachRecord(const SnapshotReader& snapshot, absl::FunctionRef<bool(const dns::Record&)> visit) {
  dns::Record record;
  record.rr_class = snapshot.rr_class();
  const auto visit_rrset = [&](const RRsetView& rrset) {
    record.type = rrset.type;
    record.ttl = rrset.ttl;
    for (RdataCursor rdata(rrset); rdata.Next();) {
      record.rdata = std::string(rdata.value());
      if (!visit(record)) return false;
    }
    return true;
  };
  for (snapshot::NodeId id = 0; id < snapshot.node_count(); ++id) {
    const NodeEntry node = snapshot.node(id);
    absl::StatusOr<dns::Name> owner = dns::Name::FromWire(snapshot.NodeName(node));
    if (!owner.ok()) return false;
    record.owner = *std::move(owner);
    const bool apex = id == 0;
    if (apex) {
      const std::optional<RRsetView> soa = snapshot.FindRRset(node, dns::rr_type::kSOA);
      if (soa && !visit_rrset(*soa)) return false;
    }
    for (uint32_t i = node.first_rrset; i < node.first_rrset + node.rrset_count; ++i) {
      const RRsetView rrset = snapshot.RRset(i);
      if (!(apex && rrset.type == dns::rr_type::kSOA) && !visit_rrset(rrset)) return false;
    }
  }
  return true;
}

std::string JsonHead(const SnapshotReader& snapshot) {
  std::string out = "{\"origin\":";
  base::AppendJsonString(dns::WireNameToText(snapshot.origin()), &out);
  absl::StrAppend(&out, ",\"class\":\"", dns::ClassToText(snapshot.rr_class()), "\",\"serial\":", snapshot.serial(),
                  ",\"identity\":\"", absl::BytesToHexString(snapshot.identity()), "\",\"records\":[");
  return out;
}

}  // namespace

void AppendRecordJson(const dns::Record& record, std::string* out) {
  out->append("{\"owner\":");
  base::AppendJsonString(record.owner.ToText(), out);
  absl::StrAppend(out, ",\"ttl\":", record.ttl, ",\"type\":\"", dns::TypeToText(record.type), "\",\"rdata\":");
  std::string rdata;
  dns::AppendRdataText(record.type, record.rdata, &rdata);
  base::AppendJsonString(rdata, out);
  out->push_back('}');
}

void DumpMasterFile(const SnapshotReader& snapshot, DumpSink sink) {
  std::string piece;
  const bool all = ForEachRecord(snapshot, [&](const dns::Record& record) {
    absl::StrAppend(&piece, dns::RecordToText(record), "\n");
    if (piece.size() < kPieceSize) return true;
    const bool go_on = sink(piece);
    piece.clear();
    return go_on;
  });
  if (all) sink(piece);
}

void DumpJson(const SnapshotReader& snapshot, DumpSink sink) {
  std::string piece = JsonHead(snapshot);
  absl::string_view separator = "\n";
  const bool all = ForEachRecord(snapshot, [&](const dns::Record& record) {
    piece.append(separator.data(), separator.size());
    separator = ",\n";
    AppendRecordJson(record, &piece);
    if (piece.size() < kPieceSize) return true;
    const bool go_on = sink(piece);
    piece.clear();
    return go_on;
  });
  if (all) sink(absl::StrCat(piece, "\n]}\n"));
}

}  // namespace strata::zonec
