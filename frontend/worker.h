// One thread of the frontend, with its sockets, its queries and its backends.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_WORKER_H_
#define STRATA_FRONTEND_WORKER_H_

#include <atomic>
#include <memory>
#include <mutex>
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
    // Its sockets stay open elsewhere when it stops: they are left as they are.
    bool handed_sockets = false;
  };

  // `zones` and `clock` outlive the worker.
  Worker(const Options& options, const BackendGroupFactory& backends, const PublishedZones& zones,
         const base::Clock& clock);
  ~Worker();

  // Take over the descriptors: served from Start() on, or at once. Any thread.
  void AddUdpSocket(int fd);
  void AddTcpSocket(int fd);

  void Start();
  // Some backend answers. Any thread.
  bool has_backend() const { return has_backend_; }
  // There is nobody whom a query may need and who is not there. Any thread.
  bool reaches_all() const { return reaches_all_; }
  // Where it counts. Any thread.
  WorkerMetrics metrics() const;
  // Takes no new clients, answers what has come, and ends the thread: after `grace` at the latest. More than once is
  // fine.
  void Stop(absl::Duration grace);

 private:
  void Run();
  // Serves the sockets that were added since.
  void TakeSockets();
  void Drain(absl::Duration grace);
  // Serves until `until` says that it is done.
  template <typename Condition>
  void RunUntil(Condition until);
  void Tick();
  // Tells other threads how it stands with the backends.
  void NoteBackends();
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
  bool has_recursors_ = false;
  base::MonotonicTime last_tick_;
  std::mutex mutex_;
  std::vector<int> new_udp_;  // guarded by mutex_, as the next
  std::vector<int> new_tcp_;
  std::atomic<bool> has_new_sockets_{false};
  std::atomic<bool> stopping_{false};
  std::atomic<bool> has_backend_{false};
  std::atomic<bool> reaches_all_{false};
  std::atomic<int64_t> grace_ms_{0};
  std::thread thread_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_WORKER_H_
