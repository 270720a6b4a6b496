// SPDX-License-Identifier: Apache-2.0
#include "zonec/snapshot/snapshot_builder.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "base/huge_pages.h"
#include "base/prefetch.h"
#include "base/status_macros.h"
#include "dns/big_endian.h"
#include "dns/name.h"
#include "dns/rdata.h"
#include "dns/rr_type.h"
#include "zonec/snapshot/canonical_rrset.h"
#include "zonec/snapshot/checksum.h"
#include "zonec/snapshot/denial_chain.h"
#include "zonec/snapshot/format.h"
#include "zonec/snapshot/octet_buffer.h"
#include "zonec/snapshot/protobuf_writer.h"
#include "zonec/snapshot/rr_targets.h"

namespace strata::snapshot {
namespace {

// Protobuf's limit for a message.
constexpr size_t kMaxFileSize = 0x7fffffff;

// Writes the file front to back, and fills the index's entries with the offsets that come of it.
class SnapshotWriter {
 public:
  SnapshotWriter(ZoneTree* tree, std::string* out) : tree_(*tree), zone_(tree->zone()), out_(*out) {}

  absl::Status Write() {
    STRATA_RETURN_IF_ERROR(CheckSoa());
    out_.reserve(LikelySize());
    base::AdviseHugePages(out_.data(), out_.capacity());
    WriteHeader();
    node_entries_.reserve(tree_.nodes().size());
    rrset_entries_.reserve(tree_.rrsets().size());
    for (uint32_t id = 0; id < tree_.nodes().size(); ++id) {
      PrefetchName(id);
      STRATA_RETURN_IF_ERROR(WriteNode(id));
      if (tree_.nodes()[id].rrset_count > 0) tree_.DropBefore(tree_.nodes()[id].first_rrset);
      if (out_.size() > kMaxFileSize) return TooLarge();
    }
    STRATA_RETURN_IF_ERROR(WriteIndex());
    Patch(identity_offset_, identity_.Digest());
    PatchNumber(record_count_offset_, record_count_);
    Sha256 checksum;
    checksum.Add(absl::string_view(out_).substr(kCoveredOffset));
    Patch(kChecksumOffset, checksum.Digest());
    return absl::OkStatus();
  }

 private:
  static absl::Status TooLarge() {
    return absl::ResourceExhaustedError("the snapshot would exceed protobuf's limit of 2 GiB; cut the zone in two");
  }

  absl::Status Invalid(const ZoneTree::RRset& rrset, absl::string_view what) const {
    return absl::InvalidArgumentError(absl::StrCat(dns::WireNameToText(tree_.nodes()[rrset.node].name), " ",
                                                   dns::TypeToText(rrset.type), ": ", what));
  }

  // So that a large file is not copied while it grows.
  size_t LikelySize() const {
    constexpr size_t kRecordFrame = 8, kRRsetFrame = 16, kNodeFrame = 8;
    size_t size = 4096 + tree_.nodes().size() * (kNodeFrame + sizeof(NodeEntry) + 4 * sizeof(Bucket)) +
                  tree_.rrsets().size() * (kRRsetFrame + sizeof(RRsetEntry));
    for (const ZoneTree::Node& node : tree_.nodes()) size += node.name.size();
    for (const ZoneRecord& record : tree_.records()) size += record.rdata_size + kRecordFrame;
    return std::min(size, kMaxFileSize);
  }

  void Patch(size_t at, absl::string_view octets) { out_.replace(at, octets.size(), octets.data(), octets.size()); }
  void PatchNumber(size_t at, uint64_t number) { Patch(at, {reinterpret_cast<const char*>(&number), sizeof number}); }

  // Names lie in the order of the text: one to come is fetched meanwhile.
  void PrefetchName(uint32_t id) const {
    constexpr uint32_t kAhead = 12;
    if (id + kAhead < tree_.nodes().size()) base::Prefetch(tree_.nodes()[id + kAhead].name.data());
  }

  // One SOA record, at the apex.
  absl::Status CheckSoa() {
    for (const ZoneTree::RRset& rrset : tree_.rrsets()) {
      if (rrset.type != dns::rr_type::kSOA) continue;
      if (rrset.node != 0) return Invalid(rrset, "an SOA record below the zone's apex");
      const absl::string_view rdata = tree_.records()[rrset.records[0]].rdata();
      if (!dns::IsValidRdata(rrset.type, rdata)) return Invalid(rrset, "malformed RDATA");
      serial_ = dns::ReadU32(rdata.substr(rdata.size() - 20));
      has_soa_ = true;
    }
    return has_soa_ ? absl::OkStatus() : absl::InvalidArgumentError("the zone has no SOA record at its apex");
  }

