// What streams to backends hand to their worker's thread.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_BACKENDS_STREAM_INBOX_H_
#define STRATA_FRONTEND_BACKENDS_STREAM_INBOX_H_

#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "base/event_loop.h"
#include "google/protobuf/message.h"

namespace strata::frontend {

class StreamReceiver;

// Something that happened to a stream on its completion thread.
struct StreamEvent {
  enum class Kind { kUp, kBatch, kDown };
  StreamReceiver* receiver = nullptr;
  Kind kind = Kind::kDown;
  // Counts the stream's calls, so that the end of one that was given up is not taken for the end of its successor.
  uint64_t call = 0;
  // Of the type that the receiver's stream reads.
  std::unique_ptr<google::protobuf::Message> batch;
};

// The worker's side of a stream.
class StreamReceiver {
 public:
  virtual ~StreamReceiver() = default;
  // What the stream posted, on the worker's thread.
  virtual void OnEvent(StreamEvent event) = 0;
};

// Thread-safe. Backends are trusted to answer each query once, so the queries that may be pending bound what it holds.
class StreamInbox {
 public:
  // `loop` is woken for what is posted; it outlives the inbox.
  explicit StreamInbox(base::EventLoop* loop) : loop_(*loop) {}

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

  // Hands everything that was posted to its receivers. Swapping two vectors to and fro keeps a steady state free of
  // allocation. The worker's thread only.
  void Deliver() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      events_.swap(delivering_);
    }
    for (StreamEvent& event : delivering_) {
      StreamReceiver* receiver = event.receiver;
      receiver->OnEvent(std::move(event));
    }
    delivering_.clear();
  }

 private:
  base::EventLoop& loop_;
  std::mutex mutex_;  // guards events_
  std::vector<StreamEvent> events_;
  std::vector<StreamEvent> delivering_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_BACKENDS_STREAM_INBOX_H_
