// SPDX-License-Identifier: Apache-2.0
#include "recursor/core/settings_watch.h"

#include <cstddef>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/log.h"
#include "base/status_macros.h"
#include "recursor/core/line_problem.h"
#include "recursor/core/resolv_conf.h"

namespace strata::recursor {
namespace {

using base::Log, base::LogLevel, base::WatchedFile;

constexpr size_t kMaxResolvConfSize = size_t{64} << 10;
constexpr size_t kMaxHostsFileSize = size_t{16} << 20;

void LogProblems(const std::string& path, const LineProblems& problems) {
  for (const LineProblem& problem : problems.kept()) {
    Log(LogLevel::kWarning, "line left out",
        {{"at", absl::StrCat(path, ":", problem.line)}, {"problem", problem.text}});
  }
  if (problems.count() > problems.kept().size()) {
    Log(LogLevel::kWarning, "more lines left out",
        {{"file", path}, {"count", problems.count() - problems.kept().size()}});
  }
}

std::shared_ptr<const HostsTable> HostsFrom(const std::string& path, absl::string_view text) {
  LineProblems problems;
  auto hosts = std::make_shared<const HostsTable>(HostsTable::FromText(text, &problems));
  LogProblems(path, problems);
  return hosts;
}

absl::Status OfOption(absl::string_view option, const absl::Status& status) {
  return absl::Status(status.code(), absl::StrCat("--", option, ": ", status.message()));
}

// The text, if there is a new one.
std::optional<std::string> PollFile(std::optional<WatchedFile>* file) {
  if (!*file) return std::nullopt;
  std::optional<absl::StatusOr<std::string>> text = (*file)->Poll();
  if (!text) return std::nullopt;
  if (text->ok()) return **std::move(text);
  Log(LogLevel::kWarning, "what was read before stands", {{"error", text->status().message()}});
  return std::nullopt;
}

}  // namespace

SettingsWatch::SettingsWatch(const ResolverOptions& options)
    : options_(options), hosts_(std::make_shared<const HostsTable>()) {
  if (!options.resolv_conf.empty()) resolv_conf_.emplace(options.resolv_conf, kMaxResolvConfSize);
  if (!options.hosts_file.empty()) hosts_file_.emplace(options.hosts_file, kMaxHostsFileSize);
}

absl::StatusOr<std::unique_ptr<SettingsWatch>> SettingsWatch::Create(const ResolverOptions& options) {
  if (options.forward.empty() && options.resolv_conf.empty() && options.hosts_file.empty()) {
    return absl::FailedPreconditionError("nobody to forward to: --forward or --resolv_conf says whom");
  }
  std::unique_ptr<SettingsWatch> watch(new SettingsWatch(options));
  watch->settings_.servers = options.forward;
  if (watch->resolv_conf_) {
    const absl::StatusOr<std::string> text = watch->resolv_conf_->Read();
    if (!text.ok()) return OfOption("resolv_conf", text.status());
    watch->settings_ = watch->SettingsFrom(*text);
  }
  if (watch->hosts_file_) {
    const absl::StatusOr<std::string> text = watch->hosts_file_->Read();
    if (!text.ok()) return OfOption("hosts_file", text.status());
    watch->hosts_ = HostsFrom(options.hosts_file, *text);
  }
  return watch;
}

ForwardSettings SettingsWatch::SettingsFrom(absl::string_view resolv_conf) const {
  LineProblems problems;
  ForwardSettings settings = ParseResolvConf(resolv_conf, &problems);
  LogProblems(options_.resolv_conf, problems);
  if (!options_.forward.empty()) settings.servers = options_.forward;
  return settings;
}

void SettingsWatch::Start(std::function<void(const ForwardSettings&)> on_settings,
                          std::function<void(std::shared_ptr<const HostsTable>)> on_hosts) {
  on_settings_ = std::move(on_settings);
  on_hosts_ = std::move(on_hosts);
  if (resolv_conf_ || hosts_file_) thread_.Start("settings", options_.file_interval, [this] { Poll(); });
}

void SettingsWatch::Poll() {
  if (const std::optional<std::string> text = PollFile(&resolv_conf_)) {
    ForwardSettings settings = SettingsFrom(*text);
    if (!(settings == settings_)) {
      settings_ = std::move(settings);
      Log(LogLevel::kInfo, "settings read again",
          {{"file", options_.resolv_conf}, {"servers", settings_.servers.size()}});
      on_settings_(settings_);
    }
  }
  if (const std::optional<std::string> text = PollFile(&hosts_file_)) {
    hosts_ = HostsFrom(options_.hosts_file, *text);
    Log(LogLevel::kInfo, "hosts read again", {{"file", options_.hosts_file}, {"names", hosts_->name_count()}});
    on_hosts_(hosts_);
  }
}

}  // namespace strata::recursor
