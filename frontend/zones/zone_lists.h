// What each replica of the authority told of its zones.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_ZONES_ZONE_LISTS_H_
#define STRATA_FRONTEND_ZONES_ZONE_LISTS_H_

#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "frontend/zones/zone_table.h"
#include "proto/authority/v1/authority.pb.h"

namespace strata::frontend {

// Joins the lists of the replicas to the table that queries are routed by. Owned zones never leak: a replica that is
// silent withdraws nothing; only a replica's own word that it serves a zone no more takes the zone from it, and only
// the last of them from the table. Thread-safe.
class ZoneLists {
 public:
  // `published` outlives this. Without any replica, nothing is owned.
  ZoneLists(int replicas, PublishedZones* published) : published_(*published), lists_(replicas) {
    if (lists_.empty()) Publish();
  }

  // Takes the next page of a replica's stream. The table changes with the page that completes a list.
  void OnPage(int replica, const authority::v1::ZonePage& page);
  // A new stream of the replica begins: pages of an older one that was cut off are forgotten, the last complete list
  // stands.
  void OnStreamStart(int replica);

 private:
  using Origins = absl::flat_hash_set<std::string>;
  struct List {
    Origins zones;  // as of the last complete page
    bool complete = false;
    // What came since.
    bool restart = false;
    Origins added;
    Origins removed;
  };

  void Publish();

  PublishedZones& published_;
  std::mutex mutex_;  // guards what follows
  std::vector<List> lists_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_ZONES_ZONE_LISTS_H_
