// Many clients with the same question at the same time.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_TESTS_CLUSTER_HERD_H_
#define STRATA_TESTS_CLUSTER_HERD_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "dns/message.h"

namespace strata::tests {

// Used by one thread. Each query is sent once.
class Herd {
 public:
  struct Answer {
    uint16_t port = 0;  // of who answered
    absl::Time arrived;
    dns::Message message;
  };

  Herd() = default;
  ~Herd();
  Herd(const Herd&) = delete;
  Herd& operator=(const Herd&) = delete;

  // So many queries, with RD set, to a port of 127.0.0.1.
  void Ask(uint16_t port, absl::string_view name, uint16_t type, int count);
  // Until there is an answer to each, or the time is over. A second answer to one counts as one more.
  std::vector<Answer> Collect(absl::Duration timeout);

 private:
  // Few enough queries a socket for its buffer to hold all their answers.
  static constexpr int kQueriesPerSocket = 25;

  struct Socket {
    int fd = -1;
    uint16_t port = 0;
  };

  std::vector<Socket> sockets_;
  size_t asked_ = 0;
};

}  // namespace strata::tests

#endif  // STRATA_TESTS_CLUSTER_HERD_H_
