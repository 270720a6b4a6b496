// Recursion through the cache tier: look up, resolve what is missing, fill (design §4).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_RECURSION_CACHED_RECURSION_H_
#define STRATA_FRONTEND_RECURSION_CACHED_RECURSION_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "base/clock.h"
#include "base/log_limiter.h"
#include "dns/lookup_name.h"
#include "dns/name.h"
#include "frontend/backends/answer_times.h"
#include "frontend/backends/backend_pool.h"
#include "frontend/backends/backend_standing.h"
#include "frontend/backends/cache_member.h"
#include "frontend/backends/hedge_queue.h"
#include "frontend/backends/retry_budget.h"
#include "frontend/query/slot_table.h"
#include "frontend/recursion/recursion_metrics.h"
#include "frontend/recursion/shard_selector.h"

namespace strata::frontend {

// One worker's orchestration of the cache members and the recursors. Each name has an owner among the members, and a
// favourite among the recursors, by rendezvous hash; the next in rank takes over while it is away.
//
//   looking ── hit ──────────────► answered
//      ├── parked ── hit ────────► answered
//      │      └── miss, lease ─┐
//      └── miss, with or without a lease ──► resolving ──► answered, and filled where there is a lease
//
// While the owner is late with its first word, the next in rank is asked too, by a peek: a hit there is as good, and a
// miss means to wait on. What is being resolved is never asked twice, but after the recursor went away.
//
// Without any member that is up there is nothing to look up: it resolves right away, so a cache outage costs latency
// and never an answer. A resolution that holds a lease goes on when its asker has given up: others wait for it. Used by
// its worker's thread only.
class CachedRecursion : private BackendPool::Owner, private CacheMemberEvents {
 public:
  struct Options {
    // What waits for a recursor, or for somebody's fill, at a time; beyond, it fails.
    size_t max_resolutions = 12288;
    // What waits for a member's first word besides: names that are remembered are found, whatever others wait for.
    // Beyond, Resolve() declines.
    size_t max_lookups = 2048;
    // How often a lease is renewed, which lasts a second.
    absl::Duration renewal = absl::Milliseconds(300);
    // More than a recursor ever takes: nothing stays longer than this.
    absl::Duration limit = absl::Seconds(10);
    absl::Duration hung_after = absl::Milliseconds(500);
  };

  struct Question {
    const dns::LookupName* name = nullptr;  // outlives the call
    uint16_t type = 0;
    uint16_t rr_class = 0;
    bool dnssec_ok = false;
    bool checking_disabled = false;
    base::MonotonicTime deadline;  // the asker's
  };

  class Asker {
   public:
    virtual ~Asker() = default;
    // The answer to the question that `id` asked: a message whose question is that one, or a code.
    virtual void OnResolved(uint32_t id, const BackendAnswer& answer) = 0;
  };

  // All outlive it.
  CachedRecursion(const Options& options, RetryBudget* budget, const base::Clock& clock, Asker* asker);

  // Before the first question; at most 64 of each, which outlive its last call. Ownership goes by the names.
  void AddMember(const std::string& name, CacheMember* member);
  void AddRecursor(const std::string& name, Backend* recursor);
  // Where they tell what happens to them.
  CacheMemberEvents* member_events() { return this; }
  BackendEvents* recursor_events() { return &recursors_; }

  // Some recursor was added: there is recursion.
  bool available() const { return recursors_.size() > 0; }
  bool recursor_up() const { return recursors_.up() != 0; }
  size_t resolutions() const { return table_.size(); }
  // Any thread.
  const RecursionMetrics& metrics() const { return metrics_; }
  const BackendMetrics& member_metrics() const { return member_standing_.metrics(); }
  const BackendMetrics& recursor_metrics() const { return recursors_.metrics(); }

  // Answers by OnResolved(), perhaps during the call. `*resolution` is set before that, to what Abandon() takes. False
  // when too many are under way.
  bool Resolve(uint32_t id, const Question& question, uint32_t* resolution);
  // The asker has given up; OnResolved() is not called.
  void Abandon(uint32_t resolution);

