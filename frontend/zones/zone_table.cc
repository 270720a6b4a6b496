// SPDX-License-Identifier: Apache-2.0
#include "frontend/zones/zone_table.h"

#include "dns/rr_type.h"

namespace strata::frontend {

void ZoneTable::Add(absl::string_view origin, ReplicaSet replicas) {
  const dns::LookupName name(origin);
  zones_[Origin{name.Hash(), std::string(name.wire())}] = replicas;
}

ReplicaSet ZoneTable::Find(const dns::LookupName& name, uint16_t type) const {
  const int first = type == dns::rr_type::kDS && name.label_count() > 0 ? 1 : 0;
  for (int skip = first; skip <= name.label_count(); ++skip) {
    const auto found = zones_.find(View{name.Hash(skip), name.Suffix(skip)});
    if (found != zones_.end()) return found->second;
  }
  if (first == 0) return 0;
  const auto self = zones_.find(View{name.Hash(), name.wire()});
  return self == zones_.end() ? 0 : self->second;
}

}  // namespace strata::frontend
