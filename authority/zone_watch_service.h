// Serves ZoneWatchService: tells each client the zones, and what changes.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_ZONE_WATCH_SERVICE_H_
#define STRATA_AUTHORITY_ZONE_WATCH_SERVICE_H_

#include <memory>
#include <mutex>
#include <set>

#include "authority/zone_catalog.h"
#include "proto/authority/v1/authority.grpc.pb.h"

namespace strata::authority {

class ZoneWatch;

// Thread-safe. Outlives the server that it is registered with.
class ZoneWatchService : public v1::ZoneWatchService::CallbackService {
 public:
  // `catalog` outlives the service.
  explicit ZoneWatchService(const PublishedCatalog& catalog) : catalog_(catalog) {}

  grpc::ServerWriteReactor<v1::ZonePage>* WatchZones(grpc::CallbackServerContext* context,
                                                     const v1::WatchZonesRequest* request) override;

  // Tells all clients what the catalog holds now. Called after each Publish().
  void Announce();
  // Ends all watches, so that a shutdown need not wait for the clients to leave; later ones end at once.
  void Close();

 private:
  friend class ZoneWatch;
  void Remove(ZoneWatch* watch);

  const PublishedCatalog& catalog_;
  std::mutex mutex_;  // guards what follows
  std::set<ZoneWatch*> watches_;
  bool closed_ = false;
};

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_ZONE_WATCH_SERVICE_H_
