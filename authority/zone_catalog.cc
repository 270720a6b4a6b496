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

void CatalogHolder::Publish(std::shared_ptr<const ZoneCatalog> catalog) {
  const std::lock_guard<std::mutex> lock(mutex_);
  current_.swap(catalog);
  version_.fetch_add(1, std::memory_order_release);
  // The old catalog, now in `catalog`, is let go after the lock.
}

std::shared_ptr<const ZoneCatalog> CatalogHolder::Current() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return current_;
}

const ZoneCatalog& CatalogHolder::View::Refresh() {
  const uint64_t version = holder_.version_.load(std::memory_order_acquire);
  if (version != version_) {
    catalog_ = holder_.Current();
    version_ = version;
  }
  return *catalog_;
}

}  // namespace strata::authority
