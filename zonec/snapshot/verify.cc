// The full check of a snapshot, made once when a file arrives.
//
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <optional>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "dns/header.h"
#include "dns/lookup_name.h"
#include "dns/name.h"
#include "dns/rdata.h"
#include "dns/rr_type.h"
#include "zonec/snapshot/checksum.h"
#include "zonec/snapshot/denial_chain.h"
#include "zonec/snapshot/rr_targets.h"
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
    STRATA_RETURN_IF_ERROR(CheckSoa());
    for (NodeId id = 0; id < reader_.node_count(); ++id) {
      STRATA_RETURN_IF_ERROR(CheckNode(id));
    }
    if (reader_.RRset(next_rrset_).rdata_count != 0) return Broken("RRsets of no name");
    if (chain_position_ != reader_.chain_size() || reader_.denial() != chain_.kind()) return Broken("its denial chain");
    if (records_ != reader_.record_count()) return Broken("its record count");
    if (identity_.Digest() != reader_.identity()) return Broken("its identity");
    return absl::OkStatus();
  }

 private:
  // Negative answers and the serial that is told depend on it.
  absl::Status CheckSoa() {
    const std::optional<RRsetView> soa = reader_.FindRRset(reader_.node(0), dns::rr_type::kSOA);
    if (!soa.has_value() || soa->rdata_count != 1) return Broken("its SOA record");
    RdataCursor rdata(*soa);
    if (!rdata.Next() || !dns::IsValidRdata(soa->type, rdata.value())) return Broken("its SOA record");
    const absl::string_view numbers = rdata.value().substr(rdata.value().size() - 20);
    const uint32_t serial = uint32_t{dns::GetU16(numbers, 0)} << 16 | dns::GetU16(numbers, 2);
    return serial == reader_.serial() ? absl::OkStatus() : Broken("its serial");
  }

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
    return CheckRRsets(id, node, name);
  }

  absl::Status CheckLinks(NodeId id, const NodeEntry& node, const dns::LookupName& name) {
    if (id == 0) {
      const bool sound = node.parent == kNone && node.cut == kNone && (node.flags & kBelowDname) == 0;
      return sound ? absl::OkStatus() : Broken("its apex");
    }
    if (node.parent >= id || reader_.Find(name, 1) != node.parent) return Broken("a link to a parent");
    const NodeEntry parent = reader_.node(node.parent);
    const NodeId own_cut = reader_.FindRRset(node, dns::rr_type::kNS).has_value() ? id : kNone;
    if (node.cut != (parent.cut != kNone ? parent.cut : own_cut)) return Broken("a link to a zone cut");
    const bool is_wildcard = name.wire().substr(0, 2) == absl::string_view("\1*", 2);
    if (is_wildcard != (parent.wildcard == id)) return Broken("a link to a wildcard");
    const bool below_dname = (parent.flags & (kHasDname | kBelowDname)) != 0;
    if (below_dname != ((node.flags & kBelowDname) != 0)) return Broken("the flags of a name");
    return absl::OkStatus();
  }

  absl::Status CheckRRsets(NodeId id, const NodeEntry& node, absl::string_view name) {
    // What it leads to is checked there.
    if (node.wildcard != kNone && (node.wildcard >= reader_.node_count() || reader_.node(node.wildcard).parent != id)) {
      return Broken("a link to a wildcard");
    }
    if (node.first_rrset != next_rrset_) return Broken("the order of its RRsets");
    uint32_t last_key = 0;
    uint8_t flags = 0;
    for (uint32_t i = 0; i < node.rrset_count; ++i, ++next_rrset_) {
      const RRsetView rrset = reader_.RRset(next_rrset_);
      const uint32_t key = uint32_t{rrset.type} << 16 | rrset.covers;
      if (key <= last_key || dns::IsMetaType(rrset.type)) return Broken("the order of an RRset");
      last_key = key;
      if (rrset.type == dns::rr_type::kCNAME) flags |= kHasCname;
      if (rrset.type == dns::rr_type::kDNAME) flags |= kHasDname;
      if (IsDenialType(rrset.type) && !CheckChain(id, node, rrset)) return Broken("its denial chain");
      STRATA_RETURN_IF_ERROR(CheckSignatures(node, rrset));
      STRATA_RETURN_IF_ERROR(CheckRdata(rrset, name));
    }
    if (IsHashOnly(id, node)) flags |= kHashOnly;
    if ((node.flags & (kHasCname | kHasDname | kHashOnly)) != flags) return Broken("the flags of a name");
    return absl::OkStatus();
  }

  // Whether the chain has the node next if it should. The apex, which says which chain, comes first.
  bool CheckChain(NodeId id, const NodeEntry& node, const RRsetView& rrset) {
    bool holds = false;
    for (RdataCursor rdata(rrset); rdata.Next();) {
      if (rrset.type == dns::rr_type::kNSEC3PARAM && id == 0) chain_.AddNsec3Param(rdata.value());
      holds = holds || (rrset.type == dns::rr_type::kNSEC3 && chain_.Holds(rdata.value()));
    }
    if (rrset.type == dns::rr_type::kNSEC && id == 0) chain_.AddApexNsec();
    bool member = false;
    if (rrset.type == dns::rr_type::kNSEC && reader_.denial() == Denial::kNsec) {
      member = (node.cut == kNone || node.cut == id) && (node.flags & kBelowDname) == 0;
    } else if (rrset.type == dns::rr_type::kNSEC3 && reader_.denial() == Denial::kNsec3) {
      member = node.cut == kNone && node.parent == 0 && HasHashedForm(reader_.NodeName(node)) && holds;
    }
    if (!member) return true;
    if (chain_position_ == reader_.chain_size()) return false;
    const ChainEntry entry = reader_.Chain(chain_position_++);
    return entry.node == id && entry.key == ChainKey(reader_.denial(), reader_.NodeName(node), reader_.origin().size());
  }

  bool IsHashOnly(NodeId id, const NodeEntry& node) const {
    if (node.parent == kNone || (id + 1 < reader_.node_count() && reader_.node(id + 1).parent == id)) return false;
    for (uint32_t i = 0; i < node.rrset_count; ++i) {
      const RRsetView rrset = reader_.RRset(node.first_rrset + i);
      if (rrset.type != dns::rr_type::kNSEC3 && rrset.covers != dns::rr_type::kNSEC3) return false;
    }
    return node.rrset_count > 0;
  }

  absl::Status CheckSignatures(const NodeEntry& node, const RRsetView& rrset) {
    uint32_t expected = kNone;
    for (uint32_t i = 0; i < node.rrset_count && rrset.type != dns::rr_type::kRRSIG; ++i) {
      const RRsetView other = reader_.RRset(node.first_rrset + i);
      if (other.type == dns::rr_type::kRRSIG && other.covers == rrset.type) expected = node.first_rrset + i;
    }
    return rrset.signatures == expected ? absl::OkStatus() : Broken("a link to signatures");
  }

  // The node that an RDATA leads to.
  NodeId TargetOf(uint16_t type, absl::string_view rdata) {
    const std::optional<int> offset = TargetOffset(type);
    if (!offset.has_value()) return kNone;
    rdata.remove_prefix(*offset);
    target_.Assign(rdata.substr(0, dns::WireNameSize(rdata)));
    return reader_.Find(target_);
  }

  absl::Status CheckRdata(const RRsetView& rrset, absl::string_view name) {
    int count = 0;
    size_t used = 0;
    size_t largest = 0;
    if (TargetOffset(rrset.type).has_value() != (rrset.first_target != kNone)) return Broken("a link to a target");
    for (RdataCursor rdata(rrset); rdata.Next(); ++count) {
      used = rdata.value().data() + rdata.value().size() - rrset.rdatas.data();
      if (!dns::IsValidRdata(rrset.type, rdata.value())) return Broken("the RDATA of a record");
      if (rrset.type == dns::rr_type::kRRSIG && dns::GetU16(rdata.value(), 0) != rrset.covers) {
        return Broken("the type that a signature covers");
      }
      if (reader_.Target(rrset, count) != TargetOf(rrset.type, rdata.value())) return Broken("a link to a target");
      largest = std::max(largest, rdata.value().size());
      identity_.Add(name, rrset.type, reader_.rr_class(), rrset.ttl, dns::CanonicalRdata(rrset.type, rdata.value()));
    }
    if (count == 0 || count != rrset.rdata_count || used != rrset.rdatas.size() || largest != rrset.rdata_max) {
      return Broken("the size of an RRset");
    }
    records_ += count;
    return absl::OkStatus();
  }

  const SnapshotReader& reader_;
  absl::string_view previous_;
  dns::LookupName target_;
  uint32_t next_rrset_ = 0;
  uint64_t records_ = 0;
  DenialChain chain_;
  uint32_t chain_position_ = 0;
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
