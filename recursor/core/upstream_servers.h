// The servers that questions are forwarded to, and which of them is next.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_CORE_UPSTREAM_SERVERS_H_
#define STRATA_RECURSOR_CORE_UPSTREAM_SERVERS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "base/clock.h"
#include "recursor/core/forward_settings.h"
#include "recursor/core/upstream_server.h"

namespace strata::recursor {

// Not thread-safe. A question keeps the set that it began with; a set that takes the place of another takes over what
// was learnt of the servers that stay.
class UpstreamServers {
 public:
  // `former` may be null.
  UpstreamServers(const ForwardSettings& settings, const UpstreamServers* former);

  size_t size() const { return servers_.size(); }
  UpstreamServer& operator[](size_t index) const { return *servers_[index]; }
  const std::shared_ptr<UpstreamServer>& at(size_t index) const { return servers_[index]; }
  const std::vector<std::shared_ptr<UpstreamServer>>& all() const { return servers_; }
  const ForwardSettings& settings() const { return settings_; }

  // Whom to ask next, when `tries[i]` times the server i was asked; nullopt: all have had `most` tries. Each is asked
  // once before any is asked twice, suspects after all others. Among equals: with `rotate` one after the other;
  // without, the first in the operator's order that is not much slower (25 ms or a quarter) than the fastest, and for
  // one question in twenty the one that was not asked for the longest time, as its speed may have changed.
  std::optional<size_t> Choose(absl::Span<const uint8_t> tries, int most);
  // A suspect to which a copy of a question is due, so that its return is noticed; none when only suspects are left.
  std::optional<size_t> FindProbe(absl::Span<const uint8_t> tries, base::MonotonicTime now) const;

 private:
  size_t ChooseFast(absl::Span<const size_t> candidates, bool explore) const;

  const ForwardSettings settings_;
  std::vector<std::shared_ptr<UpstreamServer>> servers_;
  size_t rotation_ = 0;
  uint32_t first_choices_ = 0;
  std::vector<size_t> candidates_;
};

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_CORE_UPSTREAM_SERVERS_H_
