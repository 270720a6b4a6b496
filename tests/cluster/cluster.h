// Our binaries as an operator runs them: zonec, authorities, caches, recursors and frontends, or strata, in a folder of
// their own.
//
//   Cluster cluster({.authorities = 2, .caches = 2, .recursors = 1, .recursor_flags = {"--forward=127.0.0.1:5400"}});
//   cluster.WriteZone("a.test", "$TTL 60\n@ SOA …");
//   ASSERT_TRUE(cluster.StartAll());
//   Ask(cluster.port(), "www.a.test.", dns::rr_type::kA);
//   cluster.cache(1).Kill();
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_TESTS_CLUSTER_CLUSTER_H_
#define STRATA_TESTS_CLUSTER_CLUSTER_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/socket_address.h"
#include "tests/cluster/files.h"
#include "tests/cluster/network.h"
#include "tests/cluster/process.h"

namespace strata::tests {

// The path of a binary or file that the test has as data, from the workspace's root: "zonec/zonec".
std::string Runfile(absl::string_view path);

// A port of 127.0.0.1 that nobody has, over UDP and TCP.
uint16_t UnusedPort();

// How many of each, and what they are told beside each other's addresses.
struct ClusterShape {
  int authorities = 1;
  int caches = 0;
  int recursors = 0;
  int frontends = 1;
  // Frontend i is told of one recursor only, number i modulo how many there are.
  bool recursors_apart = false;
  // Each backend is on a host of its own (network.h). REQUIRES: EnterOwnNetwork() was OK.
  bool network = false;
  // All frontends answer on one port (--reuse_port), and StartAll() starts the first only.
  bool frontends_overlap = false;
  // Processes that have admin pages serve them.
  bool admin = false;
  std::vector<std::string> cache_flags = {};
  std::vector<std::string> recursor_flags = {};
  std::vector<std::string> frontend_flags = {};
};

// Used by one thread. Processes end with the object.
class Cluster {
 public:
  explicit Cluster(ClusterShape shape = {});

  // Compiles the zone, and puts its snapshot into the authorities' folder by a rename. Dies of errors in the zone.
  void WriteZone(absl::string_view origin, absl::string_view text);
  // The octets of the zone's snapshot.
  std::string CompileZone(absl::string_view origin, absl::string_view text);
  std::string SnapshotPath(absl::string_view origin) const;

  // Starts the process anew; one that runs is killed first. These don't wait until it is ready.
  Process& StartAuthority(int number);
  Process& StartCache(int number);
  Process& StartRecursor(int number);
  Process& StartFrontend(int number = 0);
  Process& StartStrata(const std::vector<std::string>& arguments);
  // All but strata, and waits until they are ready; false, with their words on stderr, when one is not.
  bool StartAll();
  // Until each frontend that runs has found each backend that runs, as each of them was started last; false, with
  // the frontends' words on stderr, when that takes too long.
  bool WaitUntilConnected(absl::Duration timeout = absl::Seconds(30));
  // The same of one frontend and one backend ("cache0") now, by the frontend's log. True if the backend does not run.
  bool IsConnected(int frontend, const std::string& backend);

  Process& authority(int number) { return Find("authority", number); }
  Process& cache(int number) { return Find("cache", number); }
  Process& recursor(int number) { return Find("recursor", number); }
  Process& frontend(int number = 0) { return Find("frontend", number); }

  // Plugs the backend's ("cache0") cable in or out. REQUIRES: ClusterShape::network.
  void SetLink(const std::string& backend, bool up) { hosts_.at(backend)->SetLink(up); }

  // What all processes of that name ("frontend0") have ever logged.
  std::string LogOf(const std::string& name) const;

  // Where a frontend answers, and strata where the first one would.
  uint16_t port(int frontend = 0) const { return ports_[static_cast<size_t>(frontend)]; }
  // Of a backend, for gRPC.
  std::string AuthorityAddress(int number) const { return Address("authority" + std::to_string(number)); }
  std::string CacheAddress(int number) const { return Address("cache" + std::to_string(number)); }
  // Of the admin pages of a process ("cache0"). REQUIRES: ClusterShape::admin.
  base::SocketAddress AdminAddress(const std::string& name);
  // The authority's verified copies.
  std::string StatePath(int number) const;
  const TemporaryFolder& folder() const { return folder_; }
  const std::string& snapshots() const { return snapshots_; }

 private:
  std::string Address(const std::string& name) const;
  // The numbers of the backends that the frontend is told of, by kind.
  std::map<std::string, std::vector<int>> BackendsOf(int frontend) const;
  Process& Find(absl::string_view kind, int number);
  Process& StartBackend(absl::string_view kind, int number, const std::vector<std::string>& flags);
  // How often the workers of a frontend have found, and lost, that backend.
  struct Connections {
    int up = 0;
    int down = 0;
    int zone_lists = 0;  // an authority's
  };
  Connections CountConnections(int frontend, const std::string& backend);
  Process& Start(const std::string& name, const std::vector<std::string>& command);

  const TemporaryFolder folder_;
  const std::string snapshots_;
  const ClusterShape shape_;
  std::vector<uint16_t> ports_;
  std::map<std::string, std::unique_ptr<NetworkHost>> hosts_;  // by backend
  int starts_ = 0;
  std::map<std::string, std::unique_ptr<Process>> processes_;
  std::map<std::string, std::vector<std::string>> logs_;  // files
  std::map<std::string, base::SocketAddress> admin_addresses_;
  // By frontend and backend: how often it was up when it was last started.
  std::map<std::pair<int, std::string>, int> seen_up_;
};

}  // namespace strata::tests

#endif  // STRATA_TESTS_CLUSTER_CLUSTER_H_
