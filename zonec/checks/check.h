// What a check of a zone is given.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_CHECK_H_
#define STRATA_ZONEC_CHECKS_CHECK_H_

#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "dns/name.h"
#include "dns/rr_type.h"
#include "zonec/checks/rrset_index.h"
#include "zonec/parsed_zone.h"
#include "zonec/snapshot/zone_tree.h"
#include "zonec/sources.h"

namespace strata::zonec {

// The zone at the time of the check; all records are within its origin. Each check is a function
//
//   void CheckX(const CheckedZone& zone, Diagnostics* diagnostics);
//
// that reports what it finds and changes nothing.
struct CheckedZone {
  const ParsedZone& parsed;
  const snapshot::ZoneTree& tree;
  const RRsetIndex& index;

  const snapshot::ZoneRecord& record(uint32_t number) const { return tree.records()[number]; }
  Position position(uint32_t number) const { return parsed.positions[tree.PlaceInZone(number)]; }
  Position position(const snapshot::ZoneTree::RRset& rrset) const { return position(rrset.records[0]); }
};

// "www.example. A"
inline std::string NameAndType(absl::string_view wire_name, uint16_t type) {
  return absl::StrCat(dns::WireNameToText(wire_name), " ", dns::TypeToText(type));
}

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_CHECK_H_
