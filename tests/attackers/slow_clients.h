// TCP clients that take their time, to keep connections from others: "slowloris".
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_TESTS_ATTACKERS_SLOW_CLIENTS_H_
#define STRATA_TESTS_ATTACKERS_SLOW_CLIENTS_H_

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/time.h"

namespace strata::tests {

// A thread with all connections, from construction until Stop(). One in ten asks for large answers and reads none;
// of the others a third each say nothing, send a query octet by octet, and stop in the middle of a query.
class SlowClients {
 public:
  struct Options {
    uint16_t port = 0;
    int connections = 1000;
    // They share that many addresses, of 127.0.2.0/24.
    int addresses = 100;
    // Queries for a small and for a large answer.
    std::string query;
    std::string large_query;
    // How often each who reads no answers asks, at once: for more than sockets hold.
    int large_queries = 200;
    // Between two octets of a query.
    absl::Duration pause = absl::Seconds(1);
    // Who is disconnected comes again.
    bool reconnect = false;
  };
  explicit SlowClients(Options options);
  ~SlowClients();

  // How many connections stand, as far as the clients know: what is not read hides the end behind it.
  int connected() const { return connected_; }
  // How many there have been.
  int64_t connections() const { return connections_; }
  void Stop();

 private:
  enum class Manner { kSilent, kOctetByOctet, kHalfQuery, kReadsNothing };
  struct Client {
    Manner manner;
    std::string source;
    int fd = -1;
    // To be sent, and how much of it was.
    std::string octets = {};
    size_t sent = 0;
  };

  void Run();
  void Connect(Client* client);
  // Sends what is due; closes what the server has closed.
  void Tick(Client* client);

  const Options options_;
  std::vector<Client> clients_;
  std::atomic<int> connected_ = 0;
  std::atomic<int64_t> connections_ = 0;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace strata::tests

#endif  // STRATA_TESTS_ATTACKERS_SLOW_CLIENTS_H_
