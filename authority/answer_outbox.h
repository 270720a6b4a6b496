// Answers that wait for their stream.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_ANSWER_OUTBOX_H_
#define STRATA_AUTHORITY_ANSWER_OUTBOX_H_

#include <cstddef>
#include <deque>
#include <memory>

#include "absl/strings/string_view.h"
#include "proto/resolve/v1/resolve.pb.h"

namespace strata::authority {

// Collects answers into batches of the size that the protocol allows, and reuses the batches, so that a steady state
// does not allocate. Bounded: once full(), no more queries should be answered until a batch has left. Not thread-safe.
class AnswerOutbox {
 public:
  // A batch closes at whichever comes first (a lone answer may exceed it).
  static constexpr int kMaxBatchAnswers = 512;
  static constexpr size_t kMaxBatchBytes = 256 << 10;
  static constexpr size_t kMaxBytes = 8 << 20;

  // The answer to fill in next, with its id and wire set. The pointer is good until the next call.
  resolve::v1::Answer* Add(uint32_t id, absl::string_view wire);

  bool full() const { return bytes_ >= kMaxBytes; }
  bool empty() const { return open_ == nullptr && closed_.empty(); }

  // Takes the oldest batch out. REQUIRES: !empty().
  std::unique_ptr<resolve::v1::AnswerBatch> Take();
  // Gives a batch back that has been sent.
  void Recycle(std::unique_ptr<resolve::v1::AnswerBatch> batch);

 private:
  struct Batch {
    std::unique_ptr<resolve::v1::AnswerBatch> answers;
    size_t bytes = 0;
  };

  void Close();

  std::unique_ptr<resolve::v1::AnswerBatch> open_;
  size_t open_bytes_ = 0;
  std::deque<Batch> closed_;
  size_t bytes_ = 0;  // of all batches
  std::unique_ptr<resolve::v1::AnswerBatch> spare_[2];
};

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_ANSWER_OUTBOX_H_
