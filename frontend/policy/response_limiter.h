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
#include <memory>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "base/clock.h"
#include "frontend/policy/access_list.h"
#include "frontend/policy/client_prefix.h"
#include "frontend/policy/rate_table.h"
#include "frontend/policy/response_class.h"

namespace strata::frontend {

struct ResponseLimiterOptions {
  // Rates: 0 to 1000000 a second, for each network. Of responses that are the same (ResponseIdentity); 0: not limited.
  int responses_per_second = 0;
  // 0: as responses_per_second.
  int nodata_per_second = 0;
  int nxdomains_per_second = 0;
  int referrals_per_second = 0;
  int errors_per_second = 0;
  // Of responses of any kind; 0: not limited.
  int all_per_second = 0;

  // How long a rate that is not made use of is saved up for: rate * window responses may go at once. 1 s to 1 h.
  absl::Duration window = absl::Seconds(1);
  // One in `slip` limited responses is sent truncated, so that who is really there can come back over TCP. 0: none, 1:
  // all; up to 100.
  int slip = 2;
  // What is one network: 0 to 32, 0 to 128.
  PrefixLengths prefix = {.ipv4 = 24, .ipv6 = 56};
  // Never limited.
  AccessList exempt;
  // Decide, but let the caller send all the same.
  bool log_only = false;
  // Accounts at a time, 8 octets each; rounded up to a power of two. 1024 to 2^26.
  size_t table_size = 262'144;
};

// OK, or what is out of range: "responses_per_second: …".
absl::Status CheckResponseLimiterOptions(const ResponseLimiterOptions& options);

enum class LimiterAction {
  kSend,
  kDrop,
  kSlip,  // send it truncated (TC=1), without records
};

// One for all workers: the kernel spreads the packets of a network over them. Thread-safe and lock-free; no allocation
// after the constructor. Counts nothing itself: that is the caller's.
//
// Not to be asked about TCP, nor about a query with a valid server cookie: there the client's address is proven.
class ResponseLimiter {
 public:
  // REQUIRES: CheckResponseLimiterOptions(options).ok().
  explicit ResponseLimiter(ResponseLimiterOptions options);

  // What to do with a response, which is charged to the client's network when it is kSend. With log_only(), it is to be
  // sent whatever the action, which is to be counted.
  LimiterAction Check(const sockaddr* client, const ResponseIdentity& response, base::MonotonicTime now);

  // Whether a response to the client's network has been limited within the last second. Then a query with a client
  // cookie but no valid server cookie is better answered by BADCOOKIE (RFC 7873 §5.2.3), which itself is to be checked
  // as an error. Never with log_only().
  bool IsLimited(const sockaddr* client, base::MonotonicTime now) const;

  // False: no rate is set, so that nobody need ask.
  bool enabled() const;
  bool log_only() const { return options_.log_only; }

 private:
  struct Rates {
    std::array<RateTable::Rate, kResponseClasses> of_class;
    RateTable::Rate all;
  };

  static Rates RatesOf(const ResponseLimiterOptions& options);
  LimiterAction Limit(uint64_t mark, uint64_t now);

  const ResponseLimiterOptions options_;
  const Rates rates_;
  const PrefixHasher hasher_;
  RateTable table_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_POLICY_RESPONSE_LIMITER_H_
