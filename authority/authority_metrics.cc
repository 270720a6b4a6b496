// SPDX-License-Identifier: Apache-2.0
#include "authority/authority_metrics.h"

#include "absl/strings/str_cat.h"

namespace strata::authority {

using base::MetricType;

namespace {

void WriteZones(const ZoneCatalog& catalog, base::MetricsWriter* writer) {
  uint64_t records = 0;
  uint64_t octets = 0;
  for (const auto& zone : catalog.zones()) {
    records += zone->reader.record_count();
    octets += zone->storage->octets().size();
  }
  writer->Family("strata_authority_zones", MetricType::kGauge, "Zones served.");
  writer->Sample({}, catalog.zones().size());
  writer->Family("strata_authority_zone_records", MetricType::kGauge, "Records of all zones served.");
  writer->Sample({}, records);
  writer->Family("strata_authority_mapped_bytes", MetricType::kGauge, "Size of the snapshots mapped to serve them.");
  writer->Sample({}, octets);
}

void WriteSnapshots(const SnapshotMetrics& metrics, base::MetricsWriter* writer) {
  const auto write = [writer](absl::string_view name, absl::string_view help, const base::Counter& counter) {
    writer->Family(name, MetricType::kCounter, help);
    writer->Sample({}, counter.value());
  };
  write("strata_authority_snapshots_loaded_total", "Snapshots taken in.", metrics.loaded);
  write("strata_authority_snapshots_refused_total",
        "Snapshots refused, such as damaged ones; what was served before still is.", metrics.refused);
  write("strata_authority_snapshots_withdrawn_total", "Zones withdrawn because their snapshots were removed.",
        metrics.withdrawn);
  write("strata_authority_snapshot_scans_failed_total", "Times that the snapshots directory could not be read.",
        metrics.failed_scans);
  write("strata_authority_zones_rolled_back_total", "Zones of which an earlier version was asked for and is served.",
        metrics.rolled_back);
  const auto write_gauge = [writer](absl::string_view name, absl::string_view help, const base::Gauge& gauge) {
    writer->Family(name, MetricType::kGauge, help);
    writer->Sample({}, gauge.value());
  };
  write_gauge("strata_authority_snapshots_unreadable",
              "1: the snapshots directory cannot be read; what was loaded is served.", metrics.directory_unreadable);
  write_gauge("strata_authority_intake_failing",
              "1: a file could not be read, or the state directory not written; it is tried again.",
              metrics.intake_failing);
}

}  // namespace

AnswerMetrics* AuthorityMetrics::AddWorker() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return &workers_.emplace_back();
}

template <typename Member>
uint64_t AuthorityMetrics::Sum(const Member& member) const {
  uint64_t sum = 0;
  for (const AnswerMetrics& worker : workers_) sum += static_cast<uint64_t>(member(worker).value());
  return sum;
}

void AuthorityMetrics::Write(base::MetricsWriter* writer) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  writer->Family("strata_authority_queries_total", MetricType::kCounter, "Queries from frontends, by type.");
  for (size_t i = 0; i < dns::kTypeLabels; ++i) {
    const auto queries = [i](const AnswerMetrics& worker) -> auto& { return worker.queries[i]; };
    writer->Sample({{"type", dns::TypeLabel(i)}}, Sum(queries));
  }
  writer->Family("strata_authority_answers_total", MetricType::kCounter, "Answers to frontends, by rcode.");
  for (size_t i = 0; i < dns::kRcodeLabels; ++i) {
    const auto answers = [i](const AnswerMetrics& worker) -> auto& { return worker.answers[i]; };
    writer->Sample({{"rcode", dns::RcodeLabel(i)}}, Sum(answers));
  }
  const auto write = [this, writer](absl::string_view name, absl::string_view help, auto member) {
    writer->Family(name, MetricType::kCounter, help);
    writer->Sample({}, Sum([member](const AnswerMetrics& worker) -> auto& { return worker.*member; }));
  };
  write("strata_authority_truncated_answers_total", "Answers without records that did not fit the client (TC).",
        &AnswerMetrics::truncated);
  write("strata_authority_damaged_answers_total", "Answers made SERVFAIL because zone data could not be read.",
        &AnswerMetrics::damaged);
  write("strata_authority_too_costly_answers_total",
        "Answers made SERVFAIL because their NSEC3 proofs take too many iterations.", &AnswerMetrics::too_costly);
}

void WriteZoneMetrics(const ZoneCatalog& catalog, const SnapshotMetrics& snapshots, base::MetricsWriter* writer) {
  WriteZones(catalog, writer);
  WriteSnapshots(snapshots, writer);
}

base::Readiness GetReadiness(const ZoneCatalog& catalog, const SnapshotStore& store) {
  base::Readiness readiness;
  if (!catalog.zones().empty()) return readiness;
  const std::string& directory = store.options().snapshots;
  readiness.reasons.push_back(absl::StrCat("no zone is loaded from ", directory));
  if (store.metrics().directory_unreadable.value() != 0) {
    readiness.reasons.push_back(absl::StrCat("directory ", directory, " cannot be read"));
  }
  return readiness;
}

}  // namespace strata::authority
