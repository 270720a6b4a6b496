// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/signed/parent_ds.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "dns/big_endian.h"
#include "dns/rr_type.h"
#include "zonec/checks/signed/ds_digest.h"

namespace strata::zonec {
namespace {

using snapshot::ZoneTree;

bool SignsTheKeys(const SignedZone& zone, const ZoneKey& key) {
  const ZoneTree& tree = zone.checked.tree;
  for (const ZoneTree::RRset& rrset : tree.RRsetsOf(0)) {
    if (rrset.type != dns::rr_type::kRRSIG || rrset.covers != dns::rr_type::kDNSKEY) continue;
    for (const uint32_t record : rrset.records) {
      const Signature s = ReadSignature(zone.checked.record(record).rdata());
      if (s.key_tag == key.tag && s.algorithm == key.algorithm) return true;
    }
  }
  return false;
}

// Those of the zone.
std::vector<const ParentDs*> Of(const CheckedZone& zone, const std::vector<ParentDs>& all, Diagnostics* diagnostics) {
  const absl::string_view apex = zone.tree.nodes()[0].name;
  std::vector<const ParentDs*> records;
  for (const ParentDs& ds : all) {
    if (ds.owner == apex) records.push_back(&ds);
  }
  if (records.empty() && !all.empty()) {
    diagnostics->Warning(all.front().position, "ds-without-key", "the file has DS records of other zones only");
  }
  return records;
}

}  // namespace

void CheckParentDs(const SignedZone& zone, Diagnostics* diagnostics) {
  if (!zone.options.parent_ds) return;
  const std::vector<const ParentDs*> records = Of(zone.checked, *zone.options.parent_ds, diagnostics);
  bool leads_in = records.empty();  // then validators do not look at the keys
  for (const ParentDs* ds : records) {
    const auto key = std::find_if(zone.keys.begin(), zone.keys.end(), [&](const ZoneKey& candidate) {
      return candidate.IsForZone() && RefersTo(ds->rdata, candidate, ds->owner);
    });
    if (key == zone.keys.end()) {
      diagnostics->Warning(ds->position, "ds-without-key",
                           absl::StrCat("the parent's DS record with key tag ", dns::ReadU16(ds->rdata),
                                        " is for none of the zone's DNSKEYs"));
    } else {
      leads_in = leads_in || SignsTheKeys(zone, *key);
    }
  }
  if (leads_in) return;
  diagnostics->Error(
      zone.checked.position(zone.keys.front().record), "ds-mismatch",
      "no DS record of the parent is for a key that signs the DNSKEY records, so that validators take all "
      "of the zone for forged",
      {Note{records.front()->position, "the parent's DS records start here"}});
}

void CheckParentDsOfUnsigned(const CheckedZone& zone, const SignedZoneOptions& options, Diagnostics* diagnostics) {
  if (!options.parent_ds) return;
  const std::vector<const ParentDs*> records = Of(zone, *options.parent_ds, diagnostics);
  if (records.empty()) return;
  diagnostics->Error(records.front()->position, "ds-mismatch",
                     "the parent has a DS record, but the zone has no DNSKEY: validators take all of it for forged");
}

}  // namespace strata::zonec
