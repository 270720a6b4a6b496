// SPDX-License-Identifier: Apache-2.0
#include "authority/zone_watch_service.h"

#include <grpcpp/grpcpp.h>

#include <deque>
#include <utility>
#include <vector>

#include "authority/zone_pages.h"

namespace strata::authority {

// One client's watch. gRPC calls the On… functions from its threads; OnDone() is the last, and deletes it.
class ZoneWatch : public grpc::ServerWriteReactor<v1::ZonePage> {
 public:
  explicit ZoneWatch(ZoneWatchService* service) : service_(*service) {}

  // Sends what changed, now or when what is being sent has gone. While pages are queued, later changes wait for their
  // end, so a slow client costs one list of pages, however often the zones change.
  void Advance(std::shared_ptr<const ZoneCatalog> now) {
    const std::lock_guard<std::mutex> lock(mutex_);
    next_ = std::move(now);
    if (!writing_ && !finished_) StartNextWrite();
  }

  void End() {
    const std::lock_guard<std::mutex> lock(mutex_);
    FinishOnce(grpc::Status(grpc::StatusCode::UNAVAILABLE, "the authority is shutting down"));
  }

  void OnWriteDone(bool ok) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    writing_ = false;
    if (!ok) return FinishOnce(grpc::Status::OK);
    pages_.pop_front();
    if (!finished_) StartNextWrite();
  }

  void OnCancel() override {
    const std::lock_guard<std::mutex> lock(mutex_);
    FinishOnce(grpc::Status::CANCELLED);
  }

  void OnDone() override {
    service_.Remove(this);
    delete this;
  }

 private:
  void StartNextWrite() {
    if (pages_.empty() && next_ != told_) {
      std::vector<v1::ZonePage> pages = PagesBetween(told_.get(), *next_);
      told_ = next_;
      pages_.assign(std::make_move_iterator(pages.begin()), std::make_move_iterator(pages.end()));
    }
    if (pages_.empty()) return;
    writing_ = true;
    StartWrite(&pages_.front());
  }

  void FinishOnce(const grpc::Status& status) {
    if (finished_) return;
    finished_ = true;
    Finish(status);
  }

  ZoneWatchService& service_;
  std::mutex mutex_;                         // guards what follows
  std::shared_ptr<const ZoneCatalog> told_;  // what the client knows once pages_ are sent
  std::shared_ptr<const ZoneCatalog> next_;  // what it is to know
  std::deque<v1::ZonePage> pages_;           // the first is being written
  bool writing_ = false;
  bool finished_ = false;
};

grpc::ServerWriteReactor<v1::ZonePage>* ZoneWatchService::WatchZones(grpc::CallbackServerContext*,
                                                                     const v1::WatchZonesRequest*) {
  auto* watch = new ZoneWatch(this);
  bool closed = false;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    closed = closed_;
    watches_.insert(watch);
    // Under the lock, so that no Announce() of a newer catalog comes between.
    if (!closed) watch->Advance(catalog_.Current());
  }
  if (closed) watch->End();
  return watch;
}

void ZoneWatchService::Announce() {
  const std::lock_guard<std::mutex> lock(mutex_);
  for (ZoneWatch* watch : watches_) watch->Advance(catalog_.Current());
}

void ZoneWatchService::Close() {
  const std::lock_guard<std::mutex> lock(mutex_);
  closed_ = true;
  for (ZoneWatch* watch : watches_) watch->End();
}

void ZoneWatchService::Remove(ZoneWatch* watch) {
  const std::lock_guard<std::mutex> lock(mutex_);
  watches_.erase(watch);
}

}  // namespace strata::authority
