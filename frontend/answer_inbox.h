// What backend streams hand to their worker's thread.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_ANSWER_INBOX_H_
#define STRATA_FRONTEND_ANSWER_INBOX_H_

#include <memory>
#include <mutex>
#include <vector>

#include "base/event_loop.h"
#include "proto/resolve/v1/resolve.pb.h"

namespace strata::frontend {

class BackendStream;

// Something that happened to a stream on its completion thread.
struct StreamEvent {
  enum class Kind { kUp, kAnswers, kDown };
  BackendStream* stream = nullptr;
  Kind kind = Kind::kDown;
  // Counts the stream's calls, so that the end of one that was given up is not taken for the end of its successor.
  uint64_t call = 0;
  std::unique_ptr<resolve::v1::AnswerBatch> answers;
};

// Thread-safe. Backends are trusted to answer each query once, so the queries that may be pending bound what it holds.
class AnswerInbox {
 public:
  // `loop` is woken for what is posted; it outlives the inbox.
  explicit AnswerInbox(base::EventLoop* loop) : loop_(*loop) {}

  void Post(StreamEvent event) {
    bool was_empty = false;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      was_empty = events_.empty();
      events_.push_back(std::move(event));
    }
    // The worker takes all there is, so only the first post needs to wake it.
    if (was_empty) loop_.Wake();
  }

  // Moves everything to `*events`, which is emptied before. Swapping the two vectors to and fro keeps a steady state
  // free of allocation.
  void TakeAll(std::vector<StreamEvent>* events) {
    events->clear();
    const std::lock_guard<std::mutex> lock(mutex_);
    events_.swap(*events);
  }

 private:
  base::EventLoop& loop_;
  std::mutex mutex_;  // guards events_
  std::vector<StreamEvent> events_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_ANSWER_INBOX_H_
