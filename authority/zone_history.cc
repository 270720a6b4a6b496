// SPDX-License-Identifier: Apache-2.0
#include "authority/zone_history.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace strata::authority {

void ZoneHistory::Activate(ZoneVersion version, size_t keep) {
  if (!versions_.empty()) versions_.erase(versions_.begin() + static_cast<ptrdiff_t>(active_) + 1, versions_.end());
  const auto same = [&](const ZoneVersion& other) { return other.checksum == version.checksum; };
  versions_.erase(std::remove_if(versions_.begin(), versions_.end(), same), versions_.end());
  if (versions_.size() > keep) {
    versions_.erase(versions_.begin(), versions_.end() - static_cast<ptrdiff_t>(keep));
  }
  versions_.push_back(std::move(version));
  active_ = versions_.size() - 1;
}

absl::StatusOr<size_t> ZoneHistory::Find(absl::string_view prefix) const {
  if (prefix.empty()) {
    if (active_ == 0) return absl::NotFoundError("no version before the one that is served is kept (--keep)");
    return active_ - 1;
  }
  std::optional<size_t> found;
  for (size_t i = 0; i < versions_.size(); ++i) {
    if (!absl::StartsWith(versions_[i].checksum, prefix)) continue;
    if (found.has_value()) {
      return absl::InvalidArgumentError(
          absl::StrCat("several versions begin with ", absl::BytesToHexString(prefix), "; give more of the checksum"));
    }
    found = i;
  }
  if (!found.has_value()) {
    return absl::NotFoundError(absl::StrCat("no kept version begins with ", absl::BytesToHexString(prefix)));
  }
  return *found;
}

bool ZoneHistory::Holds(absl::string_view checksum) const {
  return std::any_of(versions_.begin(), versions_.end(),
                     [&](const ZoneVersion& version) { return version.checksum == checksum; });
}

}  // namespace strata::authority
