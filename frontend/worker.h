// One thread of the frontend, with its sockets, its queries and its backends.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_WORKER_H_
#define STRATA_FRONTEND_WORKER_H_

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "absl/time/time.h"
#include "base/clock.h"
#include "base/event_loop.h"
#include "frontend/backends/backend_group.h"
#include "frontend/net/stream_listener.h"
#include "frontend/net/stream_table.h"
#include "frontend/net/udp_listener.h"
#include "frontend/query/query_handler.h"
#include "frontend/worker_metrics.h"

namespace strata::frontend {

// Shares nothing with other workers but the zone table. Constructed and destroyed by one thread; runs on its own
// between Start() and Stop().
class Worker {
 public:
  struct Options {
    QueryHandler::Options handler;
    StreamTable::Options tcp;
    int number = 0;
  };

  // `zones` and `clock` outlive the worker.
  Worker(const Options& options, const BackendGroupFactory& backends, const PublishedZones& zones,
         const base::Clock& clock);
  ~Worker();

  // Take over the descriptors. Before Start().
  void AddUdpSocket(int fd);
  void AddTcpSocket(int fd);

  void Start();
  // Some backend answers. Any thread.
  bool has_backend() const { return has_backend_; }
  // Where it counts. Any thread.
  WorkerMetrics metrics() const;
  // Takes no new clients, answers what has come, and ends the thread: after `grace` at the latest. More than once is
  // fine.
  void Stop(absl::Duration grace);

 private:
  void Run();
  // Serves until `until` says that it is done.
  template <typename Condition>
  void RunUntil(Condition until);
  void Tick();
  // How long it may sleep.
  absl::Duration Patience();

  const Options options_;
  const base::Clock& clock_;
  base::EventLoop loop_;
  QueryHandler handler_;
  std::unique_ptr<BackendGroup> backends_;
  std::vector<std::unique_ptr<UdpListener>> udp_;
  StreamTable streams_;
  std::vector<std::unique_ptr<StreamListener>> stream_listeners_;
  base::MonotonicTime last_tick_;
  std::atomic<bool> stopping_{false};
  std::atomic<bool> has_backend_{false};
  std::atomic<int64_t> grace_ms_{0};
  std::thread thread_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_WORKER_H_
