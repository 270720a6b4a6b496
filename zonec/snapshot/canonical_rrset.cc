// SPDX-License-Identifier: Apache-2.0
#include "zonec/snapshot/canonical_rrset.h"

#include <algorithm>

#include "dns/rdata.h"
#include "dns/rdata_schema.h"

namespace strata::snapshot {
namespace {

bool HasUpperCase(absl::string_view octets) {
  unsigned upper = 0;
  // Without a branch, for the compiler to do many octets at once.
  for (const char c : octets) upper |= static_cast<unsigned char>(c - 'A') < 26;
  return upper != 0;
}

// Whether canonical form may differ from what is written.
bool LowersNames(uint16_t type) {
  const dns::RdataSchema* schema = dns::FindRdataSchema(type);
  return schema != nullptr && schema->names != dns::NameRule::kKeep;
}

}  // namespace

absl::string_view CanonicalRRset::CanonicalOf(uint16_t type, absl::string_view rdata) {
  if (!LowersNames(type) || !HasUpperCase(rdata)) return rdata;
  lowered_.push_back(dns::CanonicalRdata(type, rdata));
  return lowered_.back();
}

void CanonicalRRset::Assign(const ZoneTree::RRset& rrset, const ZoneTree& tree) {
  members_.clear();
  lowered_.clear();
  for (const uint32_t number : rrset.records) {
    const ZoneRecord& record = tree.records()[number];
    // Field by field: a Member that is made elsewhere and copied is read in larger pieces than it was written in, for
    // which a processor waits.
    Member& member = members_.emplace_back();
    member.rdata = record.rdata();
    member.canonical = CanonicalOf(rrset.type, member.rdata);
    member.target = record.target;
  }
  if (members_.size() == 1) return;
  std::sort(members_.begin(), members_.end());
  const auto same = [](const Member& a, const Member& b) { return a.canonical == b.canonical; };
  members_.erase(std::unique(members_.begin(), members_.end(), same), members_.end());
}

}  // namespace strata::snapshot
