// A UDP server that does no DNS: it sets QR and sends each datagram back. What it costs is the floor for any DNS
// server with one thread on this kernel.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BENCH_UDP_ECHO_H_
#define STRATA_BENCH_UDP_ECHO_H_

#include <atomic>
#include <cstdint>
#include <memory>

#include "absl/status/statusor.h"

namespace strata::bench {

class UdpEcho {
 public:
  // Binds 127.0.0.1:`port`; with port 0 the kernel chooses one.
  static absl::StatusOr<std::unique_ptr<UdpEcho>> Bind(uint16_t port);
  ~UdpEcho();
  UdpEcho(const UdpEcho&) = delete;
  UdpEcho& operator=(const UdpEcho&) = delete;

  uint16_t port() const { return port_; }

  // Serves until Stop().
  void Run();

  // Makes Run() return. May be called from any thread.
  void Stop();

 private:
  UdpEcho(int fd, uint16_t port) : fd_(fd), port_(port) {}

  const int fd_;
  const uint16_t port_;
  std::atomic<bool> stopped_ = false;
};

}  // namespace strata::bench

#endif  // STRATA_BENCH_UDP_ECHO_H_
