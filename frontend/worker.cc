// SPDX-License-Identifier: Apache-2.0
#include "frontend/worker.h"

#include <unistd.h>

#include <algorithm>

#include "frontend/net/tcp_listener.h"

namespace strata::frontend {
namespace {

constexpr absl::Duration kTick = absl::Milliseconds(100);
// TCP's time-outs are the only work of an idle worker.
constexpr absl::Duration kIdleTick = absl::Seconds(1);

// For how long datagrams are read that came before their socket was taken out of the group that new ones go to.
constexpr absl::Duration kUdpDrain = absl::Milliseconds(50);

// For how long TCP clients may take to finish a handshake that they have begun.
constexpr absl::Duration kTcpHandshakes = absl::Milliseconds(250);

}  // namespace

Worker::Worker(const Options& options, const BackendGroupFactory& backends, const PublishedZones& zones,
               const base::Clock& clock)
    : options_(options),
      clock_(clock),
      handler_(options.handler, zones, clock),
      backends_(backends(
          options.number, &loop_,
          {handler_.replica_events(), handler_.recursion().member_events(), handler_.recursion().recursor_events()})),
      streams_(options.tcp, &loop_, &handler_, clock),
      last_tick_(clock.MonotonicNow()) {
  for (Backend* replica : backends_->replicas()) handler_.AddReplica(replica);
  for (const auto& [name, member] : backends_->members()) handler_.recursion().AddMember(name, member);
  for (const auto& [name, recursor] : backends_->recursors()) {
    handler_.recursion().AddRecursor(name, recursor);
    has_recursors_ = true;
  }
  NoteBackends();
}

Worker::~Worker() {
  Stop(absl::ZeroDuration());
  for (const int fd : new_udp_) close(fd);
  for (const int fd : new_tcp_) close(fd);
}

void Worker::AddUdpSocket(int fd) {
  const std::lock_guard<std::mutex> lock(mutex_);
  new_udp_.push_back(fd);
  has_new_sockets_ = true;
  loop_.Wake();
}

void Worker::AddTcpSocket(int fd) {
  const std::lock_guard<std::mutex> lock(mutex_);
  new_tcp_.push_back(fd);
  has_new_sockets_ = true;
  loop_.Wake();
}

void Worker::TakeSockets() {
  const std::lock_guard<std::mutex> lock(mutex_);
  has_new_sockets_ = false;
  for (const int fd : new_udp_) udp_.push_back(std::make_unique<UdpListener>(fd, &loop_, &handler_, clock_));
  for (const int fd : new_tcp_) stream_listeners_.push_back(std::make_unique<TcpListener>(fd, &loop_, &streams_));
  new_udp_.clear();
  new_tcp_.clear();
}

void Worker::NoteBackends() {
  has_backend_ = handler_.has_backend();
  reaches_all_ = has_backend_ && (!has_recursors_ || handler_.recursion().recursor_up());
}

void Worker::Start() { thread_ = std::thread(&Worker::Run, this); }

WorkerMetrics Worker::metrics() const {
  return {&handler_.metrics(),          &handler_.authority_metrics(), &handler_.member_metrics(),
          &handler_.recursor_metrics(), &handler_.recursion_metrics(), &streams_.counters()};
}

void Worker::Stop(absl::Duration grace) {
  if (!thread_.joinable()) return;
  grace_ms_ = absl::ToInt64Milliseconds(grace);
  stopping_ = true;
  loop_.Wake();
  thread_.join();
}

void Worker::Tick() {
  const base::MonotonicTime now = clock_.MonotonicNow();
  if (absl::FromChrono(now - last_tick_) < kTick) return;
  last_tick_ = now;
  handler_.OnTick();
  backends_->OnTick();
  streams_.OnTick();
  for (const auto& listener : udp_) listener->OnTick();
  for (const auto& listener : stream_listeners_) listener->OnTick();
}

absl::Duration Worker::Patience() {
  if (handler_.busy() || backends_->wants_tick() || stopping_) {
    const base::MonotonicTime hedge = handler_.NextHedge();
    if (hedge == base::MonotonicTime::max()) return kTick;
    return std::clamp(absl::FromChrono(hedge - clock_.MonotonicNow()), absl::ZeroDuration(), kTick);
  }
  const bool waiting = std::any_of(stream_listeners_.begin(), stream_listeners_.end(),
                                   [](const auto& listener) { return listener->waiting(); });
  return waiting || streams_.size() > 0 ? kIdleTick : absl::InfiniteDuration();
}

template <typename Condition>
void Worker::RunUntil(Condition until) {
  while (!until()) {
    if (has_new_sockets_) TakeSockets();
    backends_->RunOnce(Patience());
    NoteBackends();
    Tick();
    handler_.Flush();
    for (const auto& listener : udp_) listener->Flush();
    streams_.EndTurn();
  }
}

void Worker::Run() {
  RunUntil([this] { return stopping_.load(); });
  Drain(absl::Milliseconds(grace_ms_.load()));
}

void Worker::Drain(absl::Duration grace) {
  TakeSockets();
  const base::MonotonicTime stopped = clock_.MonotonicNow();
  const auto passed = [&](absl::Duration time) {
    return absl::FromChrono(clock_.MonotonicNow() - stopped) >= std::min(time, grace);
  };
  if (options_.handed_sockets) {
    // What comes by UDP is answered as long as connections keep the process from its end: only then the successor
    // comes.
    for (const auto& listener : stream_listeners_) listener->Abandon();
    streams_.Leave();
    RunUntil([&] { return streams_.size() == 0 || passed(grace - StreamTable::kFarewell); });
    streams_.Expel();
    RunUntil([&] { return streams_.size() == 0 || passed(grace); });
    for (const auto& listener : udp_) listener->Abandon();
    RunUntil([&] { return handler_.pending() == 0 || passed(grace); });
    return;
  }
  for (const auto& listener : udp_) listener->Leave();
  for (const auto& listener : stream_listeners_) listener->Leave();
  streams_.Leave();
  RunUntil([&] { return passed(kUdpDrain); });
  RunUntil([&] { return stream_listeners_.empty() || passed(kTcpHandshakes); });
  for (const auto& listener : stream_listeners_) listener->Close();
  const auto done = [this] { return handler_.pending() == 0 && streams_.size() == 0; };
  RunUntil([&] { return done() || passed(grace - StreamTable::kFarewell); });
  streams_.Expel();
  RunUntil([&] { return done() || passed(grace); });
}

}  // namespace strata::frontend
