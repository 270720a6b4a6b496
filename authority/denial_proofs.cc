// SPDX-License-Identifier: Apache-2.0
#include "authority/denial_proofs.h"

#include <algorithm>

#include "dns/name.h"

namespace strata::authority {
namespace {

using snapshot::Denial;
using snapshot::kNone;
using snapshot::NodeId;
using snapshot::SnapshotReader;

// A name that is put together from two parts.
class JoinedName {
 public:
  JoinedName(absl::string_view front, absl::string_view back) {
    if (front.size() + back.size() > octets_.size()) return;  // empty: no such name can be
    std::copy(back.begin(), back.end(), std::copy(front.begin(), front.end(), octets_.begin()));
    size_ = front.size() + back.size();
  }
  absl::string_view wire() const { return {octets_.data(), size_}; }

 private:
  std::array<char, dns::kMaxNameSize> octets_;
  size_t size_ = 0;
};

JoinedName WildcardOf(absl::string_view encloser) { return JoinedName(absl::string_view("\1*", 2), encloser); }

// Base32hex in lower case, behind its length octet: the first label of a hashed owner name (RFC 5155 §3).
class HashLabel {
 public:
  explicit HashLabel(const snapshot::Nsec3Hash& hash) {
    constexpr char kDigits[] = "0123456789abcdefghijklmnopqrstuv";
    octets_[0] = kDigitCount;
    size_t at = 1;
    // Five octets are eight digits.
    for (size_t i = 0; i < hash.size(); i += 5) {
      uint64_t bits = 0;
      for (size_t j = 0; j < 5; ++j) bits = bits << 8 | hash[i + j];
      for (int shift = 35; shift >= 0; shift -= 5) octets_[at++] = kDigits[bits >> shift & 31];
    }
  }
  absl::string_view wire() const { return {octets_, sizeof octets_}; }

 private:
  static constexpr size_t kDigitCount = 32;
  char octets_[kDigitCount + 1];
};

}  // namespace

void DenialProofs::Add(const SnapshotReader& zone, NodeId node) {
  if (node == kNone) return;
  const absl::Span<const Proof> all = proofs();
  const auto same = [&](const Proof& proof) { return proof.zone == &zone && proof.node == node; };
  if (std::any_of(all.begin(), all.end(), same)) return;
  if (count_ == proofs_.size()) {
    too_costly_ = true;
    return;
  }
  proofs_[count_++] = {&zone, node};
}

NodeId DenialProofs::FindNsec3(const SnapshotReader& zone, absl::string_view name, bool* matches) {
  *matches = false;
  const snapshot::Nsec3Parameters parameters = zone.nsec3_parameters();
  digests_ += size_t{parameters.iterations} + 1;
  if (digests_ > kMaxDigests) {
    too_costly_ = true;
    return kNone;
  }
  const JoinedName owner(HashLabel(snapshot::HashForNsec3(name, parameters)).wire(), zone.origin());
  const NodeId found = zone.FindInChain(owner.wire());
  *matches = found != kNone && zone.NodeName(zone.node(found)) == owner.wire();
  return found;
}

void DenialProofs::AddNsec3(const SnapshotReader& zone, absl::string_view name) {
  bool matches;
  Add(zone, FindNsec3(zone, name, &matches));
}

int DenialProofs::AddClosestEncloser(const SnapshotReader& zone, const dns::LookupName& name, int encloser) {
  bool matches;
  NodeId node = FindNsec3(zone, name.Suffix(encloser), &matches);
  while (!matches && !too_costly_ && name.Suffix(encloser).size() > zone.origin().size()) {
    node = FindNsec3(zone, name.Suffix(++encloser), &matches);
  }
  if (matches) Add(zone, node);
  if (encloser > 0) AddNsec3(zone, name.Suffix(encloser - 1));
  return encloser;
}

void DenialProofs::AddNameAndWildcard(const SnapshotReader& zone, const dns::LookupName& name, int encloser,
                                      bool of_proven) {
  if (zone.denial() == Denial::kNone) return;
  int proven = encloser;
  if (zone.denial() == Denial::kNsec) {
    AddNsec(zone, name.wire());
  } else {
    proven = AddClosestEncloser(zone, name, encloser);
  }
  const JoinedName wildcard = WildcardOf(name.Suffix(of_proven ? proven : encloser));
  if (wildcard.wire().empty()) return;  // it would be too long for a name
  if (zone.denial() == Denial::kNsec) {
    AddNsec(zone, wildcard.wire());
  } else {
    AddNsec3(zone, wildcard.wire());
  }
}

void DenialProofs::NameError(const SnapshotReader& zone, const dns::LookupName& name, int encloser) {
  AddNameAndWildcard(zone, name, encloser, /*of_proven=*/true);
}

void DenialProofs::NoData(const SnapshotReader& zone, const dns::LookupName& name, int skip) {
  if (zone.denial() == Denial::kNsec) AddNsec(zone, name.Suffix(skip));
  if (zone.denial() != Denial::kNsec3) return;
  bool matches;
  const NodeId node = FindNsec3(zone, name.Suffix(skip), &matches);
  if (matches) {
    Add(zone, node);
  } else if (name.Suffix(skip).size() > zone.origin().size()) {
    AddClosestEncloser(zone, name, skip + 1);  // RFC 5155 §7.2.4: it lies in an opt-out span
  }
}

void DenialProofs::WildcardNoData(const SnapshotReader& zone, const dns::LookupName& name, int encloser) {
  AddNameAndWildcard(zone, name, encloser, /*of_proven=*/false);
}

void DenialProofs::WildcardAnswer(const SnapshotReader& zone, const dns::LookupName& name, int encloser) {
  if (zone.denial() == Denial::kNsec) AddNsec(zone, name.wire());
  // RFC 5155 §7.2.6: the encloser shows in the number of labels that the signature has.
  if (zone.denial() == Denial::kNsec3 && encloser > 0) AddNsec3(zone, name.Suffix(encloser - 1));
}

}  // namespace strata::authority
