// Serves a bidirectional stream of batches: a thread and a completion queue for each worker.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_BATCH_STREAM_SERVER_H_
#define STRATA_BASE_BATCH_STREAM_SERVER_H_

#include <grpcpp/alarm.h>
#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/batch_metrics.h"
#include "base/batch_queue.h"
#include "base/batch_session.h"
#include "base/batch_stream.h"
#include "base/metrics_text.h"

namespace strata::base {

// The completion-queue API, and not the callback one: a stream's work runs on the thread that polls for it, without a
// hop (docs/decisions/0004).
//
//   BatchStreamServer<Exchange> exchange(workers, [&] { return SessionFactory<Exchange>(…); });
//   exchange.AddTo(&builder);
//   auto server = builder.BuildAndStart();
//   exchange.Start();
//   …
//   server->Shutdown(deadline);
//   exchange.Stop();
template <typename Traits>
class BatchStreamServer {
 public:
  // Makes what a worker opens its sessions by; called once for each.
  using WorkerFactory = std::function<SessionFactory<Traits>()>;

  BatchStreamServer(int workers, WorkerFactory make_worker)
      : count_(workers), make_worker_(std::move(make_worker)), metrics_(static_cast<size_t>(workers)) {}
  ~BatchStreamServer() { Stop(); }

  void AddTo(grpc::ServerBuilder* builder) {
    builder->RegisterService(&service_);
    // Clients ask whether we are alive, on streams that may be silent for long.
    builder->AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, kMinPingIntervalMs);
    for (int i = 0; i < count_; ++i) completions_.push_back(builder->AddCompletionQueue());
  }

  // REQUIRES: the builder's server was started.
  void Start();
  // Ends the threads; no session is left after it. REQUIRES: the server was shut down. More than once is fine.
  void Stop();

  // What was counted of the streams of `service` (batch_metrics.h), whether it runs or not. Any thread.
  void WriteMetrics(absl::string_view service, MetricsWriter* writer) const {
    WriteBatchMetrics(service, metrics_, writer);
  }

 private:
  static constexpr int kMinPingIntervalMs = 5000;

  struct Worker {
    explicit Worker(BatchQueue<Traits> shared) : queue(std::move(shared)) {}

    BatchQueue<Traits> queue;
    grpc::Alarm stop_alarm;
    StreamOperation stop{&StopQueue, &queue};
    std::thread thread;
  };

  static void StopQueue(void* queue, bool) {
    auto* const stopped = static_cast<BatchQueue<Traits>*>(queue);
    stopped->stopping = true;
    stopped->ShutdownIfUnused();
  }

  static void Run(grpc::ServerCompletionQueue* completions) {
    void* tag = nullptr;
    bool ok = false;
    while (completions->Next(&tag, &ok)) {
      const auto* operation = static_cast<StreamOperation*>(tag);
      operation->complete(operation->stream, ok);
    }
  }

  const int count_;
  const WorkerFactory make_worker_;
  std::vector<BatchMetrics> metrics_;  // by worker
  typename Traits::Service service_;
  std::vector<std::unique_ptr<grpc::ServerCompletionQueue>> completions_;
  std::vector<std::unique_ptr<Worker>> workers_;  // none before Start()
};

template <typename Traits>
void BatchStreamServer<Traits>::Start() {
  for (const auto& completions : completions_) {
    workers_.push_back(std::make_unique<Worker>(
        BatchQueue<Traits>{&service_, completions.get(), make_worker_(), &metrics_[workers_.size()]}));
    BatchStream<Traits>::Accept(&workers_.back()->queue);
    workers_.back()->thread = std::thread(Run, completions.get());
  }
}

template <typename Traits>
void BatchStreamServer<Traits>::Stop() {
  for (const auto& worker : workers_) {
    worker->stop_alarm.Set(worker->queue.completions, gpr_time_0(GPR_CLOCK_REALTIME), &worker->stop);
  }
  for (const auto& worker : workers_) worker->thread.join();
  if (workers_.empty()) {
    // Never started: there is no thread that could end the queues.
    for (const auto& completions : completions_) {
      completions->Shutdown();
      Run(completions.get());
    }
  }
  workers_.clear();
  completions_.clear();
}

}  // namespace strata::base

#endif  // STRATA_BASE_BATCH_STREAM_SERVER_H_
