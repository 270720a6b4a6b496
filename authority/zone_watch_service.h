// Serves ZoneWatchService: tells each client the zones, and what changes.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_ZONE_WATCH_SERVICE_H_
#define STRATA_AUTHORITY_ZONE_WATCH_SERVICE_H_

#include <grpcpp/grpcpp.h>

#include <condition_variable>
#include <memory>
#include <mutex>

#include "authority/zone_catalog.h"
#include "proto/authority/v1/authority.grpc.pb.h"

namespace strata::authority {

// Each watch holds a thread of gRPC's, which sleeps while nothing changes: gRPC's callback services would poll the
// connections that queries come by (base/health_service.h). A slow client costs one list of pages, however often the
// zones change meanwhile. Thread-safe. Outlives the server that it is registered with.
class ZoneWatchService : public v1::ZoneWatchService::Service {
 public:
  // `catalog` outlives the service.
  explicit ZoneWatchService(const PublishedCatalog& catalog) : catalog_(catalog) {}

  grpc::Status WatchZones(grpc::ServerContext* context, const v1::WatchZonesRequest* request,
                          grpc::ServerWriter<v1::ZonePage>* stream) override;

  // Tells all clients what the catalog holds now. Called after each Publish().
  void Announce();
  // Ends all watches, so that a shutdown need not wait for the clients to leave; later ones end at once.
  void Close();

 private:
  // Returns when there is a catalog other than `told`; nullptr when the watch ends.
  std::shared_ptr<const ZoneCatalog> AwaitChange(const std::shared_ptr<const ZoneCatalog>& told,
                                                 const grpc::ServerContext& client);

  const PublishedCatalog& catalog_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  bool closed_ = false;
};

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_ZONE_WATCH_SERVICE_H_
