// SPDX-License-Identifier: Apache-2.0
#include "authority/zone_pages.h"

#include <string>

#include "dns/lookup_name.h"

namespace strata::authority {
namespace {

// The zone with exactly this origin, or nullptr.
const Zone* ZoneAt(const ZoneCatalog& catalog, absl::string_view origin) {
  const Zone* zone = catalog.Find(dns::LookupName(origin));
  return zone != nullptr && zone->reader.origin() == origin ? zone : nullptr;
}

std::string ToString(absl::string_view octets) { return std::string(octets); }

class PageWriter {
 public:
  explicit PageWriter(bool restart) { pages_.emplace_back().set_restart(restart); }

  void Add(const snapshot::SnapshotReader& zone) {
    v1::ServedZone* served = Page()->add_zones();
    served->set_origin(ToString(zone.origin()));
    served->set_serial(zone.serial());
    served->set_identity(ToString(zone.identity()));
  }
  void Remove(absl::string_view origin) { Page()->add_removed(ToString(origin)); }

  std::vector<v1::ZonePage> Done() {
    pages_.back().set_complete(true);
    return std::move(pages_);
  }

 private:
  v1::ZonePage* Page() {
    if (on_page_++ == kZonesAPage) {
      pages_.emplace_back();
      on_page_ = 1;
    }
    return &pages_.back();
  }

  std::vector<v1::ZonePage> pages_;
  int on_page_ = 0;
};

}  // namespace

std::vector<v1::ZonePage> PagesBetween(const ZoneCatalog* told, const ZoneCatalog& now) {
  PageWriter writer(/*restart=*/told == nullptr);
  bool changed = told == nullptr;
  for (const auto& zone : now.zones()) {
    const Zone* before = told == nullptr ? nullptr : ZoneAt(*told, zone->reader.origin());
    if (before != nullptr && before->reader.identity() == zone->reader.identity()) continue;
    writer.Add(zone->reader);
    changed = true;
  }
  if (told != nullptr) {
    for (const auto& zone : told->zones()) {
      if (ZoneAt(now, zone->reader.origin()) != nullptr) continue;
      writer.Remove(zone->reader.origin());
      changed = true;
    }
  }
  if (!changed) return {};
  return writer.Done();
}

}  // namespace strata::authority
