// SPDX-License-Identifier: Apache-2.0
#include "zonec/snapshot/snapshot_reader.h"

#include <cstring>

#include "absl/strings/str_cat.h"
#include "dns/name.h"
#include "dns/rr_type.h"
#include "zonec/snapshot/denial_chain.h"
#include "zonec/snapshot/sorted_search.h"

namespace strata::snapshot {
namespace {

// Reads the header's fields in their one order. Sticky failure, as dns::WireReader.
class HeaderCursor {
 public:
  explicit HeaderCursor(absl::string_view bytes) : rest_(bytes) {}

  template <typename T>
  T Fixed(uint8_t tag) {
    const absl::string_view bytes = Take(tag, sizeof(T));
    return ok_ ? Load<T>(bytes.data()) : T{};
  }
  // A field of at most 255 octets.
  absl::string_view Bytes(uint8_t tag) {
    if (rest_.size() < 3 || static_cast<uint8_t>(rest_[0]) != tag) return Fail();
    size_t size = static_cast<uint8_t>(rest_[1]);
    size_t prefix = 2;
    if (size >= 0x80) {
      size = (size & 0x7f) | static_cast<size_t>(static_cast<uint8_t>(rest_[2])) << 7;
      prefix = 3;
    }
    if (size > 255 || rest_.size() - prefix < size) return Fail();
    const absl::string_view bytes = rest_.substr(prefix, size);
    rest_.remove_prefix(prefix + size);
    return bytes;
  }
  bool ok() const { return ok_; }

 private:
  absl::string_view Take(uint8_t tag, size_t size) {
    if (rest_.size() < 1 + size || static_cast<uint8_t>(rest_[0]) != tag) return Fail();
    const absl::string_view bytes = rest_.substr(1, size);
    rest_.remove_prefix(1 + size);
    return bytes;
  }
  absl::string_view Fail() {
    ok_ = false;
    rest_ = {};
    return {};
  }

