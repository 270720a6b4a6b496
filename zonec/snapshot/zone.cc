// SPDX-License-Identifier: Apache-2.0
#include "zonec/snapshot/zone.h"

#include <optional>

#include "zonec/snapshot/format.h"
#include "zonec/snapshot/rr_targets.h"

namespace strata::snapshot {

Zone::Zone(dns::Name origin, uint16_t rr_class) : origin_(std::move(origin)), rr_class_(rr_class) {
  apex_ = names_.Add(origin_.wire());
}

void Zone::set_origin(dns::Name origin) {
  const bool same = dns::NamesEqual(origin.wire(), origin_.wire());
  origin_ = std::move(origin);
  if (same) return;
  apex_ = names_.Add(origin_.wire());
  for (ZoneRecord& record : records_) record.target = AddTarget(record.type, record.rdata());
}

NameTree::Id Zone::AddName(absl::string_view wire) {
  return names_.AddBelow(wire, dns::IsSubdomain(wire, origin_.wire()) ? apex_ : 0);
}

NameTree::Id Zone::AddTarget(uint16_t type, absl::string_view rdata) {
  const std::optional<int> offset = TargetOffset(type);
  if (!offset || rdata.size() <= static_cast<size_t>(*offset)) return kNone;
  // RDATA may be malformed here, which the snapshot's builder reports.
  const absl::string_view rest = rdata.substr(*offset);
  const absl::string_view name = rest.substr(0, dns::WireNameSize(rest));
  return !name.empty() && dns::IsSubdomain(name, origin_.wire()) ? names_.AddBelow(name, apex_) : kNone;
}

}  // namespace strata::snapshot
