// See datagram_batch.h.
//
// SPDX-License-Identifier: Apache-2.0
#include "bench/datagram_batch.h"

namespace strata::bench {

DatagramBatch::DatagramBatch(size_t capacity, size_t buffer_bytes)
    : buffer_bytes_(buffer_bytes),
      buffers_(capacity * buffer_bytes),
      vectors_(capacity),
      senders_(capacity),
      messages_(capacity) {
  for (size_t i = 0; i < capacity; ++i) {
    vectors_[i].iov_base = buffer(i);
    messages_[i].msg_hdr.msg_iov = &vectors_[i];
    messages_[i].msg_hdr.msg_iovlen = 1;
  }
}

size_t DatagramBatch::Receive(int fd, int flags) {
  for (size_t i = 0; i < messages_.size(); ++i) {
    vectors_[i].iov_len = buffer_bytes_;
    messages_[i].msg_hdr.msg_name = &senders_[i];
    messages_[i].msg_hdr.msg_namelen = sizeof(sockaddr_in);
  }
  const int received = recvmmsg(fd, messages_.data(), messages_.size(), flags, nullptr);
  return received > 0 ? received : 0;
}

size_t DatagramBatch::Send(int fd, size_t count) { return SendTo(fd, count, /*to_sender=*/false); }

size_t DatagramBatch::Reply(int fd, size_t count) {
  for (size_t i = 0; i < count; ++i) vectors_[i].iov_len = messages_[i].msg_len;
  return SendTo(fd, count, /*to_sender=*/true);
}

size_t DatagramBatch::SendTo(int fd, size_t count, bool to_sender) {
  for (size_t i = 0; i < count; ++i) {
    messages_[i].msg_hdr.msg_name = to_sender ? &senders_[i] : nullptr;
    messages_[i].msg_hdr.msg_namelen = to_sender ? sizeof(sockaddr_in) : 0;
  }
  const int sent = sendmmsg(fd, messages_.data(), count, 0);
  return sent > 0 ? sent : 0;
}

}  // namespace strata::bench
