// SPDX-License-Identifier: Apache-2.0
#include "frontend/query/query_metrics.h"

#include <string>

#include "dns/metric_label.h"
#include "dns/rr_type.h"

namespace strata::frontend {
namespace {

using base::MetricType;

// CoreDNS's values of the label `family`.
constexpr std::array<const char*, 2> kFamilyLabels = {"1", "2"};
size_t FamilyIndex(const Client& client) { return client.peer.sin6_family == AF_INET6 ? 1 : 0; }

size_t ProtocolIndex(const Client& client) { return static_cast<size_t>(client.transport->protocol()); }
const char* ProtocolLabel(size_t index) { return ProtocolName(static_cast<Protocol>(index)); }

constexpr std::array<const char*, kDroppedReasons> kDroppedLabels = {
    "no_query", "malformed_while_behind", "too_many_pending", "too_many_of_client", "rate_limit",
    "too_old",  "receive_buffer_full",    "send_buffer_full"};
constexpr std::array<const char*, kCookieStates> kCookieLabels = {"client_only", "valid", "bad", "malformed"};

// The sum over workers of the counter, or histogram, that `get` finds in one.
template <typename Get>
uint64_t Sum(absl::Span<const QueryMetrics* const> workers, Get get) {
  uint64_t sum = 0;
  for (const QueryMetrics* worker : workers) sum += get(*worker).value();
  return sum;
}

template <typename Snapshot, typename Get>
Snapshot Total(absl::Span<const QueryMetrics* const> workers, Get get) {
  Snapshot total;
  for (const QueryMetrics* worker : workers) total += get(*worker).Read();
  return total;
}

template <typename Each>
void ForEachProtocol(Each each) {
  for (size_t p = 0; p < kProtocols; ++p) each(p, ProtocolLabel(p));
}

}  // namespace

void QueryMetrics::CountRequest(const Client& client, uint16_t type, bool dnssec_ok, size_t size) {
  const size_t protocol = ProtocolIndex(client);
  requests_[protocol][FamilyIndex(client)][dns::TypeLabelIndex(type)].Add();
  if (dnssec_ok) dnssec_ok_[protocol].Add();
  request_sizes_[protocol].Observe(size);
}

void QueryMetrics::CountResponse(const Client& client, uint16_t rcode, bool truncated, size_t size,
                                 std::chrono::nanoseconds time) {
  const size_t protocol = ProtocolIndex(client);
  responses_[protocol][dns::RcodeLabelIndex(rcode)].Add();
  if (truncated) truncated_[protocol].Add();
  response_sizes_[protocol].Observe(size);
  durations_[protocol].Observe(time);
}

void QueryMetrics::Write(Workers workers, base::MetricsWriter* writer) {
  WriteRequests(workers, writer);
  WriteResponses(workers, writer);
  WriteRefusals(workers, writer);
}

void QueryMetrics::WriteRequests(Workers workers, base::MetricsWriter* writer) {
  writer->Family("strata_frontend_requests_total", MetricType::kCounter, "Messages from clients.");
  ForEachProtocol([&](size_t p, const char* proto) {
    for (size_t f = 0; f < kFamilies; ++f) {
      for (size_t t = 0; t < dns::kTypeLabels; ++t) {
        const uint64_t sum = Sum(
            workers, [=](const QueryMetrics& m) -> auto& { return m.requests_[p][f][t]; });
        // A line for each type that was never asked for would be most of the page.
        if (sum == 0 && t > 1) continue;
        writer->Sample({{"proto", proto}, {"family", kFamilyLabels[f]}, {"type", dns::TypeLabel(t)}}, sum);
      }
    }
  });
  writer->Family("strata_frontend_do_requests_total", MetricType::kCounter, "Queries with the DO bit set.");
  ForEachProtocol([&](size_t p, const char* proto) {
    writer->Sample({{"proto", proto}}, Sum(
                                           workers, [=](const QueryMetrics& m) -> auto& { return m.dnssec_ok_[p]; }));
  });
  writer->Family("strata_frontend_request_size_bytes", MetricType::kHistogram, "Size of messages from clients.");
  ForEachProtocol([&](size_t p, const char* proto) {
    writer->Histogram({{"proto", proto}},
                      Total<base::MessageSizeHistogram::Snapshot>(
                          workers, [=](const QueryMetrics& m) -> auto& { return m.request_sizes_[p]; }));
  });
}

void QueryMetrics::WriteResponses(Workers workers, base::MetricsWriter* writer) {
  writer->Family("strata_frontend_responses_total", MetricType::kCounter, "Answers to clients.");
  ForEachProtocol([&](size_t p, const char* proto) {
    for (size_t r = 0; r < dns::kRcodeLabels; ++r) {
      const uint64_t sum = Sum(
          workers, [=](const QueryMetrics& m) -> auto& { return m.responses_[p][r]; });
      if (sum == 0 && r > dns::rcode::kRefused) continue;
      writer->Sample({{"proto", proto}, {"rcode", dns::RcodeLabel(r)}}, sum);
    }
  });
  writer->Family("strata_frontend_truncated_responses_total", MetricType::kCounter, "Answers with the TC bit set.");
  ForEachProtocol([&](size_t p, const char* proto) {
    writer->Sample({{"proto", proto}}, Sum(
                                           workers, [=](const QueryMetrics& m) -> auto& { return m.truncated_[p]; }));
  });
  writer->Family("strata_frontend_response_size_bytes", MetricType::kHistogram, "Size of answers.");
  ForEachProtocol([&](size_t p, const char* proto) {
    writer->Histogram({{"proto", proto}},
                      Total<base::MessageSizeHistogram::Snapshot>(
                          workers, [=](const QueryMetrics& m) -> auto& { return m.response_sizes_[p]; }));
  });
  writer->Family("strata_frontend_request_duration_seconds", MetricType::kHistogram,
                 "Time from a query's arrival to its answer.");
  ForEachProtocol([&](size_t p, const char* proto) {
    writer->Histogram({{"proto", proto}},
                      Total<base::DurationHistogram::Snapshot>(
                          workers, [=](const QueryMetrics& m) -> auto& { return m.durations_[p]; }));
  });
}

void QueryMetrics::WriteRefusals(Workers workers, base::MetricsWriter* writer) {
  writer->Family("strata_frontend_dropped_total", MetricType::kCounter, "Messages that got no answer, by reason.");
  for (size_t i = 0; i < kDroppedReasons; ++i) {
    writer->Sample({{"reason", kDroppedLabels[i]}},
                   Sum(
                       workers, [=](const QueryMetrics& m) -> auto& { return m.dropped_[i]; }));
  }
  writer->Family("strata_frontend_cookies_total", MetricType::kCounter, "Queries with a DNS cookie, by what it was.");
  for (size_t i = 0; i < kCookieStates; ++i) {
    writer->Sample({{"state", kCookieLabels[i]}},
                   Sum(
                       workers, [=](const QueryMetrics& m) -> auto& { return m.cookies_[i]; }));
  }
  const auto one = [&](absl::string_view name, absl::string_view help, auto member) {
    writer->Family(name, MetricType::kCounter, help);
    writer->Sample({}, Sum(
                           workers, [=](const QueryMetrics& m) -> auto& { return m.*member; }));
  };
  one("strata_frontend_rate_limit_truncated_total", "Answers that rate limiting cut to TC.",
      &QueryMetrics::rate_slipped);
  one("strata_frontend_rate_limit_logged_total", "Answers that rate limiting would have held back, were it enforced.",
      &QueryMetrics::rate_logged);
  one("strata_frontend_query_denied_total", "Queries of clients that allow_query leaves out.",
      &QueryMetrics::query_denied);
  one("strata_frontend_recursion_denied_total", "Queries for other's names of clients that allow_recursion leaves out.",
      &QueryMetrics::recursion_denied);
  const auto gauge = [&](absl::string_view name, absl::string_view help, auto member) {
    writer->Family(name, MetricType::kGauge, help);
    int64_t sum = 0;
    for (const QueryMetrics* worker : workers) sum += (worker->*member).value();
    writer->Sample({}, sum);
  };
  gauge("strata_frontend_pending_queries", "Queries that wait for a backend.", &QueryMetrics::pending);
  gauge("strata_frontend_waiting_queries", "Queries that wait until an authority owes less.", &QueryMetrics::waiting);
}

}  // namespace strata::frontend
