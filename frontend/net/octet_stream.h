// The octets of one connection, in and out: what TCP and every later stream transport have in common.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_NET_OCTET_STREAM_H_
#define STRATA_FRONTEND_NET_OCTET_STREAM_H_

#include <sys/uio.h>

#include <cstddef>

namespace strata::frontend {

// Never blocks. Ready for input and output when epoll says so of its descriptor.
class OctetStream {
 public:
  enum class State {
    kOpen,
    kBlocked,  // nothing moves for now
    kEnded,    // the other end sends no more, but may still read
    kFailed,
  };
  struct Moved {
    State state = State::kOpen;
    size_t octets = 0;  // when kOpen: at least one
  };

  virtual ~OctetStream() = default;

  virtual int fd() const = 0;
  // Reads up to `size` octets (at least 64 KiB). What it does not hand out it leaves in the kernel, where epoll tells
  // of it.
  virtual Moved Read(char* to, size_t size) = 0;
  // Writes the slices, in order, as far as they are taken.
  virtual Moved Write(const iovec* slices, int count) = 0;
  // Tells the other end that no more will come, behind what was written; reading goes on.
  virtual void CloseSending() = 0;
  // Ends the connection; `reset`: at once, and what the kernel still holds for it is dropped. Called once, as the last.
  virtual void Close(bool reset) = 0;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_NET_OCTET_STREAM_H_
