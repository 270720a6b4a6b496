// SPDX-License-Identifier: Apache-2.0
#include "recursor/core/server_probes.h"

#include <algorithm>
#include <utility>

namespace strata::recursor {

class ServerProbes::Probe final : public ExchangeHandler {
 public:
  explicit Probe(const base::Clock& clock) : clock_(clock) {}

  bool idle() const { return server_ == nullptr; }

  void Start(UpstreamTransport* transport, std::shared_ptr<UpstreamServer> server, absl::string_view query) {
    server_ = std::move(server);
    sent_ = clock_.MonotonicNow();
    server_->OnAsked(sent_);
    id_ = transport->Start(server_->address(), query, /*tcp=*/false, UpstreamServer::kMaxRto, this);
  }

  void Cancel(UpstreamTransport* transport) { transport->Cancel(id_); }

  void OnReply(absl::string_view /*message*/, absl::Duration round_trip) override {
    std::exchange(server_, nullptr)->OnUdpReply(round_trip, clock_.MonotonicNow());
  }

  void OnFailure(ExchangeFailure failure, bool suspicious) override {
    const std::shared_ptr<UpstreamServer> server = std::exchange(server_, nullptr);
    if (failure != ExchangeFailure::kNoSocket) server->OnSilence(sent_, clock_.MonotonicNow());
    if (suspicious) server->OnMismatch(clock_.MonotonicNow());
  }

 private:
  const base::Clock& clock_;
  std::shared_ptr<UpstreamServer> server_;  // null: idle
  ExchangeId id_ = 0;
  base::MonotonicTime sent_;
};

ServerProbes::ServerProbes(const base::Clock* clock, UpstreamTransport* transport)
    : clock_(*clock), transport_(*transport) {}

ServerProbes::~ServerProbes() {
  for (const std::unique_ptr<Probe>& probe : probes_) {
    if (!probe->idle()) probe->Cancel(&transport_);
  }
}

void ServerProbes::Send(const std::shared_ptr<UpstreamServer>& server, absl::string_view query) {
  auto idle = std::find_if(probes_.begin(), probes_.end(), [](const auto& probe) { return probe->idle(); });
  if (idle == probes_.end()) idle = probes_.insert(idle, std::make_unique<Probe>(clock_));
  (*idle)->Start(&transport_, server, query);
}

}  // namespace strata::recursor
