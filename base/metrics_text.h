// Writes metrics as Prometheus reads them: the text exposition format, version 0.0.4.
//
//   writer.Family("strata_cache_lookups_total", MetricType::kCounter, "Lookups by result.");
//   writer.Sample({{"result", "hit"}}, hits.value());
//   writer.Family("strata_recursor_resolve_duration_seconds", MetricType::kHistogram, "Time to an answer.");
//   writer.Histogram({}, total);
//
// Names are strata_<service>_<what>_<unit>, counters end in _total (metrics_text checks what `promtool check metrics`
// would: docs/operations.md lists them all). Not thread-safe.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_METRICS_TEXT_H_
#define STRATA_BASE_METRICS_TEXT_H_

#include <array>
#include <concepts>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/histogram.h"

namespace strata::base {

enum class MetricType { kCounter, kGauge, kHistogram };

// A label's name, a literal, and its value, which may be any text. Borrowed.
using MetricLabel = std::pair<absl::string_view, absl::string_view>;
using MetricLabels = absl::Span<const MetricLabel>;

class MetricsWriter {
 public:
  // Starts the metric `name`, in the unit that its name says; `help` is a sentence. Samples follow.
  void Family(absl::string_view name, MetricType type, absl::string_view help);

  // A value of the counter or gauge. Each has labels of its own, with the same names.
  void Sample(MetricLabels labels, std::unsigned_integral auto value) { AddNumber(labels, uint64_t{value}); }
  void Sample(MetricLabels labels, std::signed_integral auto value) { AddNumber(labels, int64_t{value}); }
  void Sample(MetricLabels labels, double value) { AddNumber(labels, value); }

  template <typename Bounds>
  void Histogram(MetricLabels labels, const HistogramSnapshot<Bounds>& snapshot) {
    std::array<double, Bounds::kCount> bounds;
    for (size_t i = 0; i < Bounds::kCount; ++i) bounds[i] = static_cast<double>(Bounds::Bound(i)) * Bounds::kUnit;
    AddHistogram(labels, bounds, snapshot.buckets, static_cast<double>(snapshot.sum) * Bounds::kUnit);
  }

  // What was written so far.
  const std::string& text() const { return text_; }

  // Internal, naming the metric, if a name, the order of the calls or a repeated sample would make the text one that
  // Prometheus refuses: the first such mistake, which is a bug of the caller.
  const absl::Status& status() const { return status_; }

 private:
  void AddNumber(MetricLabels labels, uint64_t value);
  void AddNumber(MetricLabels labels, int64_t value);
  void AddNumber(MetricLabels labels, double value);
  void AddHistogram(MetricLabels labels, absl::Span<const double> bounds, absl::Span<const uint64_t> buckets,
                    double sum);

  void AddLine(absl::string_view suffix, absl::string_view labels, absl::string_view value);
  // `labels` as text, without the braces; reports labels that are not fit for a new sample of this family.
  std::string LabelsText(MetricLabels labels, bool histogram);
  void Report(absl::string_view mistake);

  std::string text_;
  absl::Status status_;
  absl::flat_hash_set<std::string> families_;
  std::string family_;                        // the one that was started last
  MetricType type_ = MetricType::kGauge;      // its
  absl::flat_hash_set<std::string> samples_;  // the labels seen in it
};

}  // namespace strata::base

#endif  // STRATA_BASE_METRICS_TEXT_H_
