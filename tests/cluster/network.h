// A network of the test's own, with hosts whose cables can be pulled.
//
//   ASSERT_TRUE(EnterOwnNetwork().ok());
//   NetworkHost host;
//   Process server({…, "--listen=" + host.address() + ":5303"}, output, host.network_namespace());
//   host.SetLink(false);  // what is sent there vanishes, and the server neither hears nor reaches anybody
//
// Each host is a network namespace at a port of a bridge. The test is on the bridge itself, as kTestAddress.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_TESTS_CLUSTER_NETWORK_H_
#define STRATA_TESTS_CLUSTER_NETWORK_H_

#include <string>

#include "absl/status/status.h"

namespace strata::tests {

inline constexpr char kTestAddress[] = "10.99.0.1";

// Takes this process from the machine's network to one that nobody else has; once done, it stays done. Root may, and
// whoever the kernel allows a user namespace. The error says what is not allowed here. REQUIRES: there are no threads
// yet, for they would stay where they are.
absl::Status EnterOwnNetwork();

// Used by one thread. What the operating system refuses ends the test process.
class NetworkHost {
 public:
  // REQUIRES: EnterOwnNetwork() was OK.
  NetworkHost();
  ~NetworkHost();
  NetworkHost(const NetworkHost&) = delete;
  NetworkHost& operator=(const NetworkHost&) = delete;

  // Never that of another host of this process, past ones included.
  const std::string& address() const { return address_; }
  // For Process. Good as long as the object lives.
  int network_namespace() const { return namespace_; }
  // The cable to the bridge. It is plugged in at the beginning.
  void SetLink(bool up);

 private:
  std::string address_;
  std::string port_;  // the bridge's
  int namespace_;
};

}  // namespace strata::tests

#endif  // STRATA_TESTS_CLUSTER_NETWORK_H_
