// Finds answers elsewhere: the recursor, without its network towards frontends.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_RESOLVER_H_
#define STRATA_RECURSOR_RESOLVER_H_

#include <cstdint>
#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "base/admin_pages.h"
#include "base/metrics_text.h"
#include "recursor/resolver_options.h"

namespace strata::recursor {

struct ResolverQuestion {
  uint32_t id = 0;         // the caller's; the answer brings it back
  absl::string_view name;  // wire form, uncompressed, lower case, valid
  uint16_t type = 0;
  uint16_t rr_class = 0;
  bool dnssec_ok = false;
  bool checking_disabled = false;
  // Zero: as long as the resolver itself allows. It never takes longer than that.
  absl::Duration time_left;
};

struct ResolverAnswer {
  uint32_t id = 0;
  // A whole message without OPT: ID 0, RA set, AA clear, the question at offset 12 as it was asked, no matter how long.
  // Empty when there is none.
  absl::string_view wire;
  // Where `wire` is empty.
  uint16_t rcode = 0;
  bool has_extended_error = false;
  uint16_t extended_error = 0;
  absl::string_view extended_error_text;
};

// Whoever asks: a stream, or a worker of the all-in-one server.
class ResolverClient {
 public:
  virtual ~ResolverClient() = default;
  // Called on a thread of the resolver, one question's answer once; it queues a copy and returns. The views are good
  // during the call.
  virtual void OnAnswer(const ResolverAnswer& answer) = 0;
};

// Thread-safe. Identical questions in flight are asked upstream once.
class Resolver {
 public:
  // Fails when the configuration cannot work, or this machine's c-ares is not one that is known.
  static absl::StatusOr<std::unique_ptr<Resolver>> Start(const ResolverOptions& options);
  virtual ~Resolver() = default;

  // Each question is answered, whatever happens, as long as the resolver lives; clients are kept alive until then. The
  // questions are copied before this returns.
  virtual void Resolve(const std::shared_ptr<ResolverClient>& client, absl::Span<const ResolverQuestion> questions) = 0;

  // For how long the slowest of its loops has not turned: what its heartbeat tells.
  virtual absl::Duration silence() const = 0;

  // What /metrics and /readyz say of it; nothing, where there is nothing to say.
  virtual void WriteMetrics(base::MetricsWriter* /*writer*/) const {}
  virtual base::Readiness GetReadiness() const { return {}; }
};

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_RESOLVER_H_
