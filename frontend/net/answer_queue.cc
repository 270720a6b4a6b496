// SPDX-License-Identifier: Apache-2.0
#include "frontend/net/answer_queue.h"

namespace strata::frontend {
namespace {

constexpr size_t kMaxKeptCapacity = 512;

}  // namespace

void AnswerQueue::Pop(size_t count) {
  written_ += count;
  if (written_ == buffer_.size()) {
    buffer_.clear();
    written_ = 0;
    if (buffer_.capacity() > kMaxKeptCapacity) buffer_.shrink_to_fit();
  } else if (written_ > buffer_.size() / 2) {
    buffer_.erase(0, written_);
    written_ = 0;
  }
}

}  // namespace strata::frontend