  void WriteHeader() {
    AppendFixed(1, kMagic, &out_);
    AppendFixed(2, kFormatVersion, &out_);
    const std::string zeros(kChecksumSize, '\0');
    AppendBytes(3, zeros, &out_);
    AppendBytes(4, zeros, &out_);
    identity_offset_ = out_.size() - zeros.size();
    AppendBytes(5, tree_.nodes()[0].name, &out_);
    AppendFixed(6, uint32_t{zone_.rr_class()}, &out_);
    AppendFixed(7, serial_, &out_);
    AppendFixed(8, uint64_t{0}, &out_);
    record_count_offset_ = out_.size() - sizeof(uint64_t);
    AppendFixed(9, uint64_t{0}, &out_);
    AppendFixed(10, uint64_t{0}, &out_);
    index_size_offset_ = out_.size() - sizeof(uint64_t);
  }

  // Of the RRset, into `entry`; its offsets are relative to the node's message until WriteNode() knows where that is.
  absl::Status AppendRRset(const ZoneTree::RRset& rrset, RRsetEntry* entry) {
    if (dns::IsMetaType(rrset.type)) return Invalid(rrset, "a meta type cannot stand in a zone");
    const uint32_t ttl = tree_.records()[rrset.records[0]].ttl;
    for (const uint32_t number : rrset.records) {
      tree_.PrefetchBehind(number);
      tree_.PrefetchTargetBehind(number);
      const ZoneRecord& record = tree_.records()[number];
      if (record.ttl != ttl) {
        return Invalid(rrset, absl::StrCat("TTLs ", ttl, " and ", record.ttl, " in one RRset (RFC 2181 §5.2)"));
      }
      if (!dns::IsValidRdata(rrset.type, record.rdata())) return Invalid(rrset, "malformed RDATA");
    }
    members_.Assign(rrset, tree_);
    const std::vector<CanonicalRRset::Member>& members = members_.members();
    if (rrset.type == dns::rr_type::kSOA && members.size() != 1) {
      return Invalid(rrset, "the zone has more than one SOA record");
    }
    if (members.size() > 65535) return Invalid(rrset, "more than 65535 records in one RRset");
    size_t rdatas_size = 0;
    for (const CanonicalRRset::Member& member : members) rdatas_size += BytesSize(member.rdata.size());
    const size_t numbers_size = NumberSize(rrset.type) + NumberSize(rrset.covers) + NumberSize(ttl);
    const size_t node_size = node_message_.size();
    char* const start = node_message_.Extend(BytesSize(numbers_size + rdatas_size));
    char* to = WriteSize(2, numbers_size + rdatas_size, start);
    to = WriteNumber(1, rrset.type, to);
    to = WriteNumber(2, rrset.covers, to);
    to = WriteNumber(3, ttl, to);
    const bool leads = TargetOffset(rrset.type).has_value();
    *entry = {.type = rrset.type,
              .covers = rrset.covers,
              .ttl = ttl,
              .rdatas_offset = static_cast<uint32_t>(node_size + (to - start)),
              .rdatas_size = static_cast<uint32_t>(rdatas_size),
              .rdata_count = static_cast<uint16_t>(members.size()),
              .rdata_max = 0,
              .signatures = kNone,
              .first_target = leads ? static_cast<uint32_t>(targets_.size()) : kNone};
    for (const CanonicalRRset::Member& member : members) {
      to = WriteBytes(4, member.rdata, to);
      entry->rdata_max = std::max(entry->rdata_max, static_cast<uint16_t>(member.rdata.size()));
      identity_.Add(tree_.nodes()[rrset.node].name, rrset.type, zone_.rr_class(), ttl, member.canonical);
      if (leads) targets_.push_back(member.target == kNone ? kNone : tree_.NodeOf(member.target));
    }
    record_count_ += members.size();
    return absl::OkStatus();
  }

