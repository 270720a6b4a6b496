// The texts of the admin pages.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/admin_pages.h"

#include <memory>
#include <mutex>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/json_text.h"
#include "base/log.h"
#include "base/process_metrics.h"
#include "base/version.h"

namespace strata::base {
namespace {

constexpr char kPlainText[] = "text/plain; charset=utf-8";

AdminResponse Index(absl::string_view service) {
  return {200, kPlainText,
          absl::StrCat("strata ", service, " ", kVersion,
                       "\n\n"
                       "/healthz  the process runs\n"
                       "/readyz   queries may be sent here; if not, why\n"
                       "/metrics  for Prometheus\n")};
}

AdminResponse ReadyPage(const AdminPages& pages) {
  const Readiness readiness = pages.readiness ? pages.readiness() : Readiness{};
  if (readiness.ready()) return {200, kPlainText, "ready\n"};
  std::string body = "{\"ready\":false,\"reasons\":[";
  for (const std::string& reason : readiness.reasons) {
    if (&reason != &readiness.reasons.front()) body.push_back(',');
    AppendJsonString(reason, &body);
  }
  body.append("]}\n");
  return {503, "application/json", std::move(body)};
}

AdminResponse MetricsPage(const AdminPages& pages, absl::string_view service) {
  MetricsWriter writer;
  WriteProcessMetrics(service, &writer);
  if (pages.metrics) pages.metrics(&writer);
  if (!writer.status().ok()) {
    Log(LogLevel::kError, "metrics are not well formed", {{"error", writer.status().message()}});
    return {500, kPlainText, absl::StrCat(writer.status().message(), "\n")};
  }
  return {200, "text/plain; version=0.0.4; charset=utf-8", writer.text()};
}

}  // namespace

AdminPages Serialized(AdminPages pages) {
  const auto mutex = std::make_shared<std::mutex>();
  AdminPages serialized;
  if (pages.metrics) {
    serialized.metrics = [mutex, metrics = std::move(pages.metrics)](MetricsWriter* writer) {
      const std::lock_guard<std::mutex> lock(*mutex);
      metrics(writer);
    };
  }
  if (pages.readiness) {
    serialized.readiness = [mutex, readiness = std::move(pages.readiness)] {
      const std::lock_guard<std::mutex> lock(*mutex);
      return readiness();
    };
  }
  return serialized;
}

AdminResponse AdminPage(const AdminPages& pages, absl::string_view service, absl::string_view path) {
  if (path == "/metrics") return MetricsPage(pages, service);
  if (path == "/healthz") return {200, kPlainText, "ok\n"};
  if (path == "/readyz") return ReadyPage(pages);
  if (path == "/") return Index(service);
  return {404, kPlainText, "no such page; / lists them\n"};
}

}  // namespace strata::base
