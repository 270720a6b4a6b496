// The files that say where to forward and which hosts there are, and a thread that reads them again when they change.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_CORE_SETTINGS_WATCH_H_
#define STRATA_RECURSOR_CORE_SETTINGS_WATCH_H_

#include <functional>
#include <memory>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "base/periodic_thread.h"
#include "base/watched_file.h"
#include "recursor/core/forward_settings.h"
#include "recursor/core/hosts_table.h"
#include "recursor/resolver_options.h"

namespace strata::recursor {

// Lines that make no sense are left out and logged, with file and line. Not thread-safe, but for what the thread does.
class SettingsWatch {
 public:
  // Reads the files. The error names the option; also when there is nobody to forward to.
  static absl::StatusOr<std::unique_ptr<SettingsWatch>> Create(const ResolverOptions& options);

  // As read in the beginning.
  const ForwardSettings& settings() const { return settings_; }
  const std::shared_ptr<const HostsTable>& hosts() const { return hosts_; }

  // Watches from now on. The functions are called on a thread of this object, with what is different from before. What
  // cannot be read any more changes nothing, and is logged.
  void Start(std::function<void(const ForwardSettings&)> on_settings,
             std::function<void(std::shared_ptr<const HostsTable>)> on_hosts);

 private:
  explicit SettingsWatch(const ResolverOptions& options);

  ForwardSettings SettingsFrom(absl::string_view resolv_conf) const;
  void Poll();

  const ResolverOptions options_;
  std::optional<base::WatchedFile> resolv_conf_;
  std::optional<base::WatchedFile> hosts_file_;
  ForwardSettings settings_;
  std::shared_ptr<const HostsTable> hosts_;
  std::function<void(const ForwardSettings&)> on_settings_;
  std::function<void(std::shared_ptr<const HostsTable>)> on_hosts_;
  base::PeriodicThread thread_;
};

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_CORE_SETTINGS_WATCH_H_
