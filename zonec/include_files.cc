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

// Whether the reading `file` came about by way of a reading of `text`.
bool IsWithin(FileId file, FileId text, const Sources& sources) {
  while (!sources.SameText(file, text)) {
    const Entrance& entrance = sources.entrance(file);
    if (entrance.by == EnteredBy::kNothing) return false;
    file = entrance.from.file;
  }
  return true;
}

}  // namespace

std::optional<IncludeFiles::Place> IncludeFiles::Resolve(const std::string& path) const {
  std::error_code error;
  const std::string canonical = fs::canonical(path, error).string();
  if (error) return std::nullopt;
  for (const std::string& root : roots_) {
    const std::string canonical_root = fs::canonical(root, error).string();
    if (error) continue;
    const std::string prefix = canonical_root == "/" ? "/" : canonical_root + "/";
    if (absl::StartsWith(canonical, prefix)) return Place{canonical_root, canonical.substr(prefix.size())};
  }
  return std::nullopt;
}

absl::StatusOr<FileId> IncludeFiles::Text(const Place& place, const std::string& name, Sources* sources) {
  const std::string canonical = place.root == "/" ? "/" + place.path : place.root + "/" + place.path;
  const auto known = opened_.find(canonical);
  if (known != opened_.end()) return known->second;
  absl::StatusOr<std::string> text = ReadRegularFileBelow(place.root, place.path);
  if (!text.ok()) {
    sources->AddMissing(name);
    return text.status();
  }
  STRATA_ASSIGN_OR_RETURN(const FileId file, sources->Add(name, *std::move(text)));
  opened_[canonical] = file;
  return file;
}

absl::StatusOr<FileId> IncludeFiles::Open(absl::string_view path, Position from, Sources* sources) {
  if (roots_.empty()) return absl::PermissionDeniedError("no include root is declared (--include_root=DIR)");
  if (path.size() >= PATH_MAX) return absl::InvalidArgumentError("the file's name is too long");
  // The system would take the name to end there.
  if (path.find('\0') != absl::string_view::npos) return absl::InvalidArgumentError("a NUL octet in the file's name");
  const fs::path wanted = std::string(path);
  std::vector<fs::path> candidates;
  if (wanted.is_absolute()) {
    candidates.push_back(wanted);
  } else {
    candidates.push_back(fs::path(sources->name(from.file)).parent_path() / wanted);
    for (const std::string& root : roots_) candidates.push_back(fs::path(root) / wanted);
  }
  if (opened_.empty()) {
    // The zone's own text was read by somebody else.
    std::error_code none;
    const std::string zone = fs::canonical(sources->name(from.file), none).string();
    if (!none) opened_[zone] = from.file;
  }
  for (const fs::path& candidate : candidates) {
    const std::optional<Place> place = Resolve(candidate.string());
    if (!place) continue;
    STRATA_ASSIGN_OR_RETURN(const FileId text, Text(*place, candidate.string(), sources));
    if (IsWithin(from.file, text, *sources)) return absl::FailedPreconditionError("it includes itself");
    return sources->Enter(text, {EnteredBy::kInclude, from, {}});
  }
  for (const fs::path& candidate : candidates) sources->AddMissing(candidate.string());
  // The same words whether it exists elsewhere or not: zone text is not to find that out.
  return absl::NotFoundError(absl::StrCat("no such file in the include roots (", absl::StrJoin(roots_, ", "), ")"));
}

}  // namespace strata::zonec
