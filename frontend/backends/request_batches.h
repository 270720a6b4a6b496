// Requests that wait for their stream, in batches of the size that the protocol allows.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_BACKENDS_REQUEST_BATCHES_H_
#define STRATA_FRONTEND_BACKENDS_REQUEST_BATCHES_H_

#include <cstddef>
#include <deque>
#include <memory>
#include <utility>

namespace strata::frontend {

// Bounds of a batch (a lone request may exceed the second).
inline constexpr int kMaxBatchRequests = 512;
inline constexpr size_t kMaxBatchBytes = 256 << 10;

// `Protocol` is one of stream_protocols.h. Not thread-safe. Moves requests by swapping, and reuses batches: a steady
// state does not allocate.
template <typename Protocol>
class RequestBatches {
 public:
  using Batch = typename Protocol::RequestBatch;

  // Takes all requests out of `*batch`, which keeps the bounds; together they are of about `bytes` octets.
  void Add(Batch* batch, size_t bytes) {
    if (Count(batch) == 0) return;
    bytes_ += bytes;
    const size_t written = sealed_ ? 1 : 0;
    const bool joins = batches_.size() > written &&
                       Count(batches_.back().batch.get()) + Count(batch) <= kMaxBatchRequests &&
                       batches_.back().bytes + bytes <= kMaxBatchBytes;
    if (!joins) {
      batches_.push_back({spare_ != nullptr ? std::move(spare_) : std::make_unique<Batch>(), bytes});
      batches_.back().batch->Swap(batch);
      return;
    }
    batches_.back().bytes += bytes;
    for (auto& request : *Protocol::Requests(batch))
      Protocol::Requests(batches_.back().batch.get())->Add()->Swap(&request);
    batch->Clear();
  }

  bool empty() const { return batches_.empty(); }
  // Of all that waits.
  size_t bytes() const { return bytes_; }
  // The batch to write next, good until Pop(). REQUIRES: !empty().
  const Batch& Front() const { return *batches_.front().batch; }
  // The front is open to Add() until this is called, and then as it is until Pop().
  void SealFront() { sealed_ = true; }
  void Pop() {
    bytes_ -= batches_.front().bytes;
    batches_.front().batch->Clear();
    // One that held large requests would keep their memory.
    if (batches_.front().bytes <= kMaxBatchBytes / 2) spare_ = std::move(batches_.front().batch);
    batches_.pop_front();
    sealed_ = false;
  }
  void Clear() {
    batches_.clear();
    bytes_ = 0;
    sealed_ = false;
  }

 private:
  struct Sized {
    std::unique_ptr<Batch> batch;
    size_t bytes = 0;
  };

  static int Count(Batch* batch) { return Protocol::Requests(batch)->size(); }

  std::deque<Sized> batches_;
  std::unique_ptr<Batch> spare_;
  size_t bytes_ = 0;
  bool sealed_ = false;  // the front is being written
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_BACKENDS_REQUEST_BATCHES_H_
