// SPDX-License-Identifier: Apache-2.0
#include "frontend/zones/zone_watcher.h"

#include <algorithm>
#include <chrono>

#include "base/log.h"
#include "frontend/backends/backend_channel.h"

namespace strata::frontend {
namespace {

using base::Log;
using base::LogLevel;

// Between two streams, doubled each time that one brought nothing: the channel itself waits for a target that is away,
// but one that is no authority refuses every stream.
constexpr std::chrono::milliseconds kFirstPause(100);
constexpr std::chrono::milliseconds kMaxPause(5000);

// The watch's connection is not a worker's.
constexpr int kNoWorker = -1;

}  // namespace

ZoneWatcher::ZoneWatcher(const BackendTarget& target, int replica, ZoneLists* lists)
    : target_(target.address),
      replica_(replica),
      lists_(*lists),
      stub_(authority::v1::ZoneWatchService::NewStub(MakeBackendChannel(target, kNoWorker))),
      thread_([this] { Run(); }) {}

ZoneWatcher::~ZoneWatcher() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stopped_ = true;
    if (context_ != nullptr) context_->TryCancel();
  }
  stopping_.notify_all();
  thread_.join();
}

void ZoneWatcher::Run() {
  std::chrono::milliseconds pause = kFirstPause;
  bool told = false;
  while (Watch(&told)) {
    pause = told ? kFirstPause : std::min(pause * 2, kMaxPause);
    std::unique_lock<std::mutex> lock(mutex_);
    stopping_.wait_for(lock, pause, [this] { return stopped_; });
  }
}

bool ZoneWatcher::Watch(bool* told) {
  *told = false;
  grpc::ClientContext context;
  context.set_wait_for_ready(true);
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (stopped_) return false;
    context_ = &context;
  }
  const auto stream = stub_->WatchZones(&context, authority::v1::WatchZonesRequest());
  lists_.OnStreamStart(replica_);
  authority::v1::ZonePage page;
  while (stream->Read(&page)) {
    lists_.OnPage(replica_, page);
    *told = true;
    if (page.complete()) Log(LogLevel::kInfo, "zone list complete", {{"authority", target_}});
  }
  const grpc::Status status = stream->Finish();
  const std::lock_guard<std::mutex> lock(mutex_);
  context_ = nullptr;
  if (!stopped_) {
    Log(LogLevel::kWarning, "zone watch ended, its last list stands",
        {{"authority", target_}, {"reason", status.error_message()}});
  }
  return !stopped_;
}

}  // namespace strata::frontend
