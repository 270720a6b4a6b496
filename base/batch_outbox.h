// Items that wait for their stream, in the batches that they will leave in.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_BATCH_OUTBOX_H_
#define STRATA_BASE_BATCH_OUTBOX_H_

#include <cstddef>
#include <deque>
#include <memory>
#include <utility>

namespace strata::base {

// The limits of our protocols: a batch closes at whichever comes first (a lone item may exceed it).
inline constexpr int kMaxBatchItems = 512;
inline constexpr size_t kMaxBatchBytes = 256 << 10;
inline constexpr size_t kMaxOutboxBytes = 8 << 20;

// Collects items into batches of the size that the protocol allows, and reuses the batches, so that a steady state
// does not allocate. Bounded by its user: once full(), no more work should be taken on until a batch has left. Not
// thread-safe. `Traits` (batch_stream.h) says what a reply batch and its items are.
template <typename Traits>
class BatchOutbox {
 public:
  using Message = typename Traits::ReplyBatch;
  using Item = typename Traits::Reply;

  // A batch on its way: to be given back when it was sent.
  struct Batch {
    std::unique_ptr<Message> message;
    size_t bytes = 0;
    bool has_large = false;  // keeps more memory than is worth keeping
  };

  // The item to fill in next, empty. `payload_bytes` is what its texts will hold. The pointer is good until the next
  // call.
  Item* Add(size_t payload_bytes);

  // Appends all of `other`, and leaves it a batch to go on with.
  void TakeAll(BatchOutbox* other);

  bool full() const { return bytes_ >= kMaxOutboxBytes; }
  bool empty() const { return open_.message == nullptr && closed_.empty(); }

  // Takes the oldest batch out. REQUIRES: !empty().
  Batch Take();
  // Gives a batch back that has been sent.
  void Recycle(Batch batch);

 private:
  // A recycled batch keeps the memory of its items; one that held larger ones than this is let go instead.
  static constexpr size_t kMaxKeptPayloadBytes = 4096;
  // What an item costs beside its payload: without it, items that have none would never fill an outbox.
  static constexpr size_t kItemOverheadBytes = 64;

  static int Size(const Batch& batch) { return Traits::MutableReplies(batch.message.get())->size(); }
  void Open();
  void Close();
  void Join(Batch other);

  Batch open_;  // its message is nullptr when there is none
  std::deque<Batch> closed_;
  size_t bytes_ = 0;  // of all batches
  std::unique_ptr<Message> spare_[2];
};

template <typename Traits>
typename BatchOutbox<Traits>::Item* BatchOutbox<Traits>::Add(size_t payload_bytes) {
  const size_t bytes = payload_bytes + kItemOverheadBytes;
  if (open_.message != nullptr && open_.bytes + bytes > kMaxBatchBytes) Close();
  if (open_.message == nullptr) Open();
  Item* item = Traits::MutableReplies(open_.message.get())->Add();
  open_.bytes += bytes;
  open_.has_large |= payload_bytes > kMaxKeptPayloadBytes;
  bytes_ += bytes;
  // The caller may still fill the item in: the batch only moves.
  if (Size(open_) == kMaxBatchItems) Close();
  return item;
}

template <typename Traits>
void BatchOutbox<Traits>::Open() {
  for (auto& spare : spare_) {
    if (open_.message == nullptr) open_.message = std::move(spare);
  }
  if (open_.message == nullptr) open_.message = std::make_unique<Message>();
}

template <typename Traits>
void BatchOutbox<Traits>::Close() {
  closed_.push_back(std::exchange(open_, Batch()));
}

template <typename Traits>
void BatchOutbox<Traits>::TakeAll(BatchOutbox* other) {
  bytes_ += std::exchange(other->bytes_, 0);
  if (!other->closed_.empty() && open_.message != nullptr) Close();
  for (Batch& batch : other->closed_) closed_.push_back(std::move(batch));
  other->closed_.clear();
  if (other->open_.message != nullptr) Join(std::exchange(other->open_, Batch()));
  if (other->spare_[0] != nullptr || other->spare_[1] != nullptr) return;
  other->spare_[0] = std::move(spare_[spare_[1] != nullptr ? 1 : 0]);
}

// Both in one where that is allowed: a batch costs much more than an item.
template <typename Traits>
void BatchOutbox<Traits>::Join(Batch other) {
  const bool fits = open_.message != nullptr && open_.bytes + other.bytes <= kMaxBatchBytes &&
                    Size(open_) + Size(other) < kMaxBatchItems;
  if (!fits) {
    if (open_.message != nullptr) Close();
    open_ = std::move(other);
    return;
  }
  for (Item& item : *Traits::MutableReplies(other.message.get())) {
    Traits::MutableReplies(open_.message.get())->Add()->Swap(&item);
  }
  open_.bytes += other.bytes;
  open_.has_large |= other.has_large;
  Recycle(std::move(other));
}

template <typename Traits>
typename BatchOutbox<Traits>::Batch BatchOutbox<Traits>::Take() {
  if (closed_.empty()) Close();
  Batch batch = std::move(closed_.front());
  closed_.pop_front();
  bytes_ -= batch.bytes;
  return batch;
}

template <typename Traits>
void BatchOutbox<Traits>::Recycle(Batch batch) {
  if (batch.has_large) return;
  for (auto& spare : spare_) {
    if (spare != nullptr) continue;
    batch.message->Clear();
    spare = std::move(batch.message);
    return;
  }
}

}  // namespace strata::base

#endif  // STRATA_BASE_BATCH_OUTBOX_H_
