// Copies of questions to servers that are not replying, so that their return is noticed at no client's cost.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_CORE_SERVER_PROBES_H_
#define STRATA_RECURSOR_CORE_SERVER_PROBES_H_

#include <memory>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/clock.h"
#include "recursor/core/upstream_server.h"
#include "recursor/net/upstream_transport.h"

namespace strata::recursor {

// Not thread-safe. Clock and transport outlive this.
class ServerProbes {
 public:
  ServerProbes(const base::Clock* clock, UpstreamTransport* transport);
  // Cancels what is under way.
  ~ServerProbes();

  // Sends `query`; what is said in reply is not looked at, that there is one is.
  void Send(const std::shared_ptr<UpstreamServer>& server, absl::string_view query);

 private:
  class Probe;

  const base::Clock& clock_;
  UpstreamTransport& transport_;
  // As many as there ever were at one time: about one a server.
  std::vector<std::unique_ptr<Probe>> probes_;
};

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_CORE_SERVER_PROBES_H_
