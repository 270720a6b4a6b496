// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/apex.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "dns/rdata.h"
#include "dns/rr_type.h"

namespace strata::zonec {

bool SettleApex(const ApexOptions& options, ParsedZone* parsed, Diagnostics* diagnostics) {
  snapshot::Zone& zone = parsed->zone;
  const snapshot::ZoneRecord* first = nullptr;
  Position first_position;
  for (size_t i = 0; i < zone.records().size(); ++i) {
    const snapshot::ZoneRecord& record = zone.records()[i];
    if (record.type != dns::rr_type::kSOA) continue;
    const Position position = parsed->positions[i];
    if (first == nullptr && !options.origin_given) zone.set_origin(*dns::Name::FromWire(zone.owner(record)));
    if (!dns::NamesEqual(zone.owner(record), zone.origin().wire())) {
      diagnostics->Error(position, "soa-not-apex",
                         absl::StrCat("SOA record of ", dns::WireNameToText(zone.owner(record)), " in the zone ",
                                      zone.origin().ToText(),
                                      options.origin_given ? ", as --origin names it" : ", as the first SOA names it"));
      continue;
    }
    if (first == nullptr) {
      first = &record;
      first_position = position;
    } else if (dns::CanonicalRdata(record.type, first->rdata()) != dns::CanonicalRdata(record.type, record.rdata())) {
      diagnostics->Error(position, "soa-duplicate", "a second SOA record", {Note{first_position, "the first one"}});
    }
  }
  if (first != nullptr) return true;
  // With an SOA at the wrong place, or one that could not be read, "there is none" would be no news.
  if (diagnostics->ok() && !options.incomplete) {
    diagnostics->Error({options.file}, "soa-missing", "the zone has no SOA record");
  }
  return false;
}

void CheckOutOfZone(const CheckedZone& zone, Diagnostics* diagnostics) {
  const snapshot::Zone& all = zone.tree.zone();
  // They stand at the end.
  for (auto i = static_cast<uint32_t>(zone.tree.records().size()); i-- > 0 && !zone.tree.IsInZone(zone.record(i));) {
    diagnostics->Warning(zone.position(i), "out-of-zone",
                         absl::StrCat(dns::WireNameToText(all.owner(zone.record(i))), " is outside the zone ",
                                      all.origin().ToText(), "; the record is left out"));
  }
}

void CheckApexNs(const CheckedZone& zone, Diagnostics* diagnostics) {
  if (zone.tree.FindRRset(0, dns::rr_type::kNS) != nullptr) return;
  const snapshot::ZoneTree::RRset* soa = zone.tree.FindRRset(0, dns::rr_type::kSOA);
  diagnostics->Error(
      zone.position(*soa), "ns-missing",
      absl::StrCat("the zone has no NS record at its apex, ", zone.parsed.zone.origin().ToText(), " (RFC 1035 §5.2)"));
}

}  // namespace strata::zonec
