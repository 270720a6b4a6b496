// SPDX-License-Identifier: Apache-2.0
#include "recursor/core/resolver_loop.h"

#include <pthread.h>

#include <algorithm>
#include <utility>

#include "base/status_macros.h"

namespace strata::recursor {
namespace {

constexpr size_t kItemsPerSignOfLife = 64;

// A loop that owes answers turns at least this often, so that one that is hung can be told from one that waits.
constexpr absl::Duration kHeartbeat = absl::Milliseconds(100);

}  // namespace

absl::StatusOr<std::unique_ptr<ResolverLoop>> ResolverLoop::Start(const ResolverOptions& options,
                                                                  const base::Clock& clock,
                                                                  const ForwardSettings& settings,
                                                                  std::shared_ptr<const HostsTable> hosts) {
  std::unique_ptr<ResolverLoop> loop(new ResolverLoop(clock));
  const UpstreamOptions upstream{.loops = options.loops, .max_waiting = options.limits.questions};
  STRATA_ASSIGN_OR_RETURN(loop->upstream_, Upstream::Create(upstream, clock, &loop->loop_));
  loop->forwarder_.emplace(ForwarderParts{&clock, loop->upstream_.get(), &loop->timers_, &loop->random_},
                           options.limits);
  loop->forwarder_->SetServers(settings);
  loop->forwarder_->SetHosts(std::move(hosts));
  loop->thread_ = std::thread([raw = loop.get()] { raw->Run(); });
  return loop;
}

ResolverLoop::ResolverLoop(const base::Clock& clock) : clock_(clock), timers_(clock.MonotonicNow()) {}

ResolverLoop::~ResolverLoop() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    inbox_.stop = true;
  }
  loop_.Wake();
  thread_.join();
}

void ResolverLoop::Submit(const std::shared_ptr<ResolverClient>& client, absl::Span<const ResolverQuestion> questions) {
  const base::MonotonicTime now = clock_.MonotonicNow();
  bool was_empty = false;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    was_empty = inbox_.empty();
    if (!owing_) last_turn_ = now;  // its time begins here
    owing_ = true;
    for (const ResolverQuestion& question : questions) {
      inbox_.items.push_back({client, question, inbox_.names.size(), question.name.size(), now});
      inbox_.names.append(question.name.data(), question.name.size());
    }
  }
  Wake(was_empty);
}

void ResolverLoop::SetServers(const ForwardSettings& settings) {
  bool was_empty = false;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    was_empty = inbox_.empty();
    inbox_.settings = settings;
  }
  Wake(was_empty);
}

void ResolverLoop::SetHosts(std::shared_ptr<const HostsTable> hosts) {
  bool was_empty = false;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    was_empty = inbox_.empty();
    inbox_.hosts = std::move(hosts);
  }
  Wake(was_empty);
}

// Otherwise it was woken already.
void ResolverLoop::Wake(bool was_empty) {
  if (was_empty) loop_.Wake();
}

absl::Duration ResolverLoop::silence() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!owing_) return absl::ZeroDuration();
  return std::max(absl::FromChrono(clock_.MonotonicNow() - last_turn_), absl::ZeroDuration());
}

LoopMetrics ResolverLoop::metrics() const {
  return {&forwarder_->metrics(), &upstream_->udp_counters(), &upstream_->tcp_counters()};
}

absl::Duration ResolverLoop::NextTimeout() const {
  const absl::Duration own = timers_.UntilNext(clock_.MonotonicNow());
  const absl::Duration most = forwarder_->in_flight() > 0 ? kHeartbeat : absl::InfiniteDuration();
  return std::min({upstream_->NextTimeout(), own, most});
}

void ResolverLoop::Run() {
  pthread_setname_np(pthread_self(), "resolver");
  while (TakeInbox()) {
    loop_.RunOnce(NextTimeout());
    upstream_->Turn();
    timers_.Advance(clock_.MonotonicNow());
  }
  forwarder_.reset();
}

bool ResolverLoop::TakeInbox() {
  const base::MonotonicTime now = clock_.MonotonicNow();
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    std::swap(inbox_, taken_);
    owing_ = forwarder_->in_flight() > 0 || !taken_.items.empty();
    last_turn_ = now;
  }
  // Not after the questions, which would go to the servers of before.
  if (taken_.settings) forwarder_->SetServers(*taken_.settings);
  if (taken_.hosts != nullptr) forwarder_->SetHosts(std::move(taken_.hosts));
  size_t handled = 0;
  for (Item& item : taken_.items) {
    // A turn with thousands of questions is a slow one, and not one that hangs.
    if (++handled % kItemsPerSignOfLife == 0) {
      const base::MonotonicTime later = clock_.MonotonicNow();
      const std::lock_guard<std::mutex> lock(mutex_);
      last_turn_ = later;
    }
    item.question.name = absl::string_view(taken_.names).substr(item.name_at, item.name_size);
    forwarder_->Ask(item.client, item.question, item.asked);
  }
  const bool stop = taken_.stop;
  taken_.items.clear();
  taken_.names.clear();
  taken_.settings.reset();
  taken_.hosts.reset();
  return !stop;
}

}  // namespace strata::recursor
