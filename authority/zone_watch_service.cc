// SPDX-License-Identifier: Apache-2.0
#include "authority/zone_watch_service.h"

#include <chrono>

#include "authority/zone_pages.h"

namespace strata::authority {
namespace {

// How soon it is noticed that a client is gone that has nothing to be told.
constexpr std::chrono::seconds kLookForClient(1);

}  // namespace

std::shared_ptr<const ZoneCatalog> ZoneWatchService::AwaitChange(const std::shared_ptr<const ZoneCatalog>& told,
                                                                 const grpc::ServerContext& client) {
  std::unique_lock<std::mutex> lock(mutex_);
  while (!closed_ && !client.IsCancelled()) {
    // Under the lock, so that no Announce() comes between the look and the wait.
    std::shared_ptr<const ZoneCatalog> now = catalog_.Current();
    if (now != told) return now;
    changed_.wait_for(lock, kLookForClient);
  }
  return nullptr;
}

grpc::Status ZoneWatchService::WatchZones(grpc::ServerContext* context, const v1::WatchZonesRequest*,
                                          grpc::ServerWriter<v1::ZonePage>* stream) {
  std::shared_ptr<const ZoneCatalog> told;
  while (const std::shared_ptr<const ZoneCatalog> now = AwaitChange(told, *context)) {
    for (const v1::ZonePage& page : PagesBetween(told.get(), *now)) {
      if (!stream->Write(page)) return grpc::Status::CANCELLED;
    }
    told = now;
  }
  if (context->IsCancelled()) return grpc::Status::CANCELLED;
  return grpc::Status(grpc::StatusCode::UNAVAILABLE, "the authority is shutting down");
}

void ZoneWatchService::Announce() {
  // Whoever is between its look and its wait has the lock.
  { const std::lock_guard<std::mutex> lock(mutex_); }
  changed_.notify_all();
}

void ZoneWatchService::Close() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
}

}  // namespace strata::authority
