// A cache member at the end of a gRPC stream.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_BACKENDS_CACHE_STREAM_H_
#define STRATA_FRONTEND_BACKENDS_CACHE_STREAM_H_

#include <string>

#include "frontend/backends/backend_target.h"
#include "frontend/backends/cache_member.h"
#include "frontend/backends/client_stream.h"

namespace strata::frontend {

// Turns lookups and fills to messages and replies back; the stream does the rest. Its worker's thread uses it.
class CacheStream : public CacheMember, private ClientStreamEvents<CacheProtocol> {
 public:
  using Stream = ClientStream<CacheProtocol>;

  // As ClientStream's. `events` outlives the stream's last event.
  CacheStream(const BackendTarget& target, int worker, CompletionLoop* completions, CacheMemberEvents* events)
      : events_(*events), stream_(target, worker, completions, this) {}

  Stream& stream() { return stream_; }

  bool up() const override { return stream_.up(); }
  void Lookup(const CacheLookup& lookup) override { Ask(lookup, cache::v1::Request::LOOKUP); }
  void Peek(const CacheLookup& lookup) override { Ask(lookup, cache::v1::Request::PEEK); }
  void Fill(const LeaseToken& token, const BackendAnswer& answer) override;
  void Renew(const LeaseToken& token) override;
  void Release(const LeaseToken& token) override;
  void Flush() override { stream_.Flush(); }
  void Break() override { stream_.Break(); }

 private:
  void OnStreamUp() override { events_.OnUp(this); }
  void OnStreamDown() override {
    owed_ = 0;
    events_.OnDown(this);
  }
  bool owed() const override { return owed_ > 0; }
  void OnReplies(const cache::v1::ReplyBatch& batch) override;
  void Ask(const CacheLookup& lookup, cache::v1::Request::Kind kind);
  cache::v1::Request* AddForLease(const LeaseToken& token, size_t bytes);

  CacheMemberEvents& events_;
  int owed_ = 0;  // lookups that are neither found nor missed
  Stream stream_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_BACKENDS_CACHE_STREAM_H_