  // Peeks for what is late, and sends what was asked.
  void Flush();
  // When Flush() has something to peek for; base::MonotonicTime::max(): never, as it looks now.
  base::MonotonicTime NextHedge();
  // To be called every SilenceWatch::kTick while resolutions are under way.
  void OnTick(absl::Duration since_last);

 private:
  enum class State { kLooking, kParked, kResolving };
  struct Resolution {
    uint32_t id = 0;
    uint32_t asker = 0;  // 0: has given up
    State state = State::kLooking;
    std::array<char, dns::kMaxNameSize> name;  // in wire form, lower case
    uint8_t name_size = 0;
    uint64_t name_hash = 0;
    uint16_t type = 0;
    uint16_t rr_class = 0;
    bool dnssec_ok = false;
    bool checking_disabled = false;
    base::MonotonicTime deadline;
    base::MonotonicTime end;  // by `limit`
    int member = -1;
    uint64_t members_left = 0;   // that were not asked yet
    base::MonotonicTime looked;  // at `member`
    int peek = -1;               // the member that was asked besides
    bool has_lease = false;
    LeaseToken token;
    base::MonotonicTime renewed;
    int recursor = -1;
    BackendSet recursors_left = 0;
    bool resent = false;  // because its recursor went away
  };
  struct Member {
    std::string name;
    CacheMember* member;
  };

  static dns::LookupName NameOf(const Resolution& resolution);
  // Looks `name`, its name, up in the best member that is left, or resolves it.
  void Look(Resolution* resolution, const dns::LookupName& name);
  // Looks it up in the next member besides.
  void Peek(Resolution* resolution);
  // The front of the queue, if it waits for its owner's first word still.
  Resolution* FirstLate();
  static CacheLookup LookupOf(const Resolution& resolution, const dns::LookupName& name);
  // Asks the best recursor that is left, or fails.
  void Ask(Resolution* resolution, const dns::LookupName& name);
  // The same after an answer that makes no sense, within the budget.
  void AskAgain(Resolution* resolution);
  void Answer(Resolution* resolution, const BackendAnswer& answer);
  void Fail(Resolution* resolution, uint16_t extended_error, const char* why);
  // Fails it because too many are under way.
  void Refuse(Resolution* resolution);
  // Gives its lease back, if it has one.
  void Release(Resolution* resolution);
  // Every change of state. Parked and resolving ones are slow.
  void SetState(Resolution* resolution, State state);
  void Remove(Resolution* resolution);
  static bool IsSlow(State state) { return state != State::kLooking; }
  // It waits for its member no more.
  void LeaveMember(Resolution* resolution);
  // Nor for the one that it peeked at.
  void ForgetPeek(Resolution* resolution);
  void OnPeeked(Resolution* resolution, const CacheReply& reply);
  static bool Answers(absl::string_view wire, const Resolution& resolution);
  int NumberOf(const CacheMember* member) const;

  void OnReply(CacheMember* member, const CacheReply& reply) override;
  void OnAlive(CacheMember* member) override;
  void OnUp(CacheMember* member) override;
  void OnServing(CacheMember* member, bool serving) override;
  void OnDown(CacheMember* member) override;
  void OnAnswer(BackendPool* pool, int number, const BackendAnswer& answer) override;
  void OnDown(BackendPool* pool, int number) override;

  const Options options_;
  RetryBudget& budget_;
  const base::Clock& clock_;
  Asker& asker_;
  SlotTable<Resolution> table_;
  size_t slow_ = 0;  // of the table
  std::vector<Member> members_;
  BackendStanding member_standing_;
  ShardSelector member_ranks_;
  AnswerTimes lookup_times_;
  HedgeQueue lookups_;
  BackendPool recursors_;
  std::vector<std::string> recursor_names_;
  ShardSelector recursor_ranks_;
  RecursionMetrics metrics_;
  base::LogLimiter refusals_{3, absl::Seconds(10)};
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_RECURSION_CACHED_RECURSION_H_
