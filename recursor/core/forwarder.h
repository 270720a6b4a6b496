// The questions of one loop: answered from what is known here, or forwarded, identical ones once.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_CORE_FORWARDER_H_
#define STRATA_RECURSOR_CORE_FORWARDER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/hash/hash.h"
#include "absl/strings/string_view.h"
#include "base/clock.h"
#include "dns/edns.h"
#include "recursor/core/forward_query.h"
#include "recursor/core/forward_settings.h"
#include "recursor/core/forwarder_metrics.h"
#include "recursor/core/hosts_table.h"
#include "recursor/core/local_answers.h"
#include "recursor/core/pending_question.h"
#include "recursor/core/question.h"
#include "recursor/core/reply_scrubber.h"
#include "recursor/core/server_probes.h"
#include "recursor/core/upstream_servers.h"
#include "recursor/net/random_bits.h"
#include "recursor/net/timer_wheel.h"
#include "recursor/net/upstream_transport.h"
#include "recursor/resolver.h"
#include "recursor/resolver_options.h"

namespace strata::recursor {

// Outlive the forwarder.
struct ForwarderParts {
  const base::Clock* clock = nullptr;
  UpstreamTransport* transport = nullptr;
  TimerWheel* timers = nullptr;
  RandomBits* random = nullptr;
};

// Used by its loop's thread only.
class Forwarder final : PendingQuestionOwner {
 public:
  Forwarder(const ForwarderParts& parts, const ResolverLimits& limits);
  // Answers what is in flight, with SERVFAIL.
  ~Forwarder() override;

  // Questions in flight go on with the servers they began with. Once before the first Ask().
  void SetServers(const ForwardSettings& settings);
  void SetHosts(std::shared_ptr<const HostsTable> hosts) { hosts_ = std::move(hosts); }

  // `asked` is when its time began to run.
  void Ask(const std::shared_ptr<ResolverClient>& client, const ResolverQuestion& question, base::MonotonicTime asked);

  // Distinct questions.
  size_t in_flight() const { return table_.size(); }
  // For any thread, as long as this lives.
  const ForwarderMetrics& metrics() const { return metrics_; }

 private:
  struct Hash {
    using is_transparent = void;
    size_t operator()(const PendingQuestion* pending) const { return (*this)(pending->question()); }
    size_t operator()(const QuestionView& question) const { return absl::Hash<QuestionView>()(question); }
  };
  struct Equal {
    using is_transparent = void;
    static const QuestionView& Key(const PendingQuestion* pending) { return pending->question(); }
    static const QuestionView& Key(const QuestionView& question) { return question; }
    template <typename A, typename B>
    bool operator()(const A& a, const B& b) const {
      return Key(a) == Key(b);
    }
  };

  void OnAllAnswered(PendingQuestion* pending) override;
  void Forward(const std::shared_ptr<ResolverClient>& client, uint32_t id, const QuestionView& question,
               base::MonotonicTime deadline);
  PendingQuestion* Take();

  void Tell(ResolverClient* client, const ResolverAnswer& answer);
  void Refuse(ResolverClient* client, uint32_t id, uint16_t rcode, absl::string_view text,
              uint16_t extended_error = dns::extended_error::kOther);
  void Shed(ResolverClient* client, uint32_t id, absl::string_view text);

  const ForwarderParts parts_;
  const ResolverLimits limits_;
  ForwarderMetrics metrics_;
  ReplyScrubber scrubber_;
  LocalAnswers local_;
  ServerProbes probes_;
  const ForwardContext context_;
  std::shared_ptr<UpstreamServers> servers_;
  std::shared_ptr<const HostsTable> hosts_;
  std::vector<std::unique_ptr<PendingQuestion>> pool_;  // all there are
  std::vector<PendingQuestion*> idle_;
  absl::flat_hash_set<PendingQuestion*, Hash, Equal> table_;
};

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_CORE_FORWARDER_H_
