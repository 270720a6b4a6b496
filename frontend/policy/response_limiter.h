// Response rate limiting: a network gets the same response over UDP only so many times a second, so that nobody can
// make the server flood a victim whose address they forge.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_POLICY_RESPONSE_LIMITER_H_
#define STRATA_FRONTEND_POLICY_RESPONSE_LIMITER_H_

#include <sys/socket.h>

#include <array>
#include <cstddef>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "base/clock.h"
#include "frontend/policy/access_list.h"
#include "frontend/policy/client_prefix.h"
#include "frontend/policy/rate_table.h"
#include "frontend/policy/response_class.h"

namespace strata::frontend {

struct ResponseLimiterOptions {
  // Rates are for one network, 0 to 1000000. Of responses that are the same (ResponseIdentity); 0: not limited.
  int responses_per_second = 0;
  // 0: as responses_per_second.
  int nodata_per_second = 0;
  int nxdomains_per_second = 0;
  int referrals_per_second = 0;
  int errors_per_second = 0;
  // Of responses of all kinds together; 0: not limited.
  int all_per_second = 0;

  // For how long a rate that is not made use of is saved up: rate * window responses may go at once. 1 s to 1 min.
  absl::Duration window = absl::Seconds(1);
  // One of `slip` limited responses, on average, is sent truncated, so that who is really there can come back over TCP.
  // 0: none, 1: all; up to 100.
  int slip = 2;
  // What is one network.
  PrefixLengths prefix = {.ipv4 = 24, .ipv6 = 56};
  // Never limited.
  AccessList exempt;
  // Decide, but let the caller send all the same.
  bool log_only = false;
  // Accounts at a time, eight octets each; rounded up to a power of two. 1024 to 2^26.
  size_t table_size = 262'144;
};

// OK, or what is out of range, by the name of the option.
absl::Status CheckResponseLimiterOptions(const ResponseLimiterOptions& options);

enum class LimiterAction : uint8_t {
  kSend,
  kDrop,
  kSlip,  // send it truncated (TC=1), without records
};

// One for all workers, as the kernel spreads the packets of a network over them. Thread-safe and lock-free; no
// allocation after the constructor. Counts nothing itself: that is the caller's.
//
// Not to be asked about TCP, nor about a query with a valid server cookie: there the client's address is proven.
class ResponseLimiter {
 public:
  // REQUIRES: CheckResponseLimiterOptions(options).ok().
  explicit ResponseLimiter(const ResponseLimiterOptions& options);

  // What to do with a response; kSend is charged to the client's network. With log_only(), it is to be sent whatever
  // the action, which is to be counted.
  LimiterAction Check(const sockaddr* client, const ResponseIdentity& response, base::MonotonicTime now);

  // Whether a response to the client's network was limited within the last second. Then a query with a client cookie
  // but no valid server cookie is answered by BADCOOKIE (RFC 7873 §5.2.3), which is itself to be checked, as an error:
  // it gives a client that is there its cookie, and is no larger than the query. Never with log_only().
  bool IsLimited(const sockaddr* client, base::MonotonicTime now) const;

  // False: no rate is set, so that nobody need ask.
  bool enabled() const { return enabled_; }
  bool log_only() const { return options_.log_only; }

 private:
  // Accounts of a network beside those of its responses.
  static constexpr uint64_t kAll = kResponseClasses, kLimitedMark = kResponseClasses + 1;

  // One of `slip`, at random, so that nobody can arrange which.
  bool Slips(const ClientPrefix& prefix) const;

  const ResponseLimiterOptions options_;
  const std::array<Rate, kResponseClasses> rates_;
  const Rate all_rate_;
  const bool enabled_;
  const PrefixHasher hasher_;
  RateTable table_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_POLICY_RESPONSE_LIMITER_H_
