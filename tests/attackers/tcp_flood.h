// Opens connections, sends what is no query, and closes them: as many as one core can.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_TESTS_ATTACKERS_TCP_FLOOD_H_
#define STRATA_TESTS_ATTACKERS_TCP_FLOOD_H_

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

namespace strata::tests {

// A thread, from construction until Stop(). Half of the packets have their length before them, half have not; half of
// the connections end in order, half by a reset.
class TcpFlood {
 public:
  TcpFlood(uint16_t port, std::vector<std::string> packets);
  ~TcpFlood();

  // How many connections there were.
  int64_t Stop();

 private:
  void Run();

  const uint16_t port_;
  const std::vector<std::string> packets_;
  std::atomic<bool> stopping_ = false;
  int64_t connections_ = 0;  // The thread's until it ends.
  std::thread thread_;
};

}  // namespace strata::tests

#endif  // STRATA_TESTS_ATTACKERS_TCP_FLOOD_H_
