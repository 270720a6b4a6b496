// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/rrset_index.h"

#include "dns/rr_type.h"

namespace strata::zonec {

RRsetIndex::RRsetIndex(const snapshot::ZoneTree& tree) {
  const auto& rrsets = tree.rrsets();
  for (uint32_t i = 0; i < rrsets.size(); ++i) {
    const uint16_t type = rrsets[i].type;
    if (rrsets[i].records.size() > 1) several_.push_back(i);
    if (type < kTypes && type != dns::rr_type::kA && type != dns::rr_type::kAAAA) by_type_[type].push_back(i);
  }
}

}  // namespace strata::zonec
