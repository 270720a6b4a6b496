// Answers of one turn of the loop, on their way to the sockets.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_NET_OUTBOX_H_
#define STRATA_FRONTEND_NET_OUTBOX_H_

#include <sys/uio.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "frontend/net/message_framing.h"

namespace strata::frontend {

// One buffer that answers to any connections are written to, one behind the other, each with its size before it; what
// belongs to one connection is then sent from there by one system call. Allocates nothing once it has seen some load.
// Single-threaded.
class Outbox {
 public:
  // The octets of one connection, in order. Good until Clear().
  struct Chain {
    int32_t first = -1, last = -1;  // slices
    size_t octets = 0;
  };

  // Whether a message of any size fits.
  bool has_room() const { return used_ + kMessageSizeOctets + kMaxMessageSize <= kSize; }
  // Where the next message is to be written. REQUIRES: has_room().
  char* message() { return buffer_.get() + used_ + kMessageSizeOctets; }
  // Addresses the `size` octets that were written to message().
  void Add(Chain* chain, size_t size);

  // The chain's first slices, for one system call; returns their number, `max` at most.
  int Slices(const Chain& chain, iovec* out, int max) const;
  // Takes the first `count` octets off the chain.
  void Pop(Chain* chain, size_t count);

  // Forgets all messages; their chains are to be forgotten with them.
  void Clear();

 private:
  // Small enough to stay in a core's cache when answers are small.
  static constexpr size_t kSize = 256 << 10;

  struct Slice {
    uint32_t offset, size;
    int32_t next;
  };

  std::unique_ptr<char[]> buffer_{new char[kSize]};
  size_t used_ = 0;
  std::vector<Slice> slices_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_NET_OUTBOX_H_
