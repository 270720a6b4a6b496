// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/rrsets.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "dns/name.h"
#include "dns/rdata.h"
#include "dns/rr_type.h"

namespace strata::zonec {
namespace {

using RRset = snapshot::ZoneTree::RRset;

constexpr size_t kMaxRecords = 65535;
constexpr size_t kMaxMessageSize = 65535;
// What resolvers offer for UDP since the DNS flag day of 2020, and what gets through without fragments.
constexpr size_t kUsualUdpSize = 1232;
// Header, and type and class of the question (RFC 1035 §4.1).
constexpr size_t kFixedMessageSize = 12 + 4;
// Of a record with its owner compressed to a pointer: what is not RDATA (RFC 1035 §4.1.3, §4.1.4).
constexpr size_t kFixedRecordSize = 2 + 10;
// So many are compared with each other; more are sorted.
constexpr size_t kFew = 16;

std::string Describe(const RRset& rrset, const CheckedZone& zone) {
  return NameAndType(zone.tree.nodes()[rrset.node].name, rrset.type);
}

// Whether the octets are the same but for the case of letters: less than that is needed for the same data.
bool LooksTheSame(absl::string_view a, absl::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
           return dns::ToLowerAscii(x) == dns::ToLowerAscii(y);
         });
}

bool MayHaveDuplicates(const RRset& rrset, const CheckedZone& zone) {
  if (rrset.records.size() > kFew) return true;
  for (size_t i = 1; i < rrset.records.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      if (LooksTheSame(zone.record(rrset.records[i]).rdata(), zone.record(rrset.records[j]).rdata())) return true;
    }
  }
  return false;
}

// Reports duplicates. Returns how many there are, and in `*size` the octets that they take.
size_t ReportDuplicates(const RRset& rrset, const CheckedZone& zone, size_t* size, Diagnostics* diagnostics) {
  std::vector<std::pair<std::string, uint32_t>> sorted;
  sorted.reserve(rrset.records.size());
  for (const uint32_t number : rrset.records) {
    sorted.emplace_back(dns::CanonicalRdata(rrset.type, zone.record(number).rdata()), number);
  }
  std::sort(sorted.begin(), sorted.end());
  size_t count = 0;
  const std::pair<std::string, uint32_t>* first = nullptr;  // of those that are equal
  for (const auto& member : sorted) {
    if (first == nullptr || first->first != member.first) {
      first = &member;
      continue;
    }
    diagnostics->Warning(zone.position(member.second), "duplicate-record",
                         absl::StrCat("this ", Describe(rrset, zone), " record stands in the zone already"),
                         {Note{zone.position(first->second), "here"}});
    ++count;
    *size += kFixedRecordSize + member.first.size();
  }
  return count;
}

void CheckSize(const RRset& rrset, size_t count, size_t size, const CheckedZone& zone, Diagnostics* diagnostics) {
  if (count > kMaxRecords) {
    diagnostics->Error(zone.position(rrset), "rrset-too-large",
                       absl::StrCat(Describe(rrset, zone), " has ", count, " records; the most is ", kMaxRecords));
  } else if (size > kMaxMessageSize) {
    diagnostics->Error(zone.position(rrset), "rrset-too-large",
                       absl::StrCat("the ", count, " records of ", Describe(rrset, zone),
                                    " do not fit into one message, so they can never be answered"));
  } else if (size > kUsualUdpSize && !diagnostics->levels().IsIgnored("udp-truncation")) {
    diagnostics->Warning(zone.position(rrset), "udp-truncation",
                         absl::StrCat("an answer with ", Describe(rrset, zone), " takes ", size,
                                      " octets; over UDP most clients take 1232, and have to ask again over TCP"));
  }
}

void CheckMembers(const RRset& rrset, const CheckedZone& zone, Diagnostics* diagnostics) {
  size_t size = kFixedMessageSize + zone.tree.nodes()[rrset.node].name.size();
  for (const uint32_t number : rrset.records) size += kFixedRecordSize + zone.record(number).rdata_size;
  size_t count = rrset.records.size(), duplicate_size = 0;
  if (MayHaveDuplicates(rrset, zone)) count -= ReportDuplicates(rrset, zone, &duplicate_size, diagnostics);
  CheckSize(rrset, count, size - duplicate_size, zone, diagnostics);
}

}  // namespace

void CheckRRsetMembers(const CheckedZone& zone, Diagnostics* diagnostics) {
  const std::vector<uint32_t>& several = zone.index.OfSeveralRecords();
  for (size_t i = 0; i < several.size(); ++i) {
    // RDATA lie in the order of the text: those of an RRset to come are fetched meanwhile.
    constexpr size_t kAhead = 6;
    if (i + kAhead < several.size()) {
      for (const uint32_t number : zone.tree.rrsets()[several[i + kAhead]].records) zone.tree.Prefetch(number);
    }
    CheckMembers(zone.tree.rrsets()[several[i]], zone, diagnostics);
  }
  // One record alone may be as large, but of few types.
  for (const uint16_t type : {dns::rr_type::kTXT, dns::rr_type::kDNSKEY}) {
    for (const uint32_t i : zone.index.OfType(type)) {
      const RRset& rrset = zone.tree.rrsets()[i];
      if (rrset.records.size() == 1) CheckMembers(rrset, zone, diagnostics);
    }
  }
}

}  // namespace strata::zonec
