// From a message to a question that is looked up, or to what it gets without.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_QUERY_QUERY_INTAKE_H_
#define STRATA_FRONTEND_QUERY_QUERY_INTAKE_H_

#include <cstdint>
#include <memory>
#include <optional>

#include "absl/strings/string_view.h"
#include "base/clock.h"
#include "dns/query.h"
#include "frontend/net/transport.h"
#include "frontend/policy/access_list.h"
#include "frontend/policy/cookie_secrets.h"
#include "frontend/policy/response_limiter.h"
#include "frontend/query/cookie_exchange.h"
#include "frontend/query/query_metrics.h"
#include "frontend/query/response.h"
#include "frontend/query/response_sender.h"
#include "frontend/query/server_identity.h"

namespace strata::frontend {

// The gate of a worker: header and EDNS, cookies, who may ask, what is not looked up at all. Used by its worker's
// thread only.
class QueryIntake {
 public:
  struct Options {
    // Who may ask anything.
    AccessList query_clients = AccessList::Everybody();
    // Who may have names resolved that are in no zone of ours.
    AccessList recursion_clients = AccessList::LocalNetworks();
    // Shared by all workers, and never nullptr.
    std::shared_ptr<const ServerIdentity> identity = std::make_shared<const ServerIdentity>();
    // nullptr: cookies are an option that we do not know.
    std::shared_ptr<const PublishedCookieSecrets> cookie_secrets;
    // The sender's.
    std::shared_ptr<const ResponseLimiter> limiter;
  };

  enum class Outcome {
    kLookUp,    // a well-formed query for one name, of class IN and a type that zones hold, or ANY, AXFR or IXFR
    kAnswered,  // it has its answer
    kDropped,   // it gets none
  };

  // `sender`, `metrics` and `clock` outlive it.
  QueryIntake(const Options& options, ResponseSender* sender, QueryMetrics* metrics, const base::Clock& clock);

  // With kLookUp, `*echo` is set and query() is what is asked: both until the next call, as they view `message`.
  // `recursion_offered`: there is someone to resolve others' names.
  Outcome Take(absl::string_view message, const Client& client, bool recursion_offered, base::MonotonicTime now,
               QueryEcho* echo);
  const dns::Query& query() const { return query_; }

 private:
  QueryEcho Echo(const Client& client, bool recursion_offered, base::MonotonicTime now) const;
  // What the cookie is, if there is one and they are known here.
  std::optional<CookieState> ReadOptions(const Client& client, QueryEcho* echo, bool* malformed);
  Outcome Answer(const Client& client, const QueryEcho& echo, uint16_t rcode, const ExtendedErrorView* error = nullptr);
  Outcome AnswerBadCookie(const Client& client, QueryEcho echo);
  Outcome AnswerNoQuestion(const Client& client, const QueryEcho& echo, std::optional<CookieState> cookie);
  Outcome AnswerChaos(const Client& client, const QueryEcho& echo);

  const Options options_;
  ResponseSender& sender_;
  QueryMetrics& metrics_;
  std::optional<CookieExchange> cookies_;
  dns::Query query_;  // the message being handled; here for its size
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_QUERY_QUERY_INTAKE_H_
