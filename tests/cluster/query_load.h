// Clients that ask one question after another until they are told to stop, and remember what came.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_TESTS_CLUSTER_QUERY_LOAD_H_
#define STRATA_TESTS_CLUSTER_QUERY_LOAD_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "dns/message.h"
#include "tests/cluster/dns_client.h"

namespace strata::tests {

// What became of one query.
struct Outcome {
  absl::Time asked;
  // How often it was asked.
  int tries = 0;
  absl::Time done;
  // Nothing: no answer came within the client's time-outs, or nobody listened on the port.
  std::optional<dns::Message> answer;

  // NOERROR whose first record's RDATA is `rdata`.
  bool Is(absl::string_view rdata) const;
  // SERVFAIL with this extended error.
  bool IsServFail(uint16_t extended_error) const;
  std::string Describe() const;
};

// Threads of clients, from construction until Stop(). Thread-safe.
class QueryLoad {
 public:
  enum class Transport {
    kUdp,
    kTcp,            // each query over a connection of its own
    kPersistentTcp,  // a connection for each client, and another when that ends, or is to (RFC 7828)
  };
  struct Options {
    uint16_t port = 0;
    std::string name;
    uint16_t type = dns::rr_type::kA;
    bool recursion_desired = false;
    int clients = 4;
    // Between an answer and the next question.
    absl::Duration pause = absl::Milliseconds(2);
    absl::Duration timeout = absl::Seconds(4);
    // Asked again when no answer comes in time, as often as this in all.
    int tries = 1;
    Transport transport = Transport::kUdp;
    const char* source = "127.0.0.1";
  };
  explicit QueryLoad(const Options& options);
  ~QueryLoad();

  // Waits until an outcome of a query asked after this call is such; false when none is within `timeout`.
  bool WaitFor(const std::function<bool(const Outcome&)>& condition, absl::Duration timeout = absl::Seconds(10));
  // Ends the clients; all outcomes by the time they were asked.
  std::vector<Outcome> Stop();

 private:
  void Run();
  // `connection`: the client's own, if it has one.
  absl::StatusOr<dns::Message> AskOnce(std::unique_ptr<TcpClient>* connection) const;

  const Options options_;
  std::atomic<bool> stopping_ = false;
  std::mutex mutex_;
  std::vector<Outcome> outcomes_;  // Guarded by mutex_; by the time they were done.
  std::vector<std::thread> threads_;
};

// Four octets: the RDATA of an A record.
std::string Ipv4(uint8_t a, uint8_t b, uint8_t c, uint8_t d);

}  // namespace strata::tests

#endif  // STRATA_TESTS_CLUSTER_QUERY_LOAD_H_
