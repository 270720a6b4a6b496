// SPDX-License-Identifier: Apache-2.0
#include "recursor/core/upstream_servers.h"

#include <algorithm>

namespace strata::recursor {
namespace {

constexpr absl::Duration kBand = absl::Milliseconds(25);
constexpr int kExploreOneIn = 20;

std::shared_ptr<UpstreamServer> Former(const UpstreamServers* former, const base::SocketAddress& address,
                                       absl::Span<const std::shared_ptr<UpstreamServer>> servers) {
  if (former == nullptr) return nullptr;
  for (const std::shared_ptr<UpstreamServer>& server : servers) {
    if (server->address() == address) return server;
  }
  return nullptr;
}

}  // namespace

UpstreamServers::UpstreamServers(const ForwardSettings& settings, const UpstreamServers* former) : settings_(settings) {
  for (const base::SocketAddress& address : settings.servers) {
    std::shared_ptr<UpstreamServer> server = former == nullptr ? nullptr : Former(former, address, former->servers_);
    servers_.push_back(server != nullptr ? server : std::make_shared<UpstreamServer>(address));
  }
}

std::optional<size_t> UpstreamServers::Choose(absl::Span<const uint8_t> tries, int most) {
  int least = most;
  bool suspect = true;
  for (size_t i = 0; i < servers_.size(); ++i) {
    if (tries[i] >= most || servers_[i]->suspect() > suspect) continue;
    if (servers_[i]->suspect() < suspect) {
      suspect = false;
      least = most;
    }
    least = std::min<int>(least, tries[i]);
  }
  if (least == most) return std::nullopt;
  candidates_.clear();
  for (size_t i = 0; i < servers_.size(); ++i) {
    if (tries[i] == least && servers_[i]->suspect() == suspect) candidates_.push_back(i);
  }
  if (candidates_.size() == 1) return candidates_[0];
  if (settings_.rotate) {
    const auto next = std::lower_bound(candidates_.begin(), candidates_.end(), rotation_);
    const size_t chosen = next == candidates_.end() ? candidates_[0] : *next;
    rotation_ = chosen + 1;
    return chosen;
  }
  return ChooseFast(candidates_, least == 0 && ++first_choices_ % kExploreOneIn == 0);
}

size_t UpstreamServers::ChooseFast(absl::Span<const size_t> candidates, bool explore) const {
  if (explore) {
    return *std::min_element(candidates.begin(), candidates.end(), [this](size_t a, size_t b) {
      return servers_[a]->last_asked() < servers_[b]->last_asked();
    });
  }
  absl::Duration best = absl::InfiniteDuration();
  for (size_t i : candidates) best = std::min(best, servers_[i]->ExpectedRoundTrip());
  const absl::Duration good = best + std::max(kBand, best / 4);
  return *std::find_if(candidates.begin(), candidates.end(),
                       [&](size_t i) { return servers_[i]->ExpectedRoundTrip() <= good; });
}

std::optional<size_t> UpstreamServers::FindProbe(absl::Span<const uint8_t> tries, base::MonotonicTime now) const {
  std::optional<size_t> probe;
  bool all_suspect = true;
  for (size_t i = 0; i < servers_.size(); ++i) {
    all_suspect = all_suspect && servers_[i]->suspect();
    if (tries[i] == 0 && !probe && servers_[i]->ProbeDue(now)) probe = i;
  }
  return all_suspect ? std::nullopt : probe;
}

}  // namespace strata::recursor
