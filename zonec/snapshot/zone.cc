// SPDX-License-Identifier: Apache-2.0
#include "zonec/snapshot/zone.h"

#include <optional>
#include <vector>

#include "dns/lookup_name.h"
#include "zonec/snapshot/format.h"
#include "zonec/snapshot/rr_targets.h"

namespace strata::snapshot {
namespace {

// The name that the RDATA leads to in wire form, or nothing.
absl::string_view TargetOf(const ZoneRecord& record) {
  const std::optional<int> offset = TargetOffset(record.type);
  if (!offset || record.rdata_size <= *offset) return "";
  // RDATA may be malformed here, which the snapshot's builder reports.
  const absl::string_view rest = record.rdata().substr(*offset);
  return rest.substr(0, dns::WireNameSize(rest));
}

}  // namespace

Zone::Zone(dns::Name origin, uint16_t rr_class) : origin_(std::move(origin)), rr_class_(rr_class) {
  apex_ = names_.Add(origin_.wire());
}

void Zone::set_origin(dns::Name origin) {
  const bool same = dns::NamesEqual(origin.wire(), origin_.wire());
  origin_ = std::move(origin);
  if (same) return;
  apex_ = names_.Add(origin_.wire());
  for (ZoneRecord& record : records_) record.target = kNone;
  resolved_ = 0;
}

NameTree::Id Zone::AncestorFor(absl::string_view wire) const {
  return dns::IsSubdomain(wire, origin_.wire()) ? apex_ : 0;
}

NameTree::Id Zone::AddName(absl::string_view wire) { return names_.AddBelow(wire, AncestorFor(wire)); }

void Zone::PrepareName(absl::string_view wire, PreparedName* prepared) const {
  prepared->ancestor = AncestorFor(wire);
  names_.Prepare(wire, prepared->ancestor, &prepared->name);
  names_.PrefetchBucket(prepared->name.Hash());
}

void Zone::ResolveTargets() {
  // A search reads three places, each known from the one before and none near another. So several searches go on at a
  // time, each a step behind the next, and what a step reads is fetched while the others take theirs.
  constexpr size_t kStep = 4, kRing = 16;
  struct Search {
    ZoneRecord* record;
    dns::LookupName name;
  };
  std::vector<Search> ring(kRing);
  size_t begun = 0;
  const auto take_steps = [&](size_t i) {
    const auto at = [&](size_t steps) -> const Search* {
      return i >= steps * kStep && i - steps * kStep < begun ? &ring[(i - steps * kStep) % kRing] : nullptr;
    };
    if (const Search* search = at(1)) names_.PrefetchCandidate(search->name.Hash());
    if (const Search* search = at(2)) names_.PrefetchCandidateName(search->name.Hash());
    if (const Search* search = at(3)) search->record->target = names_.Add(search->name, apex_);
  };
  for (; resolved_ < records_.size(); ++resolved_) {
    ZoneRecord& record = records_[resolved_];
    const absl::string_view name = TargetOf(record);
    if (name.empty() || !dns::IsSubdomain(name, origin_.wire())) continue;
    Search& search = ring[begun % kRing];
    search.record = &record;
    names_.Prepare(name, apex_, &search.name);
    names_.PrefetchBucket(search.name.Hash());
    take_steps(begun++);
  }
  for (size_t i = begun; i < begun + 3 * kStep; ++i) take_steps(i);
}

}  // namespace strata::snapshot
