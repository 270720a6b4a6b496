// The full check of a snapshot, made once when a file arrives.
//
// SPDX-License-Identifier: Apache-2.0
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "dns/name.h"
#include "dns/rdata.h"
#include "dns/rr_type.h"
#include "zonec/snapshot/checksum.h"
#include "zonec/snapshot/snapshot_reader.h"

namespace strata::snapshot {
namespace {

absl::Status Broken(absl::string_view what) {
  return absl::DataLossError(absl::StrCat("the snapshot is damaged (", what, "); compile or copy it again"));
}

// Checks one node after the other, in order.
class StructureCheck {
 public:
  explicit StructureCheck(const SnapshotReader& reader) : reader_(reader) {}

  absl::Status Run() {
    for (NodeId id = 0; id < reader_.node_count(); ++id) {
      STRATA_RETURN_IF_ERROR(CheckNode(id));
    }
    if (records_ != reader_.record_count()) return Broken("its record count");
    if (identity_.Digest() != reader_.identity()) return Broken("its identity");
    return absl::OkStatus();
  }

 private:
  absl::Status CheckNode(NodeId id) {
    const NodeEntry node = reader_.node(id);
    const absl::string_view name = reader_.NodeName(node);
    if (name.empty() || dns::WireNameSize(name) != name.size()) return Broken("a name");
    const dns::LookupName lookup(name);
    if (lookup.wire() != name) return Broken("a name that is not in lower case");
    if (id == 0 ? name != reader_.origin() : dns::CompareCanonical(previous_, name) >= 0)
      return Broken("the order of its names");
    if (reader_.Find(lookup) != id) return Broken("its hash table");
    STRATA_RETURN_IF_ERROR(CheckLinks(id, node, lookup));
    previous_ = name;
    return CheckRRsets(node, name);
  }

  absl::Status CheckLinks(NodeId id, const NodeEntry& node, const dns::LookupName& name) {
    if (id == 0) return node.parent == kNone && node.cut == kNone ? absl::OkStatus() : Broken("its apex");
    if (node.parent >= id || reader_.Find(name, 1) != node.parent) return Broken("a link to a parent");
    const NodeEntry parent = reader_.node(node.parent);
    const NodeId own_cut = reader_.FindRRset(node, dns::rr_type::kNS).has_value() ? id : kNone;
    if (node.cut != (parent.cut != kNone ? parent.cut : own_cut)) return Broken("a link to a zone cut");
    const bool is_wildcard = name.wire().substr(0, 2) == absl::string_view("\1*", 2);
    if (is_wildcard && parent.wildcard != id) return Broken("a link to a wildcard");
    return absl::OkStatus();
  }

  absl::Status CheckRRsets(const NodeEntry& node, absl::string_view name) {
    if (node.wildcard != kNone && node.wildcard >= reader_.node_count()) return Broken("a link to a wildcard");
    if (node.first_rrset != next_rrset_) return Broken("the order of its RRsets");
    uint32_t last_key = 0;
    uint8_t flags = 0;
    for (uint32_t i = 0; i < node.rrset_count; ++i, ++next_rrset_) {
      const RRsetView rrset = reader_.RRset(next_rrset_);
      const uint32_t key = uint32_t{rrset.type} << 16 | rrset.covers;
      if (key <= last_key) return Broken("the order of an RRset");
      last_key = key;
      if (rrset.type == dns::rr_type::kCNAME) flags |= kHasCname;
      if (rrset.type == dns::rr_type::kDNAME) flags |= kHasDname;
      STRATA_RETURN_IF_ERROR(CheckRdata(rrset, name));
    }
    if ((node.flags & (kHasCname | kHasDname)) != flags) return Broken("the flags of a name");
    return absl::OkStatus();
  }

  absl::Status CheckRdata(const RRsetView& rrset, absl::string_view name) {
    int count = 0;
    size_t used = 0;
    for (RdataCursor rdata(rrset); rdata.Next(); ++count) {
      used = rdata.value().data() + rdata.value().size() - rrset.rdatas.data();
      if (!dns::IsValidRdata(rrset.type, rdata.value())) return Broken("the RDATA of a record");
      identity_.Add(name, rrset.type, reader_.rr_class(), rrset.ttl, dns::CanonicalRdata(rrset.type, rdata.value()));
    }
    if (count == 0 || count != rrset.rdata_count || used != rrset.rdatas.size()) return Broken("the size of an RRset");
    records_ += count;
    return absl::OkStatus();
  }

  const SnapshotReader& reader_;
  absl::string_view previous_;
  uint32_t next_rrset_ = 0;
  uint64_t records_ = 0;
  IdentityHash identity_;
};

}  // namespace

absl::Status SnapshotReader::Verify() const {
  Sha256 checksum;
  checksum.Add(file_.substr(kCoveredOffset));
  if (checksum.Digest() != checksum_) return Broken("its checksum does not match");
  return StructureCheck(*this).Run();
}

}  // namespace strata::snapshot
