// A thread of the resolver.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_CORE_RESOLVER_LOOP_H_
#define STRATA_RECURSOR_CORE_RESOLVER_LOOP_H_

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "base/clock.h"
#include "base/event_loop.h"
#include "recursor/core/forward_settings.h"
#include "recursor/core/forwarder.h"
#include "recursor/core/hosts_table.h"
#include "recursor/core/resolver_metrics.h"
#include "recursor/net/random_bits.h"
#include "recursor/net/timer_wheel.h"
#include "recursor/net/upstream.h"
#include "recursor/resolver.h"
#include "recursor/resolver_options.h"

namespace strata::recursor {

// Thread-safe. Its forwarder, transport and timers are its thread's alone; what other threads have to say goes through
// an inbox.
class ResolverLoop {
 public:
  // Starts the thread. `clock` outlives it.
  static absl::StatusOr<std::unique_ptr<ResolverLoop>> Start(const ResolverOptions& options, const base::Clock& clock,
                                                             const ForwardSettings& settings,
                                                             std::shared_ptr<const HostsTable> hosts);
  // Answers what is in flight, and waits for the thread's end.
  ~ResolverLoop();
  ResolverLoop(const ResolverLoop&) = delete;
  ResolverLoop& operator=(const ResolverLoop&) = delete;

  // Copies the questions.
  void Submit(const std::shared_ptr<ResolverClient>& client, absl::Span<const ResolverQuestion> questions);
  void SetServers(const ForwardSettings& settings);
  void SetHosts(std::shared_ptr<const HostsTable> hosts);

  // For how long it has not turned, though it owes answers.
  absl::Duration silence() const;

  // Good as long as this lives.
  LoopMetrics metrics() const;

 private:
  struct Item {
    std::shared_ptr<ResolverClient> client;
    ResolverQuestion question;  // its name is not set
    size_t name_at = 0;
    size_t name_size = 0;
    base::MonotonicTime asked;
  };
  struct Inbox {
    std::vector<Item> items;
    std::string names;
    std::optional<ForwardSettings> settings;
    std::shared_ptr<const HostsTable> hosts;
    bool stop = false;
    bool empty() const { return items.empty() && !settings && hosts == nullptr && !stop; }
  };

  explicit ResolverLoop(const base::Clock& clock);

  void Run();
  // Whether to go on.
  bool TakeInbox();
  void Wake(bool was_empty);
  absl::Duration NextTimeout() const;

  const base::Clock& clock_;
  base::EventLoop loop_;
  TimerWheel timers_;
  RandomBits random_;
  std::unique_ptr<Upstream> upstream_;
  std::optional<Forwarder> forwarder_;

  mutable std::mutex mutex_;  // guards the three below
  Inbox inbox_;
  bool owing_ = false;
  base::MonotonicTime last_turn_;

  Inbox taken_;  // the loop's
  std::thread thread_;
};

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_CORE_RESOLVER_LOOP_H_
