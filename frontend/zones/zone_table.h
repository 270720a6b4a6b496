// Which names the authorities own, and which replicas serve them.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_ZONES_ZONE_TABLE_H_
#define STRATA_FRONTEND_ZONES_ZONE_TABLE_H_

#include <cstdint>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "base/published.h"
#include "dns/lookup_name.h"

namespace strata::frontend {

// A set of replicas: bit i stands for replica number i. As many as one group may have.
using ReplicaSet = uint64_t;
inline constexpr int kMaxReplicas = 64;

// Immutable once published, so any number of threads may ask it.
class ZoneTable {
 public:
  // `origin` in wire form and lower case. The later word counts.
  void Add(absl::string_view origin, ReplicaSet replicas);
  void set_complete(bool complete) { complete_ = complete; }

  // The replicas that serve the nearest zone at or above the name; 0 when nobody owns it. A question for DS is one for
  // the zone strictly above the name, where that is owned (RFC 4035 §3.1.4.1).
  ReplicaSet Find(const dns::LookupName& name, uint16_t type) const;

  // Whether the name is a zone's.
  bool HasOrigin(const dns::LookupName& name) const {
    return zones_.find(View{name.Hash(), name.wire()}) != zones_.end();
  }

  // Some replica has told all its zones: a name that is not found is owned by nobody.
  bool complete() const { return complete_; }
  size_t zone_count() const { return zones_.size(); }

 private:
  struct Origin {
    uint64_t hash;
    std::string octets;
  };
  struct View {
    uint64_t hash;
    absl::string_view octets;
  };
  // Found by the hash that LookupName has at hand, without building a key.
  struct Hasher {
    using is_transparent = void;
    size_t operator()(const Origin& origin) const { return origin.hash; }
    size_t operator()(const View& view) const { return view.hash; }
  };
  struct Equal {
    using is_transparent = void;
    bool operator()(const Origin& a, const Origin& b) const { return a.octets == b.octets; }
    bool operator()(const Origin& a, const View& b) const { return a.octets == b.octets; }
    bool operator()(const View& a, const Origin& b) const { return a.octets == b.octets; }
  };

  absl::flat_hash_map<Origin, ReplicaSet, Hasher, Equal> zones_;
  bool complete_ = false;
};

using PublishedZones = base::Published<ZoneTable>;

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_ZONES_ZONE_TABLE_H_
