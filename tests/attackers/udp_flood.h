// Sends the same datagrams again and again, as fast as one core can.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_TESTS_ATTACKERS_UDP_FLOOD_H_
#define STRATA_TESTS_ATTACKERS_UDP_FLOOD_H_

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

namespace strata::tests {

// A thread, from construction until Stop(). It sends to a port of 127.0.0.1 from several addresses, and reads nothing.
class UdpFlood {
 public:
  UdpFlood(uint16_t port, std::vector<std::string> packets);
  ~UdpFlood();

  // How many were sent; whether they were received nobody knows.
  int64_t Stop();

 private:
  void Run();

  const uint16_t port_;
  std::vector<std::string> packets_;
  std::atomic<bool> stopping_ = false;
  int64_t sent_ = 0;  // The thread's until it ends.
  std::thread thread_;
};

}  // namespace strata::tests

#endif  // STRATA_TESTS_ATTACKERS_UDP_FLOOD_H_
