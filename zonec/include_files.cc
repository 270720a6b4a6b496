// SPDX-License-Identifier: Apache-2.0
#include "zonec/include_files.h"

#include <climits>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/status_macros.h"
#include "zonec/input_file.h"

namespace strata::zonec {
namespace {

namespace fs = std::filesystem;

// Both canonical.
bool IsBelow(const std::string& path, const std::string& root) {
  return root == "/" || absl::StartsWith(path, root + "/");
}

}  // namespace

std::optional<std::string> IncludeFiles::Resolve(const std::string& path) const {
  std::error_code error;
  const std::string canonical = fs::canonical(path, error).string();
  if (error) return std::nullopt;
  for (const std::string& root : roots_) {
    const std::string canonical_root = fs::canonical(root, error).string();
    if (!error && IsBelow(canonical, canonical_root)) return canonical;
  }
  return std::nullopt;
}

absl::StatusOr<FileId> IncludeFiles::Open(absl::string_view path, absl::string_view includer, Sources* sources) {
  if (roots_.empty()) return absl::PermissionDeniedError("no include root is declared (--include_root=DIR)");
  if (path.size() >= PATH_MAX) return absl::InvalidArgumentError("the file's name is too long");
  // The system would take the name to end there.
  if (path.find('\0') != absl::string_view::npos) return absl::InvalidArgumentError("a NUL octet in the file's name");
  const fs::path wanted = std::string(path);
  std::vector<fs::path> candidates;
  if (wanted.is_absolute()) {
    candidates.push_back(wanted);
  } else {
    candidates.push_back(fs::path(std::string(includer)).parent_path() / wanted);
    for (const std::string& root : roots_) candidates.push_back(fs::path(root) / wanted);
  }
  for (const fs::path& candidate : candidates) {
    const std::optional<std::string> canonical = Resolve(candidate.string());
    if (!canonical) continue;
    const auto known = opened_.find(*canonical);
    if (known != opened_.end()) return known->second;
    absl::StatusOr<std::string> text = ReadRegularFile(*canonical);
    if (!text.ok()) {
      sources->AddMissing(candidate.string());
      return text.status();
    }
    STRATA_ASSIGN_OR_RETURN(const FileId file, sources->Add(candidate.string(), *std::move(text)));
    opened_[*canonical] = file;
    return file;
  }
  for (const fs::path& candidate : candidates) sources->AddMissing(candidate.string());
  // The same words whether it exists elsewhere or not: zone text is not to find that out.
  return absl::NotFoundError(absl::StrCat("no such file in the include roots (", absl::StrJoin(roots_, ", "), ")"));
}

}  // namespace strata::zonec
