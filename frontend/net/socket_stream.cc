// SPDX-License-Identifier: Apache-2.0
#include "frontend/net/socket_stream.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

namespace strata::frontend {
namespace {

OctetStream::Moved FromResult(ssize_t result) {
  if (result > 0) return {OctetStream::State::kOpen, static_cast<size_t>(result)};
  if (result == 0) return {OctetStream::State::kEnded, 0};
  const bool later = errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
  return {later ? OctetStream::State::kBlocked : OctetStream::State::kFailed, 0};
}

}  // namespace

SocketStream::~SocketStream() { SocketStream::Close(/*reset=*/false); }

OctetStream::Moved SocketStream::Read(char* to, size_t size) { return FromResult(recv(fd_, to, size, 0)); }

OctetStream::Moved SocketStream::Write(const iovec* slices, int count) {
  if (count == 1) return FromResult(send(fd_, slices->iov_base, slices->iov_len, MSG_NOSIGNAL));
  msghdr message{};
  message.msg_iov = const_cast<iovec*>(slices);
  message.msg_iovlen = static_cast<size_t>(count);
  return FromResult(sendmsg(fd_, &message, MSG_NOSIGNAL));
}

void SocketStream::CloseSending() { shutdown(fd_, SHUT_WR); }

void SocketStream::Close(bool reset) {
  if (fd_ < 0) return;
  if (reset) {
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    setsockopt(fd_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  }
  close(fd_);
  fd_ = -1;
}

}  // namespace strata::frontend
