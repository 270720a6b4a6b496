// Other people's name servers, as children of a test.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_TESTS_CLUSTER_PEER_SERVER_H_
#define STRATA_TESTS_CLUSTER_PEER_SERVER_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "tests/cluster/files.h"
#include "tests/cluster/process.h"

namespace strata::tests {

enum class Peer { kNsd, kKnot, kBind };

std::string PeerName(Peer peer);
// The program that must be on this machine: tools/packages test installs it.
std::string PeerProgram(Peer peer);

// Serves one zone from its master file, on a port of 127.0.0.1.
class PeerServer {
 public:
  // Check WaitUntilAnswers().
  PeerServer(Peer peer, absl::string_view origin, const std::string& zone_file);
  // BIND, which has other names resolved by the server on the port `forward_to`.
  static std::unique_ptr<PeerServer> Resolving(absl::string_view origin, const std::string& zone_file,
                                               uint16_t forward_to);

  uint16_t port() const { return port_; }
  bool WaitUntilAnswers();
  Process& process() { return *process_; }

 private:
  PeerServer(Peer peer, absl::string_view origin, const std::string& zone_file, const std::string& recursion);

  const std::string origin_;
  const uint16_t port_;
  const TemporaryFolder folder_;
  std::unique_ptr<Process> process_;
};

}  // namespace strata::tests

#endif  // STRATA_TESTS_CLUSTER_PEER_SERVER_H_
