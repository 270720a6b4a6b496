// SPDX-License-Identifier: Apache-2.0
#include "frontend/frontend_server.h"

#include <algorithm>
#include <thread>

#include "base/log.h"
#include "base/status_macros.h"
#include "frontend/net/listen_options.h"
#include "frontend/net/open_files.h"

namespace strata::frontend {
namespace {

// Each worker's share of connections, where the limit of open files allows it.
int ConnectionsOfWorker(const FrontendOptions& options) {
  const auto workers = static_cast<uint64_t>(options.workers);
  const uint64_t wanted = workers * static_cast<uint64_t>(options.worker.tcp.max_connections);
  const uint64_t limit = OpenFilesLimit();
  const uint64_t connections = ConnectionsWithin(limit, wanted);
  if (connections < wanted) {
    base::Log(base::LogLevel::kWarning, "fewer TCP connections than configured: the limit of open files is too low",
              {{"connections", connections}, {"open_files_limit", limit}, {"needed_limit", wanted + kOtherFiles}});
  }
  return static_cast<int>(std::max<uint64_t>(connections / workers, 1));
}

// A burst that does not fit is lost.
void WarnOfSmallBuffers(const ListenSockets& sockets) {
  if (sockets.udp_buffer_bytes >= kUdpBufferBytes / 2) return;
  base::Log(
      base::LogLevel::kWarning, "small UDP buffers: raise net.core.rmem_max and net.core.wmem_max",
      {{"address", sockets.address.ToText()}, {"bytes", sockets.udp_buffer_bytes}, {"wanted_bytes", kUdpBufferBytes}});
}

}  // namespace

absl::StatusOr<std::unique_ptr<FrontendServer>> FrontendServer::Start(const FrontendOptions& options,
                                                                      const BackendGroupFactory& backends,
                                                                      const PublishedZones& zones) {
  std::unique_ptr<FrontendServer> server(new FrontendServer(options));
  const int connections = ConnectionsOfWorker(options);
  for (int i = 0; i < options.workers; ++i) {
    Worker::Options worker = options.worker;
    worker.tcp.max_connections = connections;
    worker.number = i;
    worker.handed_sockets = !options.handed.empty();
    server->workers_.push_back(std::make_unique<Worker>(worker, backends, zones, server->clock_));
  }
  if (!options.listen_later) STRATA_RETURN_IF_ERROR(server->Listen());
  server->cookie_secret_file_ = options.cookie_secret_file;
  if (server->cookie_secret_file_ != nullptr) server->cookie_secret_file_->Start();
  for (const auto& worker : server->workers_) worker->Start();
  return server;
}

absl::Status FrontendServer::Listen() {
  std::vector<ListenSockets> opened = options_.handed;
  absl::Status status;
  for (const base::SocketAddress& address : options_.listen) {
    if (!options_.handed.empty()) break;
    absl::StatusOr<ListenSockets> sockets = OpenListenSockets(address, options_.workers, options_.reuse_port);
    if (!sockets.ok()) {
      status = sockets.status();
      break;
    }
    opened.push_back(*std::move(sockets));
  }
  // Handed over in any case: whom the server does not outlive, it closes.
  for (const ListenSockets& sockets : opened) Serve(sockets);
  return status;
}

void FrontendServer::Serve(const ListenSockets& sockets) {
  // Of what was handed over there may be more than workers.
  for (size_t i = 0; i < sockets.udp.size(); ++i) workers_[i % workers_.size()]->AddUdpSocket(sockets.udp[i]);
  for (size_t i = 0; i < sockets.tcp.size(); ++i) workers_[i % workers_.size()]->AddTcpSocket(sockets.tcp[i]);
  if (!sockets.udp.empty()) WarnOfSmallBuffers(sockets);
  addresses_.push_back(sockets.address);
  base::Log(base::LogLevel::kInfo, "listening",
            {{"address", sockets.address.ToText()}, {"handed_over", sockets.handed}});
}

FrontendServer::~FrontendServer() { Stop(absl::ZeroDuration()); }

bool FrontendServer::has_backends() const {
  return std::all_of(workers_.begin(), workers_.end(), [](const auto& worker) { return worker->has_backend(); });
}

bool FrontendServer::reaches_all() const {
  return std::all_of(workers_.begin(), workers_.end(), [](const auto& worker) { return worker->reaches_all(); });
}

void FrontendServer::WriteMetrics(base::MetricsWriter* writer) const {
  std::vector<WorkerMetrics> workers;
  for (const auto& worker : workers_) workers.push_back(worker->metrics());
  WriteWorkerMetrics(workers, writer);
}

void FrontendServer::Stop(absl::Duration grace) {
  // All at once: each may take the whole of `grace`.
  std::vector<std::thread> stops;
  for (const auto& worker : workers_) stops.emplace_back([&worker, grace] { worker->Stop(grace); });
  for (std::thread& stop : stops) stop.join();
}

}  // namespace strata::frontend
