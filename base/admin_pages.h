// What the admin pages of a service say; admin_server.h serves them.
//
//   /          the list of the pages
//   /healthz   200 "ok": the process runs
//   /readyz    200 "ready", or 503 {"ready":false,"reasons":["…"]}: may queries be sent here?
//   /metrics   for Prometheus (docs/operations.md lists the metrics)
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_ADMIN_PAGES_H_
#define STRATA_BASE_ADMIN_PAGES_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/metrics_text.h"

namespace strata::base {

struct Readiness {
  std::vector<std::string> reasons;  // why not, a sentence each for people
  bool ready() const { return reasons.empty(); }
};

// What a service adds. Both are called by a thread of the admin server's, one at a time, while the service works; they
// take microseconds, not seconds, and never wait for a client. Absent: nothing to add, always ready.
struct AdminPages {
  std::function<void(MetricsWriter*)> metrics;
  std::function<Readiness()> readiness;
};

// The same, but of whoever calls them at once, by whichever copy, one goes at a time.
AdminPages Serialized(AdminPages pages);

struct AdminResponse {
  int status = 200;
  std::string content_type;
  std::string body;
};

// The page at `path`, which is without its query part, of the service called `service`. 404 if there is none; 500, and
// a line in the log, if the service's metrics are not well formed. Metrics begin with those of the process.
AdminResponse AdminPage(const AdminPages& pages, absl::string_view service, absl::string_view path);

}  // namespace strata::base

#endif  // STRATA_BASE_ADMIN_PAGES_H_
