// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/rrsets.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "dns/rdata.h"
#include "zonec/snapshot/canonical_rrset.h"

namespace strata::zonec {
namespace {

constexpr size_t kMaxRecords = 65535;
constexpr size_t kMaxMessageSize = 65535;
// Header, and type and class of the question (RFC 1035 §4.1).
constexpr size_t kFixedMessageSize = 12 + 4;
// Of a record with its owner compressed to a pointer: what is not RDATA (RFC 1035 §4.1.3, §4.1.4).
constexpr size_t kFixedRecordSize = 2 + 10;

uint32_t LowestTtl(const snapshot::ZoneTree::RRset& rrset, const snapshot::ZoneTree& tree) {
  const auto& records = tree.records();
  uint32_t lowest = records[rrset.records[0]].ttl;
  for (const uint32_t number : rrset.records) lowest = std::min(lowest, records[number].ttl);
  return lowest;
}

std::string Describe(const snapshot::ZoneTree::RRset& rrset, const CheckedZone& zone) {
  return NameAndType(zone.tree.nodes()[rrset.node].name, rrset.type);
}

void ReportDuplicates(const snapshot::ZoneTree::RRset& rrset, const CheckedZone& zone, Diagnostics* diagnostics) {
  std::vector<std::pair<std::string, uint32_t>> sorted;
  sorted.reserve(rrset.records.size());
  for (const uint32_t number : rrset.records) {
    sorted.emplace_back(dns::CanonicalRdata(rrset.type, zone.record(number).rdata()), number);
  }
  std::sort(sorted.begin(), sorted.end());
  size_t first = 0;  // of those that are equal
  for (size_t i = 1; i < sorted.size(); ++i) {
    if (sorted[i].first != sorted[first].first) {
      first = i;
      continue;
    }
    diagnostics->Warning(zone.position(sorted[i].second), "duplicate-record",
                         absl::StrCat("this ", Describe(rrset, zone), " record stands in the zone already"),
                         {Note{zone.position(sorted[first].second), "here"}});
  }
}

}  // namespace

void CheckRRsetMembers(const CheckedZone& zone, Diagnostics* diagnostics) {
  snapshot::CanonicalRRset without_duplicates;
  for (const snapshot::ZoneTree::RRset& rrset : zone.tree.rrsets()) {
    if (rrset.records.size() < 2) continue;
    without_duplicates.Assign(rrset, zone.tree);
    const size_t count = without_duplicates.members().size();
    if (count < rrset.records.size()) ReportDuplicates(rrset, zone, diagnostics);
    size_t size = kFixedMessageSize + zone.tree.nodes()[rrset.node].name.size();
    for (const auto& member : without_duplicates.members()) size += kFixedRecordSize + member.rdata.size();
    if (count > kMaxRecords) {
      diagnostics->Error(zone.position(rrset), "rrset-too-large",
                         absl::StrCat(Describe(rrset, zone), " has ", count, " records; the most is ", kMaxRecords));
    } else if (size > kMaxMessageSize) {
      diagnostics->Warning(zone.position(rrset), "rrset-too-large",
                           absl::StrCat("the ", count, " records of ", Describe(rrset, zone),
                                        " do not fit into one message, so they can never be answered"));
    }
  }
}

void CheckRRsetTtls(const CheckedZone& zone, Diagnostics* diagnostics) {
  for (const snapshot::ZoneTree::RRset& rrset : zone.tree.rrsets()) {
    const uint32_t ttl = zone.record(rrset.records[0]).ttl;
    for (const uint32_t number : rrset.records) {
      if (zone.record(number).ttl == ttl) continue;
      diagnostics->Warning(
          zone.position(number), "ttl-mismatch",
          absl::StrCat(Describe(rrset, zone), " has TTL ", zone.record(number).ttl, " here and ", ttl,
                       " before; all its records get the lowest, ", LowestTtl(rrset, zone.tree), " (RFC 2181 §5.2)"),
          {Note{zone.position(rrset), "the first of them"}});
      break;
    }
  }
}

void LowerTtls(snapshot::ZoneTree* tree) {
  for (const snapshot::ZoneTree::RRset& rrset : tree->rrsets()) {
    if (rrset.records.size() < 2) continue;
    const uint32_t lowest = LowestTtl(rrset, *tree);
    for (const uint32_t number : rrset.records) tree->set_ttl(number, lowest);
  }
}

}  // namespace strata::zonec
