// See udp_echo.h.
//
// SPDX-License-Identifier: Apache-2.0
#include "bench/udp_echo.h"

#include <sys/socket.h>
#include <unistd.h>

#include "absl/memory/memory.h"
#include "base/status_macros.h"
#include "bench/datagram_batch.h"
#include "bench/loopback_socket.h"

namespace strata::bench {
namespace {

constexpr size_t kBatch = 64;
constexpr size_t kBufferBytes = 1500;
// Where the header has QR (RFC 1035 section 4.1.1).
constexpr size_t kFlagsOffset = 2;

}  // namespace

absl::StatusOr<std::unique_ptr<UdpEcho>> UdpEcho::Bind(uint16_t port) {
  STRATA_ASSIGN_OR_RETURN(const BoundSocket socket, BindLoopback(port));
  return absl::WrapUnique(new UdpEcho(socket.fd, socket.port));
}

UdpEcho::~UdpEcho() { close(fd_); }

void UdpEcho::Run() {
  DatagramBatch batch(kBatch, kBufferBytes);
  while (!stopped_) {
    const size_t count = batch.Receive(fd_, MSG_WAITFORONE);
    for (size_t i = 0; i < count; ++i) {
      if (batch.received(i).size() > kFlagsOffset) batch.buffer(i)[kFlagsOffset] |= '\x80';
    }
    batch.Reply(fd_, count);
  }
}

void UdpEcho::Stop() {
  stopped_ = true;
  // Fails, since the socket has no peer, but wakes who waits for a datagram.
  shutdown(fd_, SHUT_RD);
}

}  // namespace strata::bench
