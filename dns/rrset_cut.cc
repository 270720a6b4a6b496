// SPDX-License-Identifier: Apache-2.0
#include "dns/rrset_cut.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "dns/header.h"
#include "dns/name.h"
#include "dns/rr_type.h"

namespace strata::dns {
namespace {

using RrsetKey = std::tuple<std::string, uint16_t, uint16_t>;

RrsetKey KeyOf(const Record& record) {
  uint16_t type = record.type;
  if (type == rr_type::kRRSIG && record.rdata.size() >= 2) type = GetU16(record.rdata, 0);  // type covered
  return {ToLowerAscii(record.owner.wire()), record.rr_class, type};
}

}  // namespace

size_t WholeRrsetsBefore(absl::Span<const Record> records, size_t fitting) {
  // The index of the first record of each one's RRset.
  absl::flat_hash_map<RrsetKey, size_t> seen;
  std::vector<size_t> first;
  first.reserve(records.size());
  for (const Record& record : records) first.push_back(seen.try_emplace(KeyOf(record), first.size()).first->second);

  // From the right: each record that must go takes its RRset along, and with it what stands behind the RRset's first.
  size_t cut = fitting;
  for (size_t i = records.size(); i > cut; --i) cut = std::min(cut, first[i - 1]);
  return cut;
}

}  // namespace strata::dns
