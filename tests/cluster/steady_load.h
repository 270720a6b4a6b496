// Clients that ask at a steady rate, whatever becomes of their queries, and remember how long each answer took.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_TESTS_CLUSTER_STEADY_LOAD_H_
#define STRATA_TESTS_CLUSTER_STEADY_LOAD_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "dns/rr_type.h"
#include "tests/cluster/query_load.h"

namespace strata::tests {

// Asks over UDP, each question once, from construction until Stop(). A query that should have left at a time counts
// from that time, even if this machine was busy with something else then.
class SteadyLoad {
 public:
  struct Question {
    std::string name;
    uint16_t type = dns::rr_type::kA;
    bool recursion_desired = false;
    // Of the right answer's first record.
    std::string rdata;
  };
  struct Options {
    uint16_t port = 0;
    // The questions by number, from 0. Called on the load's thread, and by who judges the outcomes.
    std::function<Question(uint64_t)> question;
    // Queries a second.
    int rate = 500;
    // Sockets: the server sees so many clients.
    int clients = 16;
    absl::Duration timeout = absl::Seconds(2);
  };
  explicit SteadyLoad(const Options& options);
  ~SteadyLoad();
  SteadyLoad(const SteadyLoad&) = delete;
  SteadyLoad& operator=(const SteadyLoad&) = delete;

  // Ends the asking and waits for the answers; outcome i is that of question i.
  std::vector<Outcome> Stop();

 private:
  void Run();
  void AskNext(absl::Time due);
  void Receive(size_t client);

  const Options options_;
  const std::vector<int> sockets_;
  std::atomic<bool> stopping_ = false;
  // The thread's, until it has ended.
  std::vector<Outcome> outcomes_;
  std::map<std::pair<size_t, uint16_t>, size_t> waiting_;  // question by client and message ID
  std::thread thread_;
};

// How long the slowest answers but one in a hundred took, of the queries asked from `begin` to `end`. A query without
// an answer took as long as its client waited.
absl::Duration Percentile99(const std::vector<Outcome>& outcomes, absl::Time begin, absl::Time end);

// That percentile in slices of 100 ms from `begin` to `end`, for people to read; times are from `zero`.
std::string DescribeLatencies(const std::vector<Outcome>& outcomes, absl::Time begin, absl::Time end, absl::Time zero);

}  // namespace strata::tests

#endif  // STRATA_TESTS_CLUSTER_STEADY_LOAD_H_
