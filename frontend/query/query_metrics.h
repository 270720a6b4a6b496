// What one worker counts of queries and answers; labels as CoreDNS names them.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_QUERY_QUERY_METRICS_H_
#define STRATA_FRONTEND_QUERY_QUERY_METRICS_H_

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

#include "absl/types/span.h"
#include "base/histogram.h"
#include "base/metrics.h"
#include "base/metrics_text.h"
#include "dns/metric_label.h"
#include "frontend/net/transport.h"

namespace strata::frontend {

// Why a message, or the answer to it, was thrown away.
enum class Dropped : uint8_t {
  kNoQuery,        // a response, or shorter than a header
  kBehind,         // malformed, while more came than was read
  kTooMany,        // as many queries waited as may
  kClientTooMany,  // as many queries of its client waited as may
  kRateLimit,      // response rate limiting
  kTooOld,         // it had waited for too long, and so had its client
  kReceiveBuffer,  // the kernel had no room left for it
  kSendBuffer,     // the kernel had no room left for the answer
};
inline constexpr size_t kDroppedReasons = 8;

// What the COOKIE option of a query held (RFC 7873 §5.2).
enum class CookieState : uint8_t { kClientOnly, kValid, kBad, kMalformed };
inline constexpr size_t kCookieStates = 4;

// Written by one worker, read by any thread (base/metrics.h).
class alignas(base::kCacheLineSize) QueryMetrics {
 public:
  // A message of `size` octets came; `type` is 0 where there was no question to read.
  void CountRequest(const Client& client, uint16_t type, bool dnssec_ok, size_t size);
  void CountResponse(const Client& client, uint16_t rcode, bool truncated, size_t size, std::chrono::nanoseconds time);
  void CountDropped(Dropped reason, uint64_t count = 1) { dropped_[static_cast<size_t>(reason)].Add(count); }
  void CountCookie(CookieState state) { cookies_[static_cast<size_t>(state)].Add(); }

  // Response rate limiting: answers cut to "come back over TCP", and those that it would have dropped or cut had it not
  // been told to log only.
  base::Counter rate_slipped;
  base::Counter rate_logged;
  // Queries that an access list refused.
  base::Counter query_denied;
  base::Counter recursion_denied;
  // Queries that wait for a backend.
  base::Gauge pending;
  // Of these, those that wait until an authority has room for them.
  base::Gauge waiting;

  // Writes the sums over all workers.
  static void Write(absl::Span<const QueryMetrics* const> workers, base::MetricsWriter* writer);

 private:
  using Workers = absl::Span<const QueryMetrics* const>;
  static void WriteRequests(Workers workers, base::MetricsWriter* writer);
  static void WriteResponses(Workers workers, base::MetricsWriter* writer);
  static void WriteRefusals(Workers workers, base::MetricsWriter* writer);

  static constexpr size_t kFamilies = 2;  // IPv4, IPv6
  template <typename T>
  using PerProtocol = std::array<T, kProtocols>;

  PerProtocol<std::array<std::array<base::Counter, dns::kTypeLabels>, kFamilies>> requests_;
  PerProtocol<base::Counter> dnssec_ok_;
  PerProtocol<base::MessageSizeHistogram> request_sizes_;
  PerProtocol<std::array<base::Counter, dns::kRcodeLabels>> responses_;
  PerProtocol<base::Counter> truncated_;
  PerProtocol<base::MessageSizeHistogram> response_sizes_;
  PerProtocol<base::DurationHistogram> durations_;
  std::array<base::Counter, kDroppedReasons> dropped_;
  std::array<base::Counter, kCookieStates> cookies_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_QUERY_QUERY_METRICS_H_
