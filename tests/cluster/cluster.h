// Our binaries as an operator runs them: zonec, authorities and a frontend, or strata, in a folder of their own.
//
//   Cluster cluster;
//   cluster.WriteZone("a.test", "$TTL 60\n@ SOA …");
//   cluster.StartAuthority(0);
//   cluster.StartFrontend();
//   ASSERT_TRUE(cluster.frontend().WaitUntilReady());
//   Ask(cluster.port(), "www.a.test.", dns::rr_type::kA);
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_TESTS_CLUSTER_CLUSTER_H_
#define STRATA_TESTS_CLUSTER_CLUSTER_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tests/cluster/files.h"
#include "tests/cluster/process.h"

namespace strata::tests {

// The path of a binary or file that the test has as data, from the workspace's root: "zonec/zonec".
std::string Runfile(absl::string_view path);

// A port of 127.0.0.1 that nobody has, over UDP and TCP.
uint16_t UnusedPort();

// Used by one thread. Processes end with the object, the frontend first.
class Cluster {
 public:
  // `replicas`: how many authorities the frontend is told of.
  explicit Cluster(int replicas = 1);

  // Compiles the zone, and puts its snapshot into the authorities' folder by a rename. Dies of errors in the zone.
  void WriteZone(absl::string_view origin, absl::string_view text);
  // The octets of the zone's snapshot.
  std::string CompileZone(absl::string_view origin, absl::string_view text);
  std::string SnapshotPath(absl::string_view origin) const;

  // Starts the process anew; one that runs is killed first. These don't wait until it is ready.
  Process& StartAuthority(int replica);
  Process& StartFrontend();
  Process& StartStrata(const std::vector<std::string>& arguments);
  // All, and waits until they are ready; false, with their words on stderr, when one is not.
  bool StartAll();

  Process& authority(int replica) { return *processes_.at(AuthorityName(replica)); }
  Process& frontend() { return *processes_.at("frontend"); }

  // Where the frontend, or strata, answers.
  uint16_t port() const { return port_; }
  std::string AuthorityAddress(int replica) const;
  // The replica's verified copies.
  std::string StatePath(int replica) const;
  const TemporaryFolder& folder() const { return folder_; }
  const std::string& snapshots() const { return snapshots_; }

 private:
  static std::string AuthorityName(int replica);
  Process& Start(const std::string& name, const std::vector<std::string>& command);

  const TemporaryFolder folder_;
  const std::string snapshots_;
  const int replicas_;
  const uint16_t port_;
  int starts_ = 0;
  std::map<std::string, std::unique_ptr<Process>> processes_;
};

}  // namespace strata::tests

#endif  // STRATA_TESTS_CLUSTER_CLUSTER_H_
