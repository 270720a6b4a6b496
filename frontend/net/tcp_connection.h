// The octets of one TCP connection: messages in, answers out (RFC 1035 §4.2.2).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_NET_TCP_CONNECTION_H_
#define STRATA_FRONTEND_NET_TCP_CONNECTION_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace strata::frontend {

// Cuts a stream of octets into messages, each behind its size in two octets. Pure.
class MessageFraming {
 public:
  // Octets as they arrive, in any pieces.
  void Append(absl::string_view octets) { buffer_.append(octets.data(), octets.size()); }
  // The next whole message, good until the next call; nullopt when it is not all there.
  std::optional<absl::string_view> Next();
  // Whether part of a message has come.
  bool mid_message() const { return consumed_ < buffer_.size(); }
  size_t buffered() const { return buffer_.size() - consumed_; }

 private:
  std::string buffer_;
  size_t consumed_ = 0;
};

// Answers that wait to be written.
class AnswerQueue {
 public:
  void Add(absl::string_view message);
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

#endif  // STRATA_FRONTEND_NET_TCP_CONNECTION_H_
