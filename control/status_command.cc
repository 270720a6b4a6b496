// SPDX-License-Identifier: Apache-2.0
#include "control/status_command.h"

#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "base/grpc_status.h"
#include "proto/status/v1/status.grpc.pb.h"

namespace strata::control {
namespace {

namespace v1 = status::v1;

struct Sample {
  grpc::Status status;
  absl::Time taken;
  v1::GetStatusResponse response;
};

Sample Ask(const Request& request, const std::string& target) {
  const auto stub = v1::StatusService::NewStub(grpc::CreateChannel(target, grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + request.timeout));
  Sample sample;
  sample.status = stub->GetStatus(&context, {}, &sample.response);
  sample.taken = absl::Now();
  return sample;
}

// Of all samples of the metric `strata_<service>_<name>` whose labels contain `label`.
double Sum(const v1::GetStatusResponse& response, absl::string_view name, absl::string_view label = "") {
  const std::string whole = absl::StrCat("strata_", response.service(), "_", name);
  double sum = 0;
  for (const v1::Metric& metric : response.metrics()) {
    if (metric.name() == whole && absl::StrContains(metric.labels(), label)) sum += metric.value();
  }
  return sum;
}

// 0 where the process was restarted in between.
double Rate(const Sample& before, const Sample& after, absl::string_view name, absl::string_view label = "") {
  const double seconds = absl::ToDoubleSeconds(after.taken - before.taken);
  const double grown = Sum(after.response, name, label) - Sum(before.response, name, label);
  return seconds > 0 && grown > 0 ? grown / seconds : 0;
}

std::string UptimeText(uint64_t ms) {
  const uint64_t seconds = ms / 1000, days = seconds / 86400;
  const std::string clock = absl::StrFormat("%02d:%02d:%02d", seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
  return days == 0 ? clock : absl::StrCat(days, "d ", clock);
}

}  // namespace

Report ShowStatus(const Request& request, absl::Duration interval) {
  Report report(Table(
      {"service", "version", "uptime", "ready", "zones", "queries_per_second", "servfails_per_second", "server"}));
  std::vector<Sample> first;
  first.reserve(request.targets.size());
  for (const std::string& target : request.targets) first.push_back(Ask(request, target));
  const bool any = std::any_of(first.begin(), first.end(), [](const Sample& sample) { return sample.status.ok(); });
  if (any) absl::SleepFor(interval);
  for (size_t i = 0; i < first.size(); ++i) {
    const std::string& target = request.targets[i];
    const Sample second = first[i].status.ok() ? Ask(request, target) : first[i];
    if (!second.status.ok()) {
      report.failures.push_back({target, base::ToAbslStatus(second.status)});
      continue;
    }
    const v1::GetStatusResponse& now = second.response;
    report.table.Add({now.service(),
                      now.version(),
                      {now.uptime_ms(), UptimeText(now.uptime_ms())},
                      now.ready(),
                      static_cast<uint64_t>(Sum(now, "zones")),
                      Rate(first[i], second, "queries_total"),
                      Rate(first[i], second, "answers_total", "rcode=\"SERVFAIL\""),
                      target});
    if (!now.ready()) {
      report.failures.push_back(
          {target, absl::FailedPreconditionError(absl::StrCat("not ready: ", now.not_ready_reason()))});
    }
  }
  return report;
}

}  // namespace strata::control
