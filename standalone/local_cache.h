// The cache inside the process: a member without a stream.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_STANDALONE_LOCAL_CACHE_H_
#define STRATA_STANDALONE_LOCAL_CACHE_H_

#include <string>
#include <vector>

#include "base/event_loop.h"
#include "cache/answer_cache.h"
#include "frontend/backends/cache_member.h"
#include "standalone/kept_answer.h"
#include "standalone/loop_inbox.h"

namespace strata::standalone {

// One worker's view of the cache that all workers share. Answers each lookup while it is made; what was parked is
// answered by Poll(). Used by its worker's thread, but for OnReply().
class LocalCache : public frontend::CacheMember, private cache::CacheClient {
 public:
  // All outlive it. `loop` is woken when Poll() has something to do.
  LocalCache(cache::AnswerCache* cache, base::EventLoop* loop, frontend::CacheMemberEvents* events)
      : cache_(*cache), inbox_(loop), events_(*events) {}
  ~LocalCache() override { cache_.Forget(this); }

  bool up() const override { return true; }
  void Lookup(const frontend::CacheLookup& lookup) override;
  void Peek(const frontend::CacheLookup& lookup) override;
  void Fill(const frontend::LeaseToken& token, const frontend::BackendAnswer& answer) override;
  void Renew(const frontend::LeaseToken& token) override { cache_.Renew(this, token); }
  void Release(const frontend::LeaseToken& token) override { cache_.Release(this, token); }
  void Flush() override {}
  // It cannot hang: what it owes, another worker of this process fills.
  void Break() override {}

  // Delivers what others filled.
  void Poll();

 private:
  struct KeptReply {
    frontend::CacheReply::Kind kind;
    bool has_token;
    frontend::LeaseToken token;
    KeptAnswer answer;
  };

  void Tell(uint32_t id, const cache::Reply& found);

  // On any thread.
  void OnReply(const cache::Reply& reply) override;

  cache::AnswerCache& cache_;
  LoopInbox<KeptReply> inbox_;
  frontend::CacheMemberEvents& events_;
  std::vector<KeptReply> taken_;
  std::string wire_;  // of the hit being told
};

}  // namespace strata::standalone

#endif  // STRATA_STANDALONE_LOCAL_CACHE_H_