  absl::Status WriteNode(uint32_t id) {
    const ZoneTree::Node& node = tree_.nodes()[id];
    if (node.rrset_count > 65535)
      return Invalid(tree_.rrsets()[node.first_rrset], "more than 65535 RRsets at one name");
    node_message_.clear();
    WriteBytes(1, node.name, node_message_.Extend(BytesSize(node.name.size())));
    uint8_t flags = node.dname_above == kNone ? 0 : kBelowDname;
    uint32_t nsec3_count = 0;  // RRsets of NSEC3 and of their signatures
    for (uint32_t i = node.first_rrset; i < node.first_rrset + node.rrset_count; ++i) {
      const ZoneTree::RRset& rrset = tree_.rrsets()[i];
      STRATA_RETURN_IF_ERROR(AppendRRset(rrset, &rrset_entries_.emplace_back()));
      if (IsDenialType(rrset.type)) STRATA_RETURN_IF_ERROR(AddToChain(rrset));
      if (rrset.type == dns::rr_type::kNSEC3 || rrset.covers == dns::rr_type::kNSEC3) ++nsec3_count;
      if (rrset.type == dns::rr_type::kCNAME) flags |= kHasCname;
      if (rrset.type == dns::rr_type::kDNAME) flags |= kHasDname;
    }
    if (nsec3_count != 0 && nsec3_count == node.rrset_count && !HasChildren(id)) flags |= kHashOnly;
    LinkSignatures(node);
    AppendTag(16, 2, &out_);
    AppendVarint(node_message_.size(), &out_);
    const auto start = static_cast<uint32_t>(out_.size());
    for (uint32_t i = 0; i < node.rrset_count; ++i) rrset_entries_[node.first_rrset + i].rdatas_offset += start;
    // A name's field is its tag and a size of one or two octets.
    const auto name_offset = static_cast<uint32_t>(start + 1 + VarintSize(node.name.size()));
    node_entries_.push_back({name_offset, node.parent, node.cut, node.wildcard, node.first_rrset,
                             static_cast<uint16_t>(node.rrset_count), static_cast<uint8_t>(node.name.size()), flags});
    out_.append(node_message_.view().data(), node_message_.size());
    return absl::OkStatus();
  }

  // Of the RRset whose members_ are there.
  absl::Status AddToChain(const ZoneTree::RRset& rrset) {
    const ZoneTree::Node& node = tree_.nodes()[rrset.node];
    const std::vector<CanonicalRRset::Member>& members = members_.members();
    if (rrset.type == dns::rr_type::kNSEC3PARAM && rrset.node == 0) {
      for (const CanonicalRRset::Member& member : members) chain_.AddNsec3Param(member.rdata);
      if (chain_.parameters().iterations > kMaxNsec3Iterations) {
        return Invalid(rrset, absl::StrCat("more than ", kMaxNsec3Iterations, " iterations (RFC 5155 §10.3)"));
      }
    }
    if (rrset.type == dns::rr_type::kNSEC) {
      if (rrset.node == 0) chain_.AddApexNsec();
      // Those of other zones, below a cut, deny nothing here.
      const bool ours = (node.cut == kNone || node.cut == rrset.node) && node.dname_above == kNone;
      if (ours) nsec_entries_.push_back(EntryOf(rrset.node, Denial::kNsec));
    }
    if (rrset.type == dns::rr_type::kNSEC3 && node.cut == kNone && node.parent == 0 && HasHashedForm(node.name) &&
        chain_.kind() == Denial::kNsec3 &&
        std::any_of(members.begin(), members.end(), [&](const auto& member) { return chain_.Holds(member.rdata); })) {
      nsec3_entries_.push_back(EntryOf(rrset.node, Denial::kNsec3));
    }
    return absl::OkStatus();
  }

  ChainEntry EntryOf(uint32_t id, Denial kind) const {
    return {ChainKey(kind, tree_.nodes()[id].name, tree_.nodes()[0].name.size()), id};
  }

  bool HasChildren(uint32_t id) const {
    return id + 1 < tree_.nodes().size() && tree_.nodes()[id + 1].parent == id;  // they come right behind
  }

  void LinkSignatures(const ZoneTree::Node& node) {
    const uint32_t end = node.first_rrset + node.rrset_count;
    for (uint32_t i = node.first_rrset; i < end; ++i) {
      if (rrset_entries_[i].type != dns::rr_type::kRRSIG) continue;
      for (uint32_t j = node.first_rrset; j < end; ++j) {
        RRsetEntry& covered = rrset_entries_[j];
        if (covered.type == rrset_entries_[i].covers && covered.type != dns::rr_type::kRRSIG) covered.signatures = i;
      }
    }
  }

  void AppendEmptyBuckets(size_t count) {
    constexpr size_t kPiece = 512;
    constexpr Bucket kEmpty{0, kNone};
    std::string piece;
    for (size_t i = 0; i < std::min(count, kPiece); ++i) {
      piece.append(reinterpret_cast<const char*>(&kEmpty), sizeof kEmpty);
    }
    for (size_t i = 0; i < count; i += kPiece) out_.append(piece);  // both are powers of two
  }

  void AppendBuckets(size_t count) {
    const size_t start = out_.size();
    AppendEmptyBuckets(count);
    char* const buckets = out_.data() + start;
    const auto id_in_zone = [&](uint32_t id) { return tree_.nodes()[id].id; };
    for (uint32_t id = 0; id < tree_.nodes().size(); ++id) {
      // Neither hashes nor buckets come in the order of the nodes: those to come are fetched meanwhile.
      constexpr uint32_t kAhead = 12;
      if (id + 2 * kAhead < tree_.nodes().size()) zone_.names().Prefetch(id_in_zone(id + 2 * kAhead));
      if (id + kAhead < tree_.nodes().size()) {
        base::Prefetch(buckets + (zone_.names().hash(id_in_zone(id + kAhead)) & (count - 1)) * sizeof(Bucket));
      }
      const uint64_t hash = zone_.names().hash(id_in_zone(id));
      size_t at = hash & (count - 1);
      while (Load<Bucket>(buckets + at * sizeof(Bucket)).node != kNone) at = (at + 1) & (count - 1);
      const Bucket bucket{static_cast<uint32_t>(hash >> 32), id};
      std::memcpy(buckets + at * sizeof bucket, &bucket, sizeof bucket);
    }
  }

