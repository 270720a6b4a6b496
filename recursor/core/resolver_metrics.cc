// SPDX-License-Identifier: Apache-2.0
#include "recursor/core/resolver_metrics.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace strata::recursor {
namespace {

using base::MetricType;
using Loops = absl::Span<const LoopMetrics>;

constexpr std::chrono::seconds kSilenceCounts(10);

// The words for ExchangeFailure and ReplyVerdict.
constexpr const char* kFailureLabels[kExchangeFailures] = {"timeout", "unreachable", "tcp_failed", "no_socket"};
constexpr const char* kVerdictLabels[kReplyVerdicts] = {"answer", "failure", "no_edns", "truncated", "unusable"};

// The sum of the counter, or gauge, that `get(loop)` is of each loop.
template <typename Get>
uint64_t Sum(Loops loops, const Get& get) {
  uint64_t sum = 0;
  for (const LoopMetrics& loop : loops) sum += static_cast<uint64_t>(get(loop).value());
  return sum;
}

void Write(absl::string_view name, MetricType type, absl::string_view help, uint64_t value,
           base::MetricsWriter* writer) {
  writer->Family(name, type, help);
  writer->Sample({}, value);
}

void WriteQuestions(Loops loops, base::MetricsWriter* writer) {
  writer->Family("strata_recursor_queries_total", MetricType::kCounter, "Queries from frontends, by type.");
  for (size_t i = 0; i < dns::kTypeLabels; ++i) {
    const auto get = [i](const LoopMetrics& loop) -> auto& { return loop.forwarder->questions[i]; };
    writer->Sample({{"type", dns::TypeLabel(i)}}, Sum(loops, get));
  }
  writer->Family("strata_recursor_answers_total", MetricType::kCounter, "Answers to frontends, by rcode.");
  for (size_t i = 0; i < dns::kRcodeLabels; ++i) {
    const auto get = [i](const LoopMetrics& loop) -> auto& { return loop.forwarder->answers[i]; };
    writer->Sample({{"rcode", dns::RcodeLabel(i)}}, Sum(loops, get));
  }
  const auto write = [loops, writer](absl::string_view name, absl::string_view help, auto member) {
    const auto get = [member](const LoopMetrics& loop) -> auto& { return loop.forwarder->*member; };
    Write(name, MetricType::kCounter, help, Sum(loops, get), writer);
  };
  write("strata_recursor_local_answers_total", "Queries answered from the hosts file or by rule, without a server.",
        &ForwarderMetrics::local);
  write("strata_recursor_coalesced_total", "Queries that joined an identical one in flight.",
        &ForwarderMetrics::coalesced);
  write("strata_recursor_timed_out_total", "Queries answered with SERVFAIL as their time was up.",
        &ForwarderMetrics::timed_out);
  writer->Family("strata_recursor_limit_reached_total", MetricType::kCounter,
                 "Queries answered with SERVFAIL: too many questions in flight, or too many waiting for the same one.");
  for (const auto& [limit, member] : {std::pair("questions", &ForwarderMetrics::too_many_questions),
                                      std::pair("waiters", &ForwarderMetrics::too_many_waiters)}) {
    const auto get = [member = member](const LoopMetrics& loop) -> auto& { return loop.forwarder->*member; };
    writer->Sample({{"limit", limit}}, Sum(loops, get));
  }
}

void WriteResolutions(Loops loops, base::MetricsWriter* writer) {
  const auto in_flight = [](const LoopMetrics& loop) -> auto& { return loop.forwarder->in_flight; };
  Write("strata_recursor_in_flight", MetricType::kGauge, "Distinct questions that servers are being asked.",
        Sum(loops, in_flight), writer);
  base::DurationHistogram::Snapshot durations;
  for (const LoopMetrics& loop : loops) durations += loop.forwarder->durations.Read();
  writer->Family("strata_recursor_resolution_duration_seconds", MetricType::kHistogram,
                 "Time from a question that servers have to be asked to its answer, or to giving up.");
  writer->Histogram({}, durations);
}

void WriteReplies(Loops loops, base::MetricsWriter* writer) {
  writer->Family("strata_recursor_upstream_replies_total", MetricType::kCounter,
                 "Replies of servers, by what they are.");
  for (size_t i = 0; i < kReplyVerdicts; ++i) {
    const auto get = [i](const LoopMetrics& loop) -> auto& { return loop.forwarder->replies[i]; };
    writer->Sample({{"result", kVerdictLabels[i]}}, Sum(loops, get));
  }
  writer->Family("strata_recursor_upstream_failures_total", MetricType::kCounter,
                 "Queries to servers without a reply, by reason.");
  for (const auto& [proto, tcp] : {std::pair("udp", 0), std::pair("tcp", 1)}) {
    for (size_t i = 0; i < kExchangeFailures; ++i) {
      const auto get = [ tcp = tcp, i ](const LoopMetrics& loop) -> auto& { return loop.forwarder->failures[tcp][i]; };
      writer->Sample({{"proto", proto}, {"reason", kFailureLabels[i]}}, Sum(loops, get));
    }
  }
  const auto fallback = [loops, writer](const char* reason, auto member) {
    const auto get = [member](const LoopMetrics& loop) -> auto& { return loop.forwarder->*member; };
    writer->Sample({{"reason", reason}}, Sum(loops, get));
  };
  writer->Family("strata_recursor_upstream_fallbacks_total", MetricType::kCounter,
                 "Queries asked once more: over TCP as the reply was truncated, or as others came that nearly matched; "
                 "or without EDNS.");
  fallback("truncated", &ForwarderMetrics::tcp_after_truncation);
  fallback("mismatch", &ForwarderMetrics::tcp_after_mismatch);
  fallback("no_edns", &ForwarderMetrics::without_edns);
}

void WriteTransport(Loops loops, base::MetricsWriter* writer) {
  const auto pair = [loops, writer](absl::string_view name, absl::string_view help, auto udp, auto tcp) {
    writer->Family(name, MetricType::kCounter, help);
    writer->Sample({{"proto", "udp"}}, Sum(
                                           loops, [udp](const LoopMetrics& loop) -> auto& { return loop.udp->*udp; }));
    writer->Sample({{"proto", "tcp"}}, Sum(
                                           loops, [tcp](const LoopMetrics& loop) -> auto& { return loop.tcp->*tcp; }));
  };
  pair("strata_recursor_upstream_queries_total", "Queries sent to servers.", &UdpCounters::sent, &TcpCounters::sent);
  pair("strata_recursor_upstream_discarded_total",
       "Messages that were no reply to the query of their port, ID and letter case: late, or forged.",
       &UdpCounters::near_misses, &TcpCounters::near_misses);
  pair("strata_recursor_upstream_no_socket_total", "Queries that failed for want of a socket or connection.",
       &UdpCounters::no_socket, &TcpCounters::no_socket);
  Write("strata_recursor_upstream_waited_total", MetricType::kCounter, "Queries that had to wait for a socket.",
        Sum(
            loops, [](const LoopMetrics& loop) -> auto& { return loop.udp->waited; }),
        writer);
  Write("strata_recursor_upstream_broken_off_total", MetricType::kCounter,
        "Queries sent once more as their TCP connection ended.",
        Sum(
            loops, [](const LoopMetrics& loop) -> auto& { return loop.tcp->broken_off; }),
        writer);
  Write("strata_recursor_probes_total", MetricType::kCounter, "Copies of queries sent to see whether a server is back.",
        Sum(
            loops, [](const LoopMetrics& loop) -> auto& { return loop.forwarder->probes; }),
        writer);
}

// One server, over all loops.
struct ServerState {
  uint64_t queries = 0;
  uint64_t replies = 0;
  uint64_t silences = 0;
  int64_t round_trip_ns = 0;  // the shortest that a loop knows; 0: unknown
  int loops_asking = 0;
  int loops_suspecting = 0;
  int64_t last_silence = 0;  // of the monotonic clock

