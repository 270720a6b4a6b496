// A name server for tests to forward to: it says what a script says, and counts who asked for what.
//
//   Upstream upstream;  // AnswerByLabels
//   cluster.StartRecursor(0, {"--forward=" + upstream.address()});
//   Ask(cluster.port(), "slow-400.a.test.", dns::rr_type::kA, {.recursion_desired = true});
//   EXPECT_EQ(upstream.Count("slow-400.a.test.", dns::rr_type::kA), 1);
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_TESTS_UPSTREAM_UPSTREAM_H_
#define STRATA_TESTS_UPSTREAM_UPSTREAM_H_

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "tests/upstream/scripted_answer.h"

namespace strata::tests {

// Answers over UDP and TCP on a port of an address of this machine, in a thread of its own, which calls the script. Its
// methods are for one thread, but the counts are for any.
class Upstream {
 public:
  // On an unused port of 127.0.0.1.
  explicit Upstream(UpstreamScript script = AnswerByLabels);
  // On an unused port of `host`, an address of this machine.
  static std::unique_ptr<Upstream> OnHost(const std::string& host, UpstreamScript script = AnswerByLabels);
  // On port 53 of `host`. REQUIRES: MayUsePort53().
  static std::unique_ptr<Upstream> OnPort53(const std::string& host);
  ~Upstream();
  Upstream(const Upstream&) = delete;
  Upstream& operator=(const Upstream&) = delete;

  // Whether this process is allowed to.
  static bool MayUsePort53();

  uint16_t port() const { return port_; }
  std::string address() const;

  // From now on nobody listens on the port, and what was held back is never sent; until Start().
  void Stop();
  void Start();

  // Queries so far, over UDP and TCP. Letters' case does not matter.
  int Count(absl::string_view name, uint16_t type) const;
  int total() const;
  int tcp_total() const;
  // Until there were so many queries for it; false when it takes longer.
  bool WaitForCount(absl::string_view name, uint16_t type, int count, absl::Duration timeout = absl::Seconds(20)) const;

 private:
  class Server;

  Upstream(UpstreamScript script, const std::string& host, uint16_t port);

  // What the server calls.
  std::vector<UpstreamReply> OnQuery(absl::string_view wire, bool tcp);

  const UpstreamScript script_;
  const std::string host_;
  const uint16_t port_;
  std::unique_ptr<Server> server_;
  std::thread thread_;
  mutable std::mutex mutex_;
  std::map<std::pair<std::string, uint16_t>, int> counts_;  // Guarded by mutex_, as all that follows.
  int total_ = 0, tcp_total_ = 0;
};

}  // namespace strata::tests

#endif  // STRATA_TESTS_UPSTREAM_UPSTREAM_H_
