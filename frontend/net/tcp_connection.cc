// SPDX-License-Identifier: Apache-2.0
#include "frontend/net/tcp_connection.h"

#include "dns/header.h"

namespace strata::frontend {
namespace {

// An idle connection keeps no more memory than this.
constexpr size_t kMaxKept = 4096;

// Forgets the first `done` octets, when that is cheap for what it gives back.
void Compact(std::string* buffer, size_t* done) {
  if (*done == buffer->size()) {
    buffer->clear();
    *done = 0;
    if (buffer->capacity() > kMaxKept) buffer->shrink_to_fit();
  } else if (*done > buffer->size() / 2) {
    buffer->erase(0, *done);
    *done = 0;
  }
}

}  // namespace

std::optional<absl::string_view> MessageFraming::Next() {
  Compact(&buffer_, &consumed_);
  const absl::string_view rest = absl::string_view(buffer_).substr(consumed_);
  if (rest.size() < 2) return std::nullopt;
  const size_t size = dns::GetU16(rest, 0);
  if (rest.size() - 2 < size) return std::nullopt;
  consumed_ += 2 + size;
  return rest.substr(2, size);
}

void AnswerQueue::Add(absl::string_view message) {
  buffer_.push_back(static_cast<char>(message.size() >> 8));
  buffer_.push_back(static_cast<char>(message.size()));
  buffer_.append(message.data(), message.size());
}

void AnswerQueue::Pop(size_t count) {
  written_ += count;
  Compact(&buffer_, &written_);
}

}  // namespace strata::frontend
