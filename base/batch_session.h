// What a service does with a stream of batches; batch_stream does the rest.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_BATCH_SESSION_H_
#define STRATA_BASE_BATCH_SESSION_H_

#include <functional>
#include <memory>

#include "base/batch_outbox.h"
#include "base/batch_postbox.h"

namespace strata::base {

// One client's stream, as its service sees it: from the moment that the client is there until the stream has ended, in
// whatever way. Nothing that is posted once it is being destroyed will be sent. All calls, those of the constructor and
// the destructor too, come on the thread of the stream's completion queue, one at a time.
//
// `Traits` names the service's types:
//
//   struct Exchange {
//     using Service = cache::v1::CacheService::AsyncService;
//     using RequestBatch = …; using Request = …;   // what is read, and an item of it
//     using ReplyBatch = …; using Reply = …;       // what is written
//     static const google::protobuf::RepeatedPtrField<Request>& Requests(const RequestBatch& batch);
//     static google::protobuf::RepeatedPtrField<Reply>* MutableReplies(ReplyBatch* batch);
//     static constexpr auto kRequestCall = &Service::RequestExchange;
//   };
template <typename Traits>
class BatchSession {
 public:
  virtual ~BatchSession() = default;

  // Requests follow: all of a batch, or as many as the outbox has room for.
  virtual void Begin() {}
  // Handles one. Replies go to `outbox`, at once, or to the postbox, from wherever they are found later.
  virtual void Handle(const typename Traits::Request& request, BatchOutbox<Traits>* outbox) = 0;
  // That was all for now.
  virtual void Flush() {}

  // Asked every 100 ms while the postbox owes something: whether to send an empty batch, which says "slow, not hung".
  virtual bool alive() { return false; }
};

// Opens the sessions of one completion queue, and owns what they share there. Outlives them.
template <typename Traits>
using SessionFactory =
    std::function<std::unique_ptr<BatchSession<Traits>>(const std::shared_ptr<BatchPostbox<Traits>>& postbox)>;

}  // namespace strata::base

#endif  // STRATA_BASE_BATCH_SESSION_H_
