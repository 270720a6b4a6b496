// The text exposition format.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/metrics_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/utf8.h"

namespace strata::base {
namespace {

absl::string_view TypeText(MetricType type) {
  switch (type) {
    case MetricType::kCounter:
      return "counter";
    case MetricType::kGauge:
      return "gauge";
    case MetricType::kHistogram:
      return "histogram";
  }
  return "untyped";
}

// The shortest text that reads as the same number.
std::string NumberText(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  char text[32];
  const std::to_chars_result end = std::to_chars(text, text + sizeof(text), value);
  return std::string(text, end.ptr);
}

// Lower case is our own habit; digits may not come first. Colons are for recording rules.
bool IsName(absl::string_view name) {
  return !name.empty() && !absl::ascii_isdigit(name[0]) && std::all_of(name.begin(), name.end(), [](char c) {
    return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '_';
  });
}

// Appends `text` with \ and newlines escaped, quotes too if `quotes`; octets that are not UTF-8 become U+FFFD.
void AppendEscaped(absl::string_view text, bool quotes, std::string* out) {
  while (!text.empty()) {
    const size_t valid = std::min(FindInvalidUtf8(text), text.size());
    for (const char c : text.substr(0, valid)) {
      if (c == '\n') {
        out->append("\\n");
        continue;
      }
      if (c == '\\' || (quotes && c == '"')) out->push_back('\\');
      out->push_back(c);
    }
    text.remove_prefix(valid);
    if (text.empty()) return;
    out->append("\xef\xbf\xbd");
    text.remove_prefix(1);
  }
}

}  // namespace

void MetricsWriter::Family(absl::string_view name, MetricType type, absl::string_view help) {
  family_ = std::string(name);
  type_ = type;
  samples_.clear();
  if (!IsName(name)) Report("is no name");
  if (help.empty()) Report("has no help");
  if ((type == MetricType::kCounter) != absl::EndsWith(name, "_total"))
    Report("must end in _total if it is a counter, and only then");
  if (!families_.insert(family_).second) Report("is started twice");

  absl::StrAppend(&text_, "# HELP ", name, " ");
  AppendEscaped(help, /*quotes=*/false, &text_);
  absl::StrAppend(&text_, "\n# TYPE ", name, " ", TypeText(type), "\n");
}

void MetricsWriter::AddNumber(MetricLabels labels, uint64_t value) {
  AddLine("", LabelsText(labels, /*histogram=*/false), absl::StrCat(value));
}

void MetricsWriter::AddNumber(MetricLabels labels, int64_t value) {
  AddLine("", LabelsText(labels, /*histogram=*/false), absl::StrCat(value));
}

void MetricsWriter::AddNumber(MetricLabels labels, double value) {
  AddLine("", LabelsText(labels, /*histogram=*/false), NumberText(value));
}

void MetricsWriter::AddHistogram(MetricLabels labels, absl::Span<const double> bounds,
                                 absl::Span<const uint64_t> buckets, double sum) {
  const std::string text = LabelsText(labels, /*histogram=*/true);
  const std::string before_bound = absl::StrCat(text, text.empty() ? "" : ",", "le=\"");
  uint64_t count = 0;
  for (size_t i = 0; i < buckets.size(); ++i) {
    count += buckets[i];
    const std::string bound = i < bounds.size() ? NumberText(bounds[i]) : "+Inf";
    AddLine("_bucket", absl::StrCat(before_bound, bound, "\""), absl::StrCat(count));
  }
  AddLine("_sum", text, NumberText(sum));
  AddLine("_count", text, absl::StrCat(count));
}

void MetricsWriter::AddLine(absl::string_view suffix, absl::string_view labels, absl::string_view value) {
  absl::StrAppend(&text_, family_, suffix);
  if (!labels.empty()) absl::StrAppend(&text_, "{", labels, "}");
  absl::StrAppend(&text_, " ", value, "\n");
}

std::string MetricsWriter::LabelsText(MetricLabels labels, bool histogram) {
  std::string text;
  for (const auto& [name, value] : labels) {
    if (!IsName(name) || name == "le") Report(absl::StrCat("has a label called '", name, "'"));
    absl::StrAppend(&text, text.empty() ? "" : ",", name, "=\"");
    AppendEscaped(value, /*quotes=*/true, &text);
    text.push_back('"');
  }
  if (family_.empty()) Report("was not started");
  if (histogram != (type_ == MetricType::kHistogram)) Report("has a sample of another type");
  if (!samples_.insert(text).second) Report(absl::StrCat("has two samples {", text, "}"));
  return text;
}

void MetricsWriter::Report(absl::string_view mistake) {
  if (status_.ok()) status_ = absl::InternalError(absl::StrCat("metric '", family_, "' ", mistake));
}

}  // namespace strata::base
