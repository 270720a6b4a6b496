// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/apex.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "dns/rdata.h"
#include "dns/rr_type.h"

namespace strata::zonec {

bool SettleApex(const ApexOptions& options, ParsedZone* parsed, Diagnostics* diagnostics) {
  const dns::Record* first = nullptr;
  Position first_position;
  for (size_t i = 0; i < parsed->zone.records.size(); ++i) {
    const dns::Record& record = parsed->zone.records[i];
    if (record.type != dns::rr_type::kSOA) continue;
    const Position position = parsed->positions[i];
    if (first == nullptr && !options.origin_given) parsed->zone.origin = record.owner;
    if (record.owner != parsed->zone.origin) {
      diagnostics->Error(
          position, "soa-not-apex",
          absl::StrCat("SOA record of ", record.owner.ToText(), " in the zone ", parsed->zone.origin.ToText(),
                       options.origin_given ? ", as --origin names it" : ", as the first SOA names it"));
      continue;
    }
    if (first == nullptr) {
      first = &record;
      first_position = position;
    } else if (dns::CanonicalRdata(record.type, first->rdata) != dns::CanonicalRdata(record.type, record.rdata)) {
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

void DropOutOfZone(ParsedZone* parsed, Diagnostics* diagnostics) {
  std::vector<dns::Record>& records = parsed->zone.records;
  size_t kept = 0;
  for (size_t i = 0; i < records.size(); ++i) {
    if (records[i].owner.IsSubdomainOf(parsed->zone.origin)) {
      if (kept != i) {
        records[kept] = std::move(records[i]);
        parsed->positions[kept] = parsed->positions[i];
      }
      ++kept;
      continue;
    }
    diagnostics->Warning(parsed->positions[i], "out-of-zone",
                         absl::StrCat(records[i].owner.ToText(), " is outside the zone ", parsed->zone.origin.ToText(),
                                      "; the record is left out"));
  }
  records.resize(kept);
  parsed->positions.resize(kept);
}

void CheckApexNs(const CheckedZone& zone, Diagnostics* diagnostics) {
  if (zone.index.FindRRset(0, dns::rr_type::kNS) != nullptr) return;
  const ZoneIndex::RRset* soa = zone.index.FindRRset(0, dns::rr_type::kSOA);
  diagnostics->Error(
      zone.position(*soa), "ns-missing",
      absl::StrCat("the zone has no NS record at its apex, ", zone.parsed.zone.origin.ToText(), " (RFC 1035 §5.2)"));
}

}  // namespace strata::zonec
