// Fuzzes MessageFraming: the same messages come out however the stream is cut. The first octet of the input is the
// size of the pieces.
//
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "frontend/net/tcp_connection.h"

namespace strata::frontend {
namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

std::vector<std::string> Messages(absl::string_view stream, size_t piece) {
  MessageFraming framing;
  std::vector<std::string> messages;
  size_t framed = 0;
  for (size_t at = 0; at < stream.size(); at += piece) {
    framing.Append(stream.substr(at, piece));
    while (const auto message = framing.Next()) {
      framed += 2 + message->size();
      messages.push_back(std::string(*message));
    }
  }
  Require(framed + framing.buffered() == stream.size());
  Require(framing.mid_message() == (framed < stream.size()));
  return messages;
}

void Run(absl::string_view input) {
  if (input.empty()) return;
  const size_t piece = 1 + static_cast<uint8_t>(input[0]);
  const absl::string_view stream = input.substr(1);
  const std::vector<std::string> messages = Messages(stream, piece);
  Require(messages == Messages(stream, stream.size() + 1));
  AnswerQueue queue;
  for (const std::string& message : messages) queue.Add(message);
  Require(queue.front() == stream.substr(0, queue.size()));
  while (!queue.empty()) queue.Pop(std::min(piece, queue.size()));
}

}  // namespace
}  // namespace strata::frontend

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  strata::frontend::Run(absl::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
