// SPDX-License-Identifier: Apache-2.0
#include "zonec/snapshot/snapshot_builder.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "dns/lookup_name.h"
#include "zonec/snapshot/checksum.h"
#include "zonec/snapshot/format.h"
#include "zonec/snapshot/rr_targets.h"
#include "zonec/snapshot/zone_tree.h"

namespace strata::snapshot {
namespace {

// Protobuf's limit for a message.
constexpr size_t kMaxFileSize = 0x7fffffff;

template <typename T>
void AppendValue(const T& value, std::string* out) {
  out->append(reinterpret_cast<const char*>(&value), sizeof value);
}

// The pieces of protobuf's encoding that a snapshot is made of.

void AppendVarint(uint64_t value, std::string* out) {
  for (; value >= 0x80; value >>= 7) out->push_back(static_cast<char>(value | 0x80));
  out->push_back(static_cast<char>(value));
}

size_t VarintSize(uint64_t value) { return (std::bit_width(value | 1) + 6) / 7; }

void AppendTag(uint32_t field, uint32_t wire_type, std::string* out) { AppendVarint(field << 3 | wire_type, out); }

template <typename T>  // uint32_t or uint64_t
void AppendFixed(uint32_t field, T value, std::string* out) {
  AppendTag(field, sizeof value == 8 ? 1 : 5, out);
  AppendValue(value, out);
}

void AppendBytes(uint32_t field, absl::string_view bytes, std::string* out) {
  AppendTag(field, 2, out);
  AppendVarint(bytes.size(), out);
  out->append(bytes.data(), bytes.size());
}

// proto3 leaves zeros out.
void AppendNumber(uint32_t field, uint32_t value, std::string* out) {
  if (value == 0) return;
  AppendTag(field, 0, out);
  AppendVarint(value, out);
}

// Writes the file front to back, and fills the index's entries with the offsets that come of it.
class SnapshotWriter {
 public:
  SnapshotWriter(const ZoneTree& tree, std::string* out) : tree_(tree), out_(*out) {}

  absl::Status Write() {
    WriteHeader();
    for (const TreeNode& node : tree_.nodes) {
      WriteNode(node);
      if (out_.size() > kMaxFileSize) return TooLarge();
    }
    const std::string index = Index();
    WritePaddingFor(index.size());
    const size_t index_offset = out_.size();
    if (index_offset + index.size() > kMaxFileSize) return TooLarge();
    out_ += index;
    Patch(index_fields_ + 1, static_cast<uint64_t>(index_offset));
    Patch(index_fields_ + 10, static_cast<uint64_t>(index.size()));
    Sha256 checksum;
    checksum.Add(absl::string_view(out_).substr(kCoveredOffset));
    out_.replace(kChecksumOffset, kChecksumSize, checksum.Digest());
    return absl::OkStatus();
  }

 private:
  static absl::Status TooLarge() {
    return absl::ResourceExhaustedError("the snapshot would exceed protobuf's limit of 2 GiB; cut the zone in two");
  }

  template <typename T>
  void Patch(size_t at, T value) {
    std::memcpy(&out_[at], &value, sizeof value);
  }

  std::string Identity() const {
    IdentityHash identity;
    for (const TreeNode& node : tree_.nodes) {
      for (uint32_t i = node.first_rrset; i < node.first_rrset + node.rrset_count; ++i) {
        const TreeRRset& rrset = tree_.rrsets[i];
        for (const std::string& rdata : rrset.canonical_rdatas) {
          identity.Add(node.name, rrset.type, tree_.rr_class, rrset.ttl, rdata);
        }
      }
    }
    return identity.Digest();
  }

  void WriteHeader() {
    AppendFixed(1, kMagic, &out_);
    AppendFixed(2, kFormatVersion, &out_);
    AppendBytes(3, std::string(kChecksumSize, '\0'), &out_);
    AppendBytes(4, Identity(), &out_);
    AppendBytes(5, tree_.nodes[0].name, &out_);
    AppendFixed(6, uint32_t{tree_.rr_class}, &out_);
    AppendFixed(7, tree_.serial, &out_);
    AppendFixed(8, tree_.record_count, &out_);
    index_fields_ = out_.size();
    AppendFixed(9, uint64_t{0}, &out_);
    AppendFixed(10, uint64_t{0}, &out_);
  }

  // The RRset as a message; its offsets are relative to it until WriteNode() knows where it stands.
  std::string RRsetMessage(const TreeRRset& rrset, RRsetEntry* entry) const {
    std::string message;
    AppendNumber(1, rrset.type, &message);
    AppendNumber(2, rrset.covers, &message);
    AppendNumber(3, rrset.ttl, &message);
    *entry = {rrset.type, rrset.covers,
              rrset.ttl,  static_cast<uint32_t>(message.size()),
              0,          static_cast<uint16_t>(rrset.rdatas.size()),
              0,          rrset.signatures,
              kNone};
    for (const std::string& rdata : rrset.rdatas) {
      AppendBytes(4, rdata, &message);
      entry->rdata_max = std::max(entry->rdata_max, static_cast<uint16_t>(rdata.size()));
    }
    entry->rdatas_size = static_cast<uint32_t>(message.size()) - entry->rdatas_offset;
    return message;
  }

