// What the admin pages of a process say.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_TESTS_CLUSTER_ADMIN_CLIENT_H_
#define STRATA_TESTS_CLUSTER_ADMIN_CLIENT_H_

#include <map>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/socket_address.h"

namespace strata::tests {

// Every sample of /metrics by its name and labels, as they stand there: `strata_cache_lookups_total{result="hit"}`.
using MetricSamples = std::map<std::string, double>;

// Fails the test, and is empty, if /metrics cannot be had or read.
MetricSamples ReadMetrics(const base::SocketAddress& admin);

// Until the sample has at least that value; its value then, or when the time is up.
double AwaitMetric(const base::SocketAddress& admin, const std::string& sample, double value,
                   absl::Duration timeout = absl::Seconds(20));

}  // namespace strata::tests

#endif  // STRATA_TESTS_CLUSTER_ADMIN_CLIENT_H_
