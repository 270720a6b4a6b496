// DNS cookies (RFC 7873), the server's side: what a query's cookie proves, and what its answer gets.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_QUERY_COOKIE_EXCHANGE_H_
#define STRATA_FRONTEND_QUERY_COOKIE_EXCHANGE_H_

#include "absl/strings/string_view.h"
#include "base/clock.h"
#include "frontend/net/transport.h"
#include "frontend/policy/cookie_secrets.h"
#include "frontend/query/query_metrics.h"
#include "frontend/query/response.h"

namespace strata::frontend {

// One worker's: not thread-safe.
class CookieExchange {
 public:
  // Both outlive it.
  CookieExchange(const PublishedCookieSecrets& secrets, const base::Clock& clock) : secrets_(secrets), clock_(clock) {}

  // Reads the value of a COOKIE option. Sets `query->options.cookie`: the client's, and one of ours, which is its own
  // where that has a while to go. A cookie of ours makes the query proven; any other, or none, is not held against it.
  // kMalformed (FORMERR, RFC 7873 §5.2.2) sets nothing.
  CookieState Read(absl::string_view option_value, const Client& client, QueryEcho* query);

 private:
  PublishedCookieSecrets::View secrets_;
  const base::Clock& clock_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_QUERY_COOKIE_EXCHANGE_H_
