// See load_socket.h.
//
// SPDX-License-Identifier: Apache-2.0
#include "bench/load_socket.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>

namespace strata::bench {
namespace {

constexpr size_t kHeaderBytes = 12;
// More than any name, with an OPT record.
constexpr size_t kMaxQueryBytes = 512;
constexpr size_t kMaxAnswerBytes = 4096;

uint16_t IdOf(absl::string_view message) {
  return static_cast<uint16_t>(static_cast<uint8_t>(message[0]) << 8 | static_cast<uint8_t>(message[1]));
}

}  // namespace

int64_t MonotonicNow() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

LoadSocket::LoadSocket(int fd, size_t window, size_t batch, const std::vector<QueryPacket>& queries)
    : fd_(fd),
      queries_(queries),
      window_(window),
      outgoing_(batch, kMaxQueryBytes),
      incoming_(batch, kMaxAnswerBytes) {}

LoadSocket::~LoadSocket() { close(fd_); }

void LoadSocket::Send(QueryCursor& cursor, int64_t now, size_t most, LoadReport& report) {
  const size_t count = std::min({outgoing_.capacity(), window_.free_slots(), static_cast<size_t>(cursor.left()), most});
  if (count == 0) return;
  for (size_t i = 0; i < count; ++i) {
    const size_t query = cursor.Next();
    const std::string& packet = queries_[query].bytes;
    const uint16_t id = window_.Start(query, now);
    char* out = outgoing_.buffer(i);
    std::copy(packet.begin(), packet.end(), out);
    out[0] = static_cast<char>(id >> 8);
    out[1] = static_cast<char>(id & 0xff);
    outgoing_.set_length(i, packet.size());
  }
  // What the socket does not take counts as sent, and then as lost: nobody will answer it.
  outgoing_.Send(fd_, count);
  report.sent += count;
}

void LoadSocket::Receive(LoadReport& report) {
  if (window_.in_flight() == 0) return;
  const size_t count = incoming_.Receive(fd_, MSG_DONTWAIT);
  if (count == 0) return;
  const int64_t now = MonotonicNow();
  for (size_t i = 0; i < count; ++i) Count(incoming_.received(i), now, report);
}

void LoadSocket::Count(absl::string_view answer, int64_t now, LoadReport& report) {
  const QueryWindow::InFlight* sent = answer.size() < kHeaderBytes ? nullptr : window_.Find(IdOf(answer));
  if (sent == nullptr || !queries_[sent->query].IsAnsweredBy(answer)) {
    ++report.unexpected;
    return;
  }
  ++report.answered;
  ++report.rcodes[answer[3] & 0x0f];
  if ((answer[2] & 0x02) != 0) ++report.truncated;
  report.answer_bytes += answer.size();
  report.latency.Record(static_cast<uint64_t>(now - sent->sent_at));
  window_.Finish(IdOf(answer));
}

}  // namespace strata::bench
