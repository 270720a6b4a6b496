// A zone's RRsets by type, so that a check walks over those alone that it looks at.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_RRSET_INDEX_H_
#define STRATA_ZONEC_CHECKS_RRSET_INDEX_H_

#include <array>
#include <cstdint>
#include <vector>

#include "zonec/snapshot/zone_tree.h"

namespace strata::zonec {

// Made in one walk; takes four octets an RRset. Addresses, which most RRsets are and no check starts from, are left
// out. Refers to the tree.
class RRsetIndex {
 public:
  // The types from here on are left out.
  static constexpr uint16_t kTypes = 258;

  explicit RRsetIndex(const snapshot::ZoneTree& tree);

  // Numbers into ZoneTree::rrsets(), ascending. REQUIRES: the type is below kTypes, and not A or AAAA.
  const std::vector<uint32_t>& OfType(uint16_t type) const { return by_type_[type]; }
  // Those of more than one record, of whatever type.
  const std::vector<uint32_t>& OfSeveralRecords() const { return several_; }

 private:
  std::array<std::vector<uint32_t>, kTypes> by_type_;
  std::vector<uint32_t> several_;
};

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_RRSET_INDEX_H_