  absl::string_view rest_;
  bool ok_ = true;
};

// Whether `count` entries of `size` octets at `offset` lie inside `index`.
bool Fits(absl::string_view index, uint32_t offset, uint32_t count, size_t size) {
  return offset <= index.size() && count <= (index.size() - offset) / size;
}

bool TablesFit(absl::string_view index, const IndexHeader& h) {
  return h.bucket_count != 0 && (h.bucket_count & (h.bucket_count - 1)) == 0 && h.node_count != 0 &&
         h.node_count < h.bucket_count && Fits(index, h.buckets_offset, h.bucket_count, sizeof(Bucket)) &&
         Fits(index, h.nodes_offset, h.node_count, sizeof(NodeEntry)) &&
         Fits(index, h.rrsets_offset, h.rrset_count, sizeof(RRsetEntry)) &&
         Fits(index, h.targets_offset, h.target_count, sizeof(uint32_t)) && h.denial <= Denial::kNsec3 &&
         Fits(index, h.denial_offset, h.denial_count, sizeof(ChainEntry));
}

absl::Status CutShort() {
  return absl::DataLossError("the snapshot is damaged or cut short; compile or copy it again");
}

}  // namespace

bool IsSnapshot(absl::string_view octets) {
  constexpr absl::string_view kMagicText("\tTRATAZN\n", 9);
  return octets.substr(0, kMagicText.size()) == kMagicText;
}

absl::StatusOr<SnapshotReader> SnapshotReader::Open(absl::string_view file) {
  constexpr absl::string_view kMagicOctets("\tTRATAZN\n", 9);
  if (file.substr(0, kMagicOctets.size()) != kMagicOctets) {
    return absl::InvalidArgumentError(file.empty() ? "the file is empty, not a snapshot (of `zonec compile`)"
                                                   : "not a snapshot (of `zonec compile`)");
  }
  if (file.size() < kCoveredOffset || file[kVersionOffset - 1] != '\x15') return CutShort();
  const auto version = Load<uint32_t>(file.data() + kVersionOffset);
  if (version != kFormatVersion) {
    return absl::UnimplementedError(absl::StrCat("snapshot format version ", version, "; this release reads version ",
                                                 kFormatVersion, ": compile the zone with the zonec of this release"));
  }
  if (file.substr(kChecksumOffset - 2, 2) != "\x1a\x20") return CutShort();
  SnapshotReader reader;
  reader.file_ = file;
  reader.checksum_ = std::string(file.substr(kChecksumOffset, kChecksumSize));
  HeaderCursor header(file.substr(kCoveredOffset));
  reader.identity_ = std::string(header.Bytes(0x22));
  reader.origin_ = std::string(header.Bytes(0x2a));
  const auto rr_class = header.Fixed<uint32_t>(0x35);
  reader.rr_class_ = static_cast<uint16_t>(rr_class);
  reader.serial_ = header.Fixed<uint32_t>(0x3d);
  reader.record_count_ = header.Fixed<uint64_t>(0x41);
  const auto index_offset = header.Fixed<uint64_t>(0x49);
  const auto index_size = header.Fixed<uint64_t>(0x51);
  if (!header.ok() || reader.identity_.size() != kChecksumSize || rr_class != reader.rr_class_ ||
      index_offset > file.size() || index_size != file.size() - index_offset || index_size < sizeof(IndexHeader) ||
      reader.origin_.empty() || dns::WireNameSize(reader.origin_) != reader.origin_.size()) {
    return CutShort();
  }
  reader.index_ = file.substr(index_offset);
  reader.header_ = Load<IndexHeader>(reader.index_.data());
  if (!TablesFit(reader.index_, reader.header_)) return CutShort();
  if (reader.denial() == Denial::kNsec3 && !reader.ReadParameters()) return CutShort();
  return reader;
}

bool SnapshotReader::ReadParameters() {
  const std::optional<RRsetView> params = FindRRset(node(0), dns::rr_type::kNSEC3PARAM);
  if (!params.has_value()) return false;
  RdataCursor rdata(*params);
  for (uint32_t i = 0; i <= header_.nsec3param; ++i) {
    if (!rdata.Next()) return false;
  }
  const std::optional<Nsec3Parameters> read = ReadNsec3Parameters(rdata.value());
  if (!read || read->iterations > kMaxNsec3Iterations) return false;
  nsec3_iterations_ = read->iterations;
  nsec3_salt_ = std::string(read->salt);
  return true;
}

ChainEntry SnapshotReader::Chain(uint32_t i) const {
  return Load<ChainEntry>(index_.data() + header_.denial_offset + size_t{i} * sizeof(ChainEntry));
}

NodeId SnapshotReader::FindInChain(absl::string_view name) const {
  const uint32_t count = header_.denial_count;
  if (count == 0) return kNone;
  const uint32_t key = ChainKey(header_.denial, name, origin_.size());
  const auto is_behind = [&](uint32_t i) {
    const ChainEntry entry = Chain(i);
    if (entry.key != key) return entry.key > key;
    const absl::string_view other = entry.node < header_.node_count ? NodeName(node(entry.node)) : absl::string_view();
    // Hashed owners differ in their first label only, and are of one size.
    if (header_.denial == Denial::kNsec3) return other > name;
    return !other.empty() && dns::CompareCanonical(other, name) > 0;
  };
  uint32_t behind;
  if (header_.denial == Denial::kNsec3) {
    const uint32_t guess = GuessEvenlySpread(key, count, [&](uint32_t i) { return Chain(i).key; });
    behind = FirstBehindNear(guess, count, is_behind);
  } else {
    behind = FirstBehind({0, count}, is_behind);
  }
  const NodeId found = Chain((behind == 0 ? count : behind) - 1).node;
  return found < header_.node_count ? found : kNone;
}

NodeId SnapshotReader::Find(const dns::LookupName& name, int skip) const {
  const absl::string_view wanted = name.Suffix(skip);
  const uint64_t hash = name.Hash(skip);
  const uint32_t mask = header_.bucket_count - 1;
  const auto tag = static_cast<uint32_t>(hash >> 32);
  const char* buckets = index_.data() + header_.buckets_offset;
  // The table is never full in a sound file; the bound is for a damaged one.
  auto at = static_cast<uint32_t>(hash) & mask;
  for (uint32_t probes = 0; probes <= mask; ++probes, at = (at + 1) & mask) {
    const auto bucket = Load<Bucket>(buckets + size_t{at} * sizeof(Bucket));
    if (bucket.node == kNone) return kNone;
    if (bucket.tag != tag || bucket.node >= header_.node_count) continue;
    if (NodeName(node(bucket.node)) == wanted) return bucket.node;
  }
  return kNone;
}

NodeEntry SnapshotReader::node(NodeId id) const {
  return Load<NodeEntry>(index_.data() + header_.nodes_offset + size_t{id} * sizeof(NodeEntry));
}

absl::string_view SnapshotReader::NodeName(const NodeEntry& node) const {
  if (node.name_offset > file_.size() || node.name_size > file_.size() - node.name_offset) return {};
  return file_.substr(node.name_offset, node.name_size);
}

RRsetView SnapshotReader::RRset(uint32_t i) const {
  if (i >= header_.rrset_count) return {};
  const auto entry = Load<RRsetEntry>(index_.data() + header_.rrsets_offset + size_t{i} * sizeof(RRsetEntry));
  if (entry.rdatas_offset > file_.size() || entry.rdatas_size > file_.size() - entry.rdatas_offset) return {};
  return {entry.type,      entry.covers,     entry.ttl,          entry.rdata_count,
          entry.rdata_max, entry.signatures, entry.first_target, file_.substr(entry.rdatas_offset, entry.rdatas_size)};
}

std::optional<RRsetView> SnapshotReader::FindRRset(const NodeEntry& node, uint16_t type) const {
  for (uint32_t i = node.first_rrset; i - node.first_rrset < node.rrset_count && i < header_.rrset_count; ++i) {
    const auto found =
        Load<uint16_t>(index_.data() + header_.rrsets_offset + size_t{i} * sizeof(RRsetEntry));  // its `type`
    if (found == type) return RRset(i);
    if (found > type) break;
  }
  return std::nullopt;
}

NodeId SnapshotReader::Target(const RRsetView& rrset, int i) const {
  if (rrset.first_target == kNone || i >= rrset.rdata_count) return kNone;
  const uint64_t at = uint64_t{rrset.first_target} + static_cast<uint64_t>(i);
  if (at >= header_.target_count) return kNone;
  const auto target = Load<uint32_t>(index_.data() + header_.targets_offset + at * sizeof(uint32_t));
  return target < header_.node_count ? target : kNone;
}

bool RdataCursor::Next() {
  // Tag of field 4, and a size of at most three octets (65535).
  if (rest_.size() < 2 || rest_[0] != '\x22') return false;
  size_t size = 0;
  size_t at = 1;
  for (int shift = 0; shift < 21 && at < rest_.size(); shift += 7) {
    const auto octet = static_cast<uint8_t>(rest_[at++]);
    size |= static_cast<size_t>(octet & 0x7f) << shift;
    if (octet < 0x80) break;
  }
  if (size > rest_.size() - at) return false;
  value_ = rest_.substr(at, size);
  rest_.remove_prefix(at + size);
  return true;
}

}  // namespace strata::snapshot
