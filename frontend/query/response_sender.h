// What leaves for a client: written, limited, counted, logged.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_QUERY_RESPONSE_SENDER_H_
#define STRATA_FRONTEND_QUERY_RESPONSE_SENDER_H_

#include <cstdint>
#include <memory>

#include "absl/strings/string_view.h"
#include "base/clock.h"
#include "frontend/net/transport.h"
#include "frontend/policy/response_limiter.h"
#include "frontend/query/query_metrics.h"
#include "frontend/query/response.h"

namespace strata::frontend {

// The one way out of a worker. Used by its thread only.
class ResponseSender {
 public:
  struct Options {
    // The largest answer over UDP, which every OPT announces.
    uint16_t max_udp_size = kDefaultMaxUdpSize;
    // Log each answer.
    bool log_queries = false;
    // Shared by all workers; nullptr: answers are not limited.
    std::shared_ptr<ResponseLimiter> limiter;
  };

  // `metrics` outlives the sender.
  ResponseSender(const Options& options, QueryMetrics* metrics) : options_(options), metrics_(*metrics) {}

  uint16_t max_udp_size() const { return options_.max_udp_size; }

  // The answer of a backend. False when it is no answer to the query; then nothing is sent.
  bool Send(const QueryEcho& query, const Client& client, absl::string_view wire, const ExtendedErrorView* error,
            base::MonotonicTime now);
  // Answers of our own, as in response.h.
  void SendError(const QueryEcho& query, const Client& client, uint16_t rcode, const ExtendedErrorView* error,
                 base::MonotonicTime now);
  void SendOwnAnswer(const QueryEcho& query, const Client& client, absl::string_view answer, uint16_t count,
                     base::MonotonicTime now);
  void SendUnknownKey(const QueryEcho& query, const Client& client, const dns::Tsig& tsig, base::MonotonicTime now);

 private:
  // Sends the `size` octets of `out`, the buffer that the client's transport prepared, or less, or nothing. `rcode` is
  // the whole one.
  void Commit(const QueryEcho& query, const Client& client, char* out, size_t size, uint16_t rcode,
              base::MonotonicTime now);
  // The size that rate limiting leaves of the answer; 0: nothing.
  size_t Limit(const QueryEcho& query, const Client& client, char* out, size_t size, uint16_t rcode,
               base::MonotonicTime now);

  const Options options_;
  QueryMetrics& metrics_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_QUERY_RESPONSE_SENDER_H_
