// Follows what one replica of the authority says of its zones.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_ZONES_ZONE_WATCHER_H_
#define STRATA_FRONTEND_ZONES_ZONE_WATCHER_H_

#include <grpcpp/grpcpp.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "frontend/backends/backend_target.h"
#include "frontend/zones/zone_lists.h"
#include "proto/authority/v1/authority.grpc.pb.h"

namespace strata::frontend {

// Keeps a watch open from its construction to its end, on a thread of its own, and feeds the pages to `lists`.
class ZoneWatcher {
 public:
  // `lists` outlives the watcher; `replica` is the target's number there.
  ZoneWatcher(const BackendTarget& target, int replica, ZoneLists* lists);
  ~ZoneWatcher();
  ZoneWatcher(const ZoneWatcher&) = delete;
  ZoneWatcher& operator=(const ZoneWatcher&) = delete;

 private:
  void Run();
  // One stream from its start to its end; `*told`: it brought a page. False once stopped.
  bool Watch(bool* told);

  const std::string target_;
  const int replica_;
  ZoneLists& lists_;
  std::unique_ptr<authority::v1::ZoneWatchService::Stub> stub_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable stopping_;
  bool stopped_ = false;
  grpc::ClientContext* context_ = nullptr;  // of the stream of now
  std::thread thread_;                      // the last member: it uses the others
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_ZONES_ZONE_WATCHER_H_
