// What other threads have for a worker.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_STANDALONE_LOOP_INBOX_H_
#define STRATA_STANDALONE_LOOP_INBOX_H_

#include <mutex>
#include <utility>
#include <vector>

#include "base/event_loop.h"

namespace strata::standalone {

// Thread-safe. It may outlive its loop, once it was closed.
template <typename Item>
class LoopInbox {
 public:
  // `loop` is woken for what is posted.
  explicit LoopInbox(base::EventLoop* loop) : loop_(loop) {}

  // Does nothing once it is closed.
  void Post(Item item) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (loop_ == nullptr) return;
    items_.push_back(std::move(item));
    // The worker takes all there is, so only the first post needs to wake it.
    if (items_.size() == 1) loop_->Wake();
  }

  // Moves everything to `*items`, which is emptied before; swapping two vectors saves allocations.
  void TakeAll(std::vector<Item>* items) {
    items->clear();
    const std::lock_guard<std::mutex> lock(mutex_);
    items_.swap(*items);
  }

  void Close() {
    const std::lock_guard<std::mutex> lock(mutex_);
    loop_ = nullptr;
    items_.clear();
  }

 private:
  std::mutex mutex_;  // guards what follows
  base::EventLoop* loop_;
  std::vector<Item> items_;
};

}  // namespace strata::standalone

#endif  // STRATA_STANDALONE_LOOP_INBOX_H_