  absl::Status WriteIndex() {
    IndexHeader header{};
    // At most half full, so that a search for a name that is not there ends soon.
    header.bucket_count = static_cast<uint32_t>(std::bit_ceil(tree_.nodes().size() * 2));
    header.node_count = static_cast<uint32_t>(node_entries_.size());
    header.rrset_count = static_cast<uint32_t>(rrset_entries_.size());
    header.target_count = static_cast<uint32_t>(targets_.size());
    const size_t nodes_offset = sizeof header + header.bucket_count * sizeof(Bucket);
    const size_t rrsets_offset = nodes_offset + node_entries_.size() * sizeof(NodeEntry);
    const size_t targets_offset = rrsets_offset + rrset_entries_.size() * sizeof(RRsetEntry);
    base::HugePageVector<ChainEntry>& chain = chain_.kind() == Denial::kNsec3 ? nsec3_entries_ : nsec_entries_;
    if (chain_.kind() == Denial::kNone) chain.clear();
    const size_t denial_offset = targets_offset + targets_.size() * sizeof(uint32_t);
    const size_t size = denial_offset + chain.size() * sizeof(ChainEntry);
    if (out_.size() + kIndexAlignment + size > kMaxFileSize) return TooLarge();
    header.buckets_offset = sizeof header;
    header.nodes_offset = static_cast<uint32_t>(nodes_offset);
    header.rrsets_offset = static_cast<uint32_t>(rrsets_offset);
    header.targets_offset = static_cast<uint32_t>(targets_offset);
    header.denial = chain_.kind();
    header.denial_count = static_cast<uint32_t>(chain.size());
    header.denial_offset = chain.empty() ? 0 : static_cast<uint32_t>(denial_offset);
    header.nsec3param = chain_.parameters_number();
    WritePaddingFor(size);
    PatchNumber(index_size_offset_ - 1 - sizeof(uint64_t), out_.size());
    PatchNumber(index_size_offset_, size);
    out_.append(reinterpret_cast<const char*>(&header), sizeof header);
    AppendBuckets(header.bucket_count);
    MoveTable(std::exchange(node_entries_, {}));
    MoveTable(std::exchange(rrset_entries_, {}));
    MoveTable(std::exchange(targets_, {}));
    MoveTable(std::move(chain));
    return absl::OkStatus();
  }

  // Large zones' tables are large: what is written takes no more memory.
  template <typename T>
  void MoveTable(base::HugePageVector<T> table) {
    constexpr size_t kPiece = size_t{4} << 20;
    char* const octets = reinterpret_cast<char*>(table.data());
    const size_t size = table.size() * sizeof(T);
    for (size_t at = 0; at < size; at += kPiece) {
      const size_t piece = std::min(kPiece, size - at);
      out_.append(octets + at, piece);
      base::ReleasePages(octets + at, piece);
    }
  }

  void WritePaddingFor(size_t index_size) {
    // Both fields have tags of two octets; the padding's size takes one.
    const size_t unpadded = out_.size() + 3 + 2 + VarintSize(index_size);
    const size_t padding = (kIndexAlignment - unpadded % kIndexAlignment) % kIndexAlignment;
    AppendBytes(17, std::string(padding, '\0'), &out_);
    AppendTag(18, 2, &out_);
    AppendVarint(index_size, &out_);
  }

  ZoneTree& tree_;
  const Zone& zone_;
  std::string& out_;
  IdentityHash identity_;
  CanonicalRRset members_;
  OctetBuffer node_message_;  // being made
  bool has_soa_ = false;
  uint32_t serial_ = 0;
  uint64_t record_count_ = 0;
  // Of header fields that are filled in at the end.
  size_t identity_offset_ = 0;
  size_t record_count_offset_ = 0;
  size_t index_size_offset_ = 0;
  base::HugePageVector<NodeEntry> node_entries_;
  base::HugePageVector<RRsetEntry> rrset_entries_;
  base::HugePageVector<uint32_t> targets_;
  DenialChain chain_;
  base::HugePageVector<ChainEntry> nsec_entries_, nsec3_entries_;
};

}  // namespace

absl::StatusOr<std::string> BuildSnapshot(ZoneTree tree) {
  std::string out;
  STRATA_RETURN_IF_ERROR(SnapshotWriter(&tree, &out).Write());
  return out;
}

}  // namespace strata::snapshot
