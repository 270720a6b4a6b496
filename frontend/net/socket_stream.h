// A socket's octets as they are: DNS over plain TCP.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_NET_SOCKET_STREAM_H_
#define STRATA_FRONTEND_NET_SOCKET_STREAM_H_

#include "frontend/net/octet_stream.h"

namespace strata::frontend {

class SocketStream : public OctetStream {
 public:
  // Takes over `fd`, a connected, non-blocking stream socket.
  explicit SocketStream(int fd) : fd_(fd) {}
  ~SocketStream() override;

  int fd() const override { return fd_; }
  Moved Read(char* to, size_t size) override;
  Moved Write(const iovec* slices, int count) override;
  void CloseSending() override;
  void Close(bool reset) override;

 private:
  int fd_;  // -1 once closed
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_NET_SOCKET_STREAM_H_
