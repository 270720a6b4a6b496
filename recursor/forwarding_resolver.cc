// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/hash/hash.h"
#include "absl/status/status.h"
#include "base/clock.h"
#include "base/status_macros.h"
#include "recursor/core/resolver_loop.h"
#include "recursor/core/resolver_metrics.h"
#include "recursor/core/settings_watch.h"
#include "recursor/resolver.h"

namespace strata::recursor {
namespace {

// Identical questions meet, as each name has its loop.
class ForwardingResolver final : public Resolver {
 public:
  static absl::StatusOr<std::unique_ptr<Resolver>> Start(const ResolverOptions& options) {
    if (options.loops < 1) return absl::InvalidArgumentError("a resolver needs a loop at least");
    auto resolver = std::make_unique<ForwardingResolver>();
    STRATA_ASSIGN_OR_RETURN(resolver->watch_, SettingsWatch::Create(options));
    for (int i = 0; i < options.loops; ++i) {
      STRATA_ASSIGN_OR_RETURN(
          std::unique_ptr<ResolverLoop> loop,
          ResolverLoop::Start(options, resolver->clock_, resolver->watch_->settings(), resolver->watch_->hosts()));
      resolver->loops_.push_back(std::move(loop));
    }
    resolver->watch_->Start(
        [raw = resolver.get()](const ForwardSettings& settings) {
          for (const auto& loop : raw->loops_) loop->SetServers(settings);
        },
        [raw = resolver.get()](const std::shared_ptr<const HostsTable>& hosts) {
          for (const auto& loop : raw->loops_) loop->SetHosts(hosts);
        });
    return resolver;
  }

  // The watch tells the loops.
  ~ForwardingResolver() override { watch_.reset(); }

  void Resolve(const std::shared_ptr<ResolverClient>& client, absl::Span<const ResolverQuestion> questions) override {
    if (loops_.size() == 1) return loops_[0]->Submit(client, questions);
    absl::InlinedVector<ResolverQuestion, 64> of_loop;
    for (size_t i = 0; i < loops_.size(); ++i) {
      of_loop.clear();
      for (const ResolverQuestion& question : questions) {
        if (absl::Hash<absl::string_view>()(question.name) % loops_.size() == i) of_loop.push_back(question);
      }
      if (!of_loop.empty()) loops_[i]->Submit(client, of_loop);
    }
  }

  absl::Duration silence() const override {
    absl::Duration longest;
    for (const auto& loop : loops_) longest = std::max(longest, loop->silence());
    return longest;
  }

  void WriteMetrics(base::MetricsWriter* writer) const override { WriteResolverMetrics(LoopsMetrics(), writer); }
  base::Readiness GetReadiness() const override {
    return recursor::GetReadiness(LoopsMetrics(), clock_.MonotonicNow());
  }

 private:
  std::vector<LoopMetrics> LoopsMetrics() const {
    std::vector<LoopMetrics> metrics;
    for (const auto& loop : loops_) metrics.push_back(loop->metrics());
    return metrics;
  }

  const base::RealClock clock_{};
  std::vector<std::unique_ptr<ResolverLoop>> loops_;
  std::unique_ptr<SettingsWatch> watch_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Resolver>> Resolver::Start(const ResolverOptions& options) {
  return ForwardingResolver::Start(options);
}

}  // namespace strata::recursor
