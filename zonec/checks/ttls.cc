// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/ttls.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"

namespace strata::zonec {
namespace {

constexpr uint32_t kDay = 24 * 60 * 60;
constexpr uint32_t kLongest = 30 * kDay;

uint32_t LowestTtl(const snapshot::ZoneTree::RRset& rrset, const snapshot::ZoneTree& tree) {
  const auto& records = tree.records();
  uint32_t lowest = records[rrset.records[0]].ttl;
  for (const uint32_t number : rrset.records) lowest = std::min(lowest, records[number].ttl);
  return lowest;
}

}  // namespace

void CheckRRsetTtls(const CheckedZone& zone, Diagnostics* diagnostics) {
  for (const uint32_t i : zone.index.OfSeveralRecords()) {
    const snapshot::ZoneTree::RRset& rrset = zone.tree.rrsets()[i];
    const uint32_t ttl = zone.record(rrset.records[0]).ttl;
    for (const uint32_t number : rrset.records) {
      if (zone.record(number).ttl == ttl) continue;
      diagnostics->Warning(
          zone.position(number), "ttl-mismatch",
          absl::StrCat(NameAndType(zone.tree.nodes()[rrset.node].name, rrset.type), " has TTL ",
                       zone.record(number).ttl, " here and ", ttl, " before; all its records get the lowest, ",
                       LowestTtl(rrset, zone.tree), " (RFC 2181 §5.2)"),
          {Note{zone.position(rrset), "the first of them"}});
      break;
    }
  }
}

void CheckLongTtls(const CheckedZone& zone, Diagnostics* diagnostics) {
  const auto& records = zone.tree.records();
  uint32_t first = 0, count = 0;
  for (uint32_t i = 0; i < records.size(); ++i) {
    if (records[i].ttl <= kLongest) continue;
    if (count++ == 0 || zone.tree.PlaceInZone(i) < zone.tree.PlaceInZone(first)) first = i;
  }
  if (count == 0) return;
  const std::string others =
      count == 1 ? "" : absl::StrCat("; ", count - 1, count == 2 ? " other record has" : " other records have");
  diagnostics->Warning(
      zone.position(first), "ttl-too-long",
      absl::StrCat("a TTL of ", records[first].ttl / kDay,
                   " days: most caches keep nothing longer than a week, and those ", "that do would not see a change",
                   others, others.empty() ? "" : " one of more than 30 days, too"));
}

void LowerTtls(const RRsetIndex& index, snapshot::ZoneTree* tree) {
  for (const uint32_t i : index.OfSeveralRecords()) {
    const snapshot::ZoneTree::RRset& rrset = tree->rrsets()[i];
    const uint32_t lowest = LowestTtl(rrset, *tree);
    for (const uint32_t number : rrset.records) tree->set_ttl(number, lowest);
  }
}

}  // namespace strata::zonec