  void WriteNode(const TreeNode& node) {
    std::string message;
    AppendBytes(1, node.name, &message);
    for (uint32_t i = 0; i < node.rrset_count; ++i) {
      RRsetEntry entry;
      const std::string rrset = RRsetMessage(tree_.rrsets[node.first_rrset + i], &entry);
      AppendTag(2, 2, &message);
      AppendVarint(rrset.size(), &message);
      entry.rdatas_offset += static_cast<uint32_t>(message.size());
      message += rrset;
      rrset_entries_.push_back(entry);
    }
    AppendTag(16, 2, &out_);
    AppendVarint(message.size(), &out_);
    const auto start = static_cast<uint32_t>(out_.size());
    for (uint32_t i = 0; i < node.rrset_count; ++i) rrset_entries_[node.first_rrset + i].rdatas_offset += start;
    // A name's field is its tag and a size of one or two octets.
    const auto name_offset = static_cast<uint32_t>(start + 1 + VarintSize(node.name.size()));
    node_entries_.push_back({name_offset, node.parent, node.cut, node.wildcard, node.first_rrset, node.rrset_count,
                             static_cast<uint8_t>(node.name.size()), node.flags});
    out_ += message;
  }

  // The target nodes of all RRsets, one after the other; sets each entry's first_target.
  std::vector<uint32_t> Targets() {
    absl::flat_hash_map<absl::string_view, uint32_t> ids;
    ids.reserve(tree_.nodes.size());
    for (uint32_t id = 0; id < tree_.nodes.size(); ++id) ids[tree_.nodes[id].name] = id;
    std::vector<uint32_t> targets;
    for (size_t i = 0; i < tree_.rrsets.size(); ++i) {
      const std::optional<int> offset = TargetOffset(tree_.rrsets[i].type);
      if (!offset.has_value()) continue;
      rrset_entries_[i].first_target = static_cast<uint32_t>(targets.size());
      for (const std::string& rdata : tree_.rrsets[i].rdatas) {
        const absl::string_view rest = absl::string_view(rdata).substr(*offset);
        const auto found = ids.find(dns::ToLowerAscii(rest.substr(0, dns::WireNameSize(rest))));
        targets.push_back(found == ids.end() ? kNone : found->second);
      }
    }
    return targets;
  }

  std::vector<Bucket> Buckets() const {
    // At most half full, so that a search for a name that is not there ends soon.
    const size_t count = std::bit_ceil(tree_.nodes.size() * 2);
    std::vector<Bucket> buckets(count, Bucket{0, kNone});
    dns::LookupName name;
    for (uint32_t id = 0; id < tree_.nodes.size(); ++id) {
      name.Assign(tree_.nodes[id].name);
      size_t at = name.Hash() & (count - 1);
      while (buckets[at].node != kNone) at = (at + 1) & (count - 1);
      buckets[at] = {static_cast<uint32_t>(name.Hash() >> 32), id};
    }
    return buckets;
  }

  std::string Index() {
    const std::vector<uint32_t> targets = Targets();
    const std::vector<Bucket> buckets = Buckets();
    IndexHeader header{};
    header.bucket_count = static_cast<uint32_t>(buckets.size());
    header.node_count = static_cast<uint32_t>(node_entries_.size());
    header.rrset_count = static_cast<uint32_t>(rrset_entries_.size());
    header.target_count = static_cast<uint32_t>(targets.size());
    header.buckets_offset = sizeof header;
    header.nodes_offset = header.buckets_offset + header.bucket_count * sizeof(Bucket);
    header.rrsets_offset = header.nodes_offset + header.node_count * sizeof(NodeEntry);
    header.targets_offset = header.rrsets_offset + header.rrset_count * sizeof(RRsetEntry);
    std::string index;
    index.reserve(header.targets_offset + targets.size() * sizeof(uint32_t));
    AppendValue(header, &index);
    for (const Bucket& bucket : buckets) AppendValue(bucket, &index);
    for (const NodeEntry& entry : node_entries_) AppendValue(entry, &index);
    for (const RRsetEntry& entry : rrset_entries_) AppendValue(entry, &index);
    for (uint32_t target : targets) AppendValue(target, &index);
    return index;
  }

  void WritePaddingFor(size_t index_size) {
    // Both fields have tags of two octets; the padding's size takes one.
    const size_t unpadded = out_.size() + 3 + 2 + VarintSize(index_size);
    const size_t padding = (kIndexAlignment - unpadded % kIndexAlignment) % kIndexAlignment;
    AppendBytes(17, std::string(padding, '\0'), &out_);
    AppendTag(18, 2, &out_);
    AppendVarint(index_size, &out_);
  }

  const ZoneTree& tree_;
  std::string& out_;
  size_t index_fields_ = 0;  // where fields 9 and 10 start
  std::vector<NodeEntry> node_entries_;
  std::vector<RRsetEntry> rrset_entries_;
};

}  // namespace

absl::StatusOr<std::string> BuildSnapshot(Zone zone) {
  STRATA_ASSIGN_OR_RETURN(const ZoneTree tree, BuildZoneTree(std::move(zone)));
  std::string out;
  STRATA_RETURN_IF_ERROR(SnapshotWriter(tree, &out).Write());
  return out;
}

}  // namespace strata::snapshot
