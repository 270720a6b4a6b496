// How other threads reach a stream: they post items, and the stream's own thread sends them.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_BATCH_POSTBOX_H_
#define STRATA_BASE_BATCH_POSTBOX_H_

#include <grpcpp/alarm.h>
#include <grpcpp/grpcpp.h>

#include <cstddef>
#include <mutex>

#include "base/batch_outbox.h"

namespace strata::base {

// A stream's handle, shared by the stream and whoever will have something to say to its client. Posting to a stream
// that has ended does nothing. What is posted is not bounded here: while too much waits, the stream takes no new work.
//
// Thread-safe, but for the second half, which is the stream's.
template <typename Traits>
class BatchPostbox {
 public:
  using Item = typename Traits::Reply;

  // Adds an item, which `fill(Item*)` fills in. Calls it at once, and not at all once the stream has ended; a lock is
  // held meanwhile, so it copies and returns. `payload_bytes`: as of BatchOutbox::Add.
  template <typename Fill>
  void Post(size_t payload_bytes, const Fill& fill) {
    const std::lock_guard<std::mutex> lock(mutex_);
    Add(payload_bytes, fill);
  }

  // The same with an item that was owed.
  template <typename Fill>
  void Settle(size_t payload_bytes, const Fill& fill) {
    const std::lock_guard<std::mutex> lock(mutex_);
    --owed_;
    Add(payload_bytes, fill);
  }

  // So many items more are owed to the client: heartbeats are due meanwhile, and a client that has nothing more to say
  // is still told what it is owed.
  void Owe(int items) {
    const std::lock_guard<std::mutex> lock(mutex_);
    owed_ += items;
  }
  bool owes() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return owed_ != 0;
  }

  // For the stream, on its thread; all that follows.

  // Wakes come as `tag` from `completions`. The stream must outlive each that is under way.
  BatchPostbox(grpc::CompletionQueue* completions, void* tag) : completions_(completions), tag_(tag) {}

  // Moves what was posted to `outbox`. When that is empty after it and the stream not busy, the next post wakes the
  // stream; otherwise it comes back by itself. Returns whether anything is still owed.
  bool Collect(bool busy, BatchOutbox<Traits>* outbox) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!posted_.empty()) outbox->TakeAll(&posted_);
    idle_ = !busy && outbox->empty();
    return owed_ != 0;
  }

  // To be called when a wake has come.
  void Woken() {
    const std::lock_guard<std::mutex> lock(mutex_);
    waking_ = false;
  }

  // The stream ends. Returns whether a wake is under way, which is the last.
  bool Close() {
    const std::lock_guard<std::mutex> lock(mutex_);
    closed_ = true;
    posted_ = BatchOutbox<Traits>();
    return waking_;
  }

 private:
  template <typename Fill>
  void Add(size_t payload_bytes, const Fill& fill) {
    if (closed_) return;
    fill(posted_.Add(payload_bytes));
    if (!idle_ || waking_) return;
    waking_ = true;
    // Under the lock: after it the stream may be gone, and its completion queue shut down.
    alarm_.Set(completions_, gpr_time_0(GPR_CLOCK_REALTIME), tag_);
  }

  mutable std::mutex mutex_;  // guards all that follows
  BatchOutbox<Traits> posted_;
  int owed_ = 0;
  bool idle_ = false;    // the stream waits for us
  bool waking_ = false;  // the alarm was set, and its tag has not come
  bool closed_ = false;
  grpc::CompletionQueue* const completions_;
  void* const tag_;
  grpc::Alarm alarm_;
};

}  // namespace strata::base

#endif  // STRATA_BASE_BATCH_POSTBOX_H_
