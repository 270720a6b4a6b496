// Octets that a connection's socket did not take yet.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_NET_ANSWER_QUEUE_H_
#define STRATA_FRONTEND_NET_ANSWER_QUEUE_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace strata::frontend {

// A queue of octets; holds next to no memory when it is empty. Pure.
class AnswerQueue {
 public:
  void Add(absl::string_view octets) { buffer_.append(octets.data(), octets.size()); }
  absl::string_view front() const { return absl::string_view(buffer_).substr(written_); }
  // `count` octets of front() have been written.
  void Pop(size_t count);
  bool empty() const { return written_ == buffer_.size(); }
  size_t size() const { return buffer_.size() - written_; }

 private:
  std::string buffer_;
  size_t written_ = 0;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_NET_ANSWER_QUEUE_H_
