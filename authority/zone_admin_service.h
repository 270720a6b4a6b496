// Serves ZoneAdminService: what operators do with zones (design: on the admin address only).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_ZONE_ADMIN_SERVICE_H_
#define STRATA_AUTHORITY_ZONE_ADMIN_SERVICE_H_

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <functional>
#include <utility>

#include "authority/snapshot_store.h"
#include "proto/authority/v1/admin.grpc.pb.h"

namespace strata::authority {

// Thread-safe. A call holds a thread of gRPC's while it lasts; of pushes, which hold a file each, few go at a time, and
// others are told RESOURCE_EXHAUSTED.
class ZoneAdminService : public v1::ZoneAdminService::Service {
 public:
  static constexpr int kMaxPushes = 4;
  // As a snapshot's (docs/snapshot_format.md).
  static constexpr uint64_t kMaxPushedBytes = (uint64_t{1} << 31) - 1;

  // `announce` is called after a change, by any thread. `store` outlives the service.
  ZoneAdminService(SnapshotStore* store, std::function<void()> announce)
      : store_(*store), announce_(std::move(announce)) {}

  grpc::Status ListZones(grpc::ServerContext* context, const v1::ListZonesRequest* request,
                         grpc::ServerWriter<v1::ListZonesPage>* stream) override;
  grpc::Status PushSnapshot(grpc::ServerContext* context, grpc::ServerReader<v1::PushSnapshotRequest>* stream,
                            v1::PushSnapshotResponse* response) override;
  grpc::Status RollBackZone(grpc::ServerContext* context, const v1::RollBackZoneRequest* request,
                            v1::RollBackZoneResponse* response) override;

 private:
  absl::StatusOr<SnapshotStore::Change> Receive(grpc::ServerReader<v1::PushSnapshotRequest>* stream);

  SnapshotStore& store_;
  const std::function<void()> announce_;
  std::atomic<int> pushes_{0};
};

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_ZONE_ADMIN_SERVICE_H_
