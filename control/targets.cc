// SPDX-License-Identifier: Apache-2.0
#include "control/targets.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace strata::control {
namespace {

std::vector<std::string> SocketsOf(const std::string& directory) {
  std::vector<std::string> addresses;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(directory, ignored)) {
    const std::string path = entry.path().string();
    if (absl::EndsWith(path, ".admin.sock")) addresses.push_back(absl::StrCat("unix:", path));
  }
  std::sort(addresses.begin(), addresses.end());
  return addresses;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> FindTargets(const std::vector<std::string>& at, const std::string& environment,
                                                     const std::vector<std::string>& directories) {
  std::vector<std::string> targets = at;
  if (targets.empty()) targets = absl::StrSplit(environment, ',', absl::SkipEmpty());
  for (std::string& target : targets) {
    if (absl::StartsWith(target, "/")) target = absl::StrCat("unix:", target);
  }
  for (const std::string& directory : directories) {
    if (targets.empty()) targets = SocketsOf(directory);
  }
  if (!targets.empty()) return targets;
  return absl::NotFoundError(
      absl::StrCat("no server found: there is no *.admin.sock in ", absl::StrJoin(directories, " or "),
                   "; name one by --at=ADDRESS or in $STRATACTL_AT, as its --admin_grpc has it"));
}

}  // namespace strata::control