  bool up() const { return loops_asking == 0 || loops_suspecting < loops_asking; }
};

std::map<std::string, ServerState> ServersOf(Loops loops) {
  std::map<std::string, ServerState> servers;
  for (const LoopMetrics& loop : loops) {
    for (const auto& server : *loop.forwarder->servers.Current()) {
      const UpstreamServerMetrics& metrics = server->metrics();
      ServerState& state = servers[server->address().ToText()];
      state.queries += metrics.queries.value();
      state.replies += metrics.replies.value();
      state.silences += metrics.silences.value();
      const int64_t round_trip = metrics.round_trip_ns.value();
      if (round_trip != 0) {
        state.round_trip_ns = state.round_trip_ns == 0 ? round_trip : std::min(state.round_trip_ns, round_trip);
      }
      if (metrics.queries.value() != 0) ++state.loops_asking;
      if (metrics.suspect.value() != 0) ++state.loops_suspecting;
      state.last_silence = std::max(state.last_silence, metrics.last_silence.value());
    }
  }
  return servers;
}

void WriteServers(Loops loops, base::MetricsWriter* writer) {
  const std::map<std::string, ServerState> servers = ServersOf(loops);
  const auto write = [&servers, writer](absl::string_view name, MetricType type, absl::string_view help, auto value) {
    writer->Family(name, type, help);
    for (const auto& [address, state] : servers) writer->Sample({{"server", address}}, value(state));
  };
  write("strata_recursor_server_up", MetricType::kGauge, "Whether the server replies: 0 when it was silent lately.",
        [](const ServerState& state) { return state.up() ? 1 : 0; });
  write("strata_recursor_server_queries_total", MetricType::kCounter, "Queries to the server.",
        [](const ServerState& state) { return state.queries; });
  write("strata_recursor_server_replies_total", MetricType::kCounter, "Replies of the server.",
        [](const ServerState& state) { return state.replies; });
  write("strata_recursor_server_silences_total", MetricType::kCounter,
        "Times that the server was found not to reply; queries under way together count once.",
        [](const ServerState& state) { return state.silences; });
  writer->Family("strata_recursor_server_round_trip_seconds", MetricType::kGauge,
                 "Smoothed time to a reply over UDP, once there was one.");
  for (const auto& [address, state] : servers) {
    if (state.round_trip_ns == 0) continue;
    writer->Sample({{"server", address}}, static_cast<double>(state.round_trip_ns) * 1e-9);
  }
}

}  // namespace

void WriteResolverMetrics(Loops loops, base::MetricsWriter* writer) {
  WriteQuestions(loops, writer);
  WriteResolutions(loops, writer);
  WriteReplies(loops, writer);
  WriteTransport(loops, writer);
  WriteServers(loops, writer);
}

base::Readiness GetReadiness(Loops loops, base::MonotonicTime now) {
  const std::map<std::string, ServerState> servers = ServersOf(loops);
  base::Readiness readiness;
  if (servers.empty()) return readiness;
  const int64_t since = std::chrono::nanoseconds(now.time_since_epoch() - kSilenceCounts).count();
  for (const auto& [address, state] : servers) {
    if (state.up() || state.last_silence < since) return readiness;
  }
  const auto address_of = [](std::string* out, const auto& server) { out->append(server.first); };
  readiness.reasons.push_back(absl::StrCat("no upstream server replies: ", absl::StrJoin(servers, ", ", address_of)));
  return readiness;
}

}  // namespace strata::recursor
