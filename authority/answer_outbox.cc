// SPDX-License-Identifier: Apache-2.0
#include "authority/answer_outbox.h"

#include <utility>

namespace strata::authority {
namespace {

using resolve::v1::Answer;
using resolve::v1::AnswerBatch;

// A recycled batch keeps the memory of its answers; one that held larger ones than this is let go instead.
constexpr size_t kMaxKeptAnswerBytes = 4096;

// What an answer costs beside its wire: without it, answers that have none (REFUSED) would never fill an outbox.
constexpr size_t kAnswerOverheadBytes = 64;

bool HasLargeAnswer(const AnswerBatch& batch) {
  for (const Answer& answer : batch.answers()) {
    if (answer.wire().size() > kMaxKeptAnswerBytes) return true;
  }
  return false;
}

}  // namespace

Answer* AnswerOutbox::Add(uint32_t id, absl::string_view wire) {
  const size_t bytes = wire.size() + kAnswerOverheadBytes;
  if (open_ != nullptr && open_bytes_ + bytes > kMaxBatchBytes) Close();
  if (open_ == nullptr) {
    for (auto& spare : spare_) {
      if (open_ == nullptr) open_ = std::move(spare);
    }
    if (open_ == nullptr) open_ = std::make_unique<AnswerBatch>();
  }
  Answer* answer = open_->add_answers();
  answer->set_id(id);
  answer->set_wire(wire.data(), wire.size());
  open_bytes_ += bytes;
  bytes_ += bytes;
  if (open_->answers_size() == kMaxBatchAnswers) {
    // The caller may still set the answer's other fields: the batch only moves.
    Close();
  }
  return answer;
}

void AnswerOutbox::Close() {
  closed_.push_back({std::move(open_), open_bytes_});
  open_bytes_ = 0;
}

std::unique_ptr<AnswerBatch> AnswerOutbox::Take() {
  if (closed_.empty()) Close();
  Batch batch = std::move(closed_.front());
  closed_.pop_front();
  bytes_ -= batch.bytes;
  return std::move(batch.answers);
}

void AnswerOutbox::Recycle(std::unique_ptr<AnswerBatch> batch) {
  if (HasLargeAnswer(*batch)) return;
  batch->Clear();
  for (auto& spare : spare_) {
    if (spare == nullptr) {
      spare = std::move(batch);
      return;
    }
  }
}

}  // namespace strata::authority
