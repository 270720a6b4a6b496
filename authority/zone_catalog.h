// The zones that are served, and their atomic replacement.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_ZONE_CATALOG_H_
#define STRATA_AUTHORITY_ZONE_CATALOG_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "base/published.h"
#include "dns/lookup_name.h"
#include "zonec/snapshot/snapshot_reader.h"

namespace strata::authority {

// The octets that a zone is answered from: a mapped file or a string.
class ZoneOctets {
 public:
  virtual ~ZoneOctets() = default;
  virtual absl::string_view octets() const = 0;
  // A page of it could not be read: what was read from it since may be wrong (design: the zone fails, not the process).
  virtual bool damaged() const = 0;
};

// One zone, ready to be asked. Immutable.
struct Zone {
  snapshot::SnapshotReader reader;
  std::shared_ptr<const ZoneOctets> storage;  // what `reader` views
};

// A set of zones. Immutable once published, so any number of threads may ask it.
class ZoneCatalog {
 public:
  ZoneCatalog() = default;
  // Of two zones with one origin the later counts.
  explicit ZoneCatalog(std::vector<std::shared_ptr<const Zone>> zones);

  // The zone whose apex is nearest to `name`, of those at most `name` without its first `skip` labels; nullptr when
  // none holds it.
  const Zone* Find(const dns::LookupName& name, int skip = 0) const;

  const std::vector<std::shared_ptr<const Zone>>& zones() const { return zones_; }

 private:
  std::vector<std::shared_ptr<const Zone>> zones_;
  // By the hash of the apex; names of one hash share a list.
  absl::flat_hash_map<uint64_t, std::vector<const Zone*>> by_hash_;
};

// Where the current catalog is found.
using PublishedCatalog = base::Published<ZoneCatalog>;

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_ZONE_CATALOG_H_
