// SPDX-License-Identifier: Apache-2.0
#include "frontend/net/stream_connection.h"

namespace strata::frontend {
namespace {

constexpr int kMaxSlices = 64;  // a system call

}  // namespace

bool StreamConnection::Send(Outbox* outbox) {
  iovec slices[kMaxSlices];
  // What waits already goes first, when epoll says so.
  while (queue.empty() && chain.octets > 0) {
    const int count = outbox->Slices(chain, slices, kMaxSlices);
    const OctetStream::Moved moved = stream_->Write(slices, count);
    if (moved.state == OctetStream::State::kBlocked) break;
    if (moved.state != OctetStream::State::kOpen) return false;
    taken += moved.octets;
    outbox->Pop(&chain, moved.octets);
    // All of it, or as much as it takes for now: a second call would only say so.
    if (count < kMaxSlices) break;
  }
  while (chain.octets > 0) {
    outbox->Slices(chain, slices, 1);
    queue.Add(absl::string_view(static_cast<const char*>(slices[0].iov_base), slices[0].iov_len));
    outbox->Pop(&chain, slices[0].iov_len);
  }
  return true;
}

bool StreamConnection::SendQueue() {
  while (!queue.empty()) {
    const absl::string_view front = queue.front();
    const iovec slice = {const_cast<char*>(front.data()), front.size()};
    const OctetStream::Moved moved = stream_->Write(&slice, 1);
    if (moved.state == OctetStream::State::kBlocked) return true;
    if (moved.state != OctetStream::State::kOpen) return false;
    queue.Pop(moved.octets);
    taken += moved.octets;
    if (moved.octets < front.size()) return true;
  }
  return true;
}

}  // namespace strata::frontend
