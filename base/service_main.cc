// SPDX-License-Identifier: Apache-2.0
#include "base/service_main.h"

#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>

#include "base/config_file.h"
#include "base/flag_overlay.h"

namespace strata::base {
namespace {

void PrintError(const absl::Status& status) {
  const std::string message(status.message());
  std::fprintf(stderr, "error: %s\n", message.c_str());
}

}  // namespace

void ExitWithBadConfiguration(const absl::Status& status, const std::string& file) {
  PrintError(status);
  const bool is_flag = file.empty() && !absl::IsFailedPrecondition(status);
  std::exit(is_flag ? kExitUsage : kExitConfig);
}

void ExitWithFailure(const absl::Status& status) {
  PrintError(status);
  std::exit(1);
}

void RaiseOpenFilesLimit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  // Where even this is not allowed, it goes on with what it has.
  setrlimit(RLIMIT_NOFILE, &limit);
}

void LoadConfigurationOrExit(const CommandLine& line, const std::string& file, google::protobuf::Message* config) {
  if (!file.empty()) {
    const absl::Status loaded = LoadConfigFile(file, config);
    if (!loaded.ok()) ExitWithBadConfiguration(loaded, file);
  }
  const absl::Status overlaid = OverlayFlags(line, config);
  if (!overlaid.ok()) ExitWithBadConfiguration(overlaid, "");
}

}  // namespace strata::base
