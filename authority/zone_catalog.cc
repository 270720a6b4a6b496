// SPDX-License-Identifier: Apache-2.0
#include "authority/zone_catalog.h"

#include <utility>

namespace strata::authority {

ZoneCatalog::ZoneCatalog(std::vector<std::shared_ptr<const Zone>> zones) : zones_(std::move(zones)) {
  by_hash_.reserve(zones_.size());
  for (const std::shared_ptr<const Zone>& zone : zones_) {
    std::vector<const Zone*>& same_hash = by_hash_[dns::LookupName(zone->reader.origin()).Hash()];
    // The latest first: Find() takes the first that fits.
    same_hash.insert(same_hash.begin(), zone.get());
  }
}

const Zone* ZoneCatalog::Find(const dns::LookupName& name, int skip) const {
  for (; skip <= name.label_count(); ++skip) {
    const auto found = by_hash_.find(name.Hash(skip));
    if (found == by_hash_.end()) continue;
    for (const Zone* zone : found->second) {
      if (zone->reader.origin() == name.Suffix(skip)) return zone;
    }
  }
  return nullptr;
}

}  // namespace strata::authority
