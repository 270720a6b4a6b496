// A fixed number of datagrams in buffers of their own, for recvmmsg and sendmmsg.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BENCH_DATAGRAM_BATCH_H_
#define STRATA_BENCH_DATAGRAM_BATCH_H_

#include <netinet/in.h>
#include <sys/socket.h>

#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"

namespace strata::bench {

// Not thread-safe. The first `count` datagrams are those in use.
class DatagramBatch {
 public:
  // Each datagram has a buffer of `buffer_bytes`; longer ones are cut when received.
  DatagramBatch(size_t capacity, size_t buffer_bytes);
  DatagramBatch(const DatagramBatch&) = delete;
  DatagramBatch& operator=(const DatagramBatch&) = delete;

  size_t capacity() const { return messages_.size(); }

  char* buffer(size_t index) { return buffers_.data() + index * buffer_bytes_; }
  void set_length(size_t index, size_t bytes) { vectors_[index].iov_len = bytes; }

  // What the last Receive() put at `index`.
  absl::string_view received(size_t index) { return absl::string_view(buffer(index), messages_[index].msg_len); }

  // Receives up to capacity() datagrams; returns how many, 0 also on an error. `flags` are recvmmsg's.
  size_t Receive(int fd, int flags);

  // Sends the first `count` datagrams, to the peer of a connected socket; returns how many were taken.
  size_t Send(int fd, size_t count);

  // Sends the first `count` datagrams back to where the last Receive() got them from.
  size_t Reply(int fd, size_t count);

 private:
  size_t SendTo(int fd, size_t count, bool to_sender);

  size_t buffer_bytes_;
  std::vector<char> buffers_;
  std::vector<iovec> vectors_;
  std::vector<sockaddr_in> senders_;
  std::vector<mmsghdr> messages_;
};

}  // namespace strata::bench

#endif  // STRATA_BENCH_DATAGRAM_BATCH_H_
