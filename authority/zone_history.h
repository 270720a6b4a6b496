// The versions of a zone that an authority keeps.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_ZONE_HISTORY_H_
#define STRATA_AUTHORITY_ZONE_HISTORY_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace strata::authority {

struct ZoneVersion {
  std::string checksum;  // 32 octets: what names the version and its copy
  std::string identity;  // 32 octets
  uint32_t serial = 0;
  uint64_t records = 0;
  uint64_t size = 0;  // octets of the snapshot
  int64_t activated_unix_ms = 0;
  std::string file;  // of the snapshots directory; empty: pushed

  friend bool operator==(const ZoneVersion&, const ZoneVersion&) = default;
};

// In the order in which they came, one of them active. A value; never empty once something was activated.
class ZoneHistory {
 public:
  ZoneHistory() = default;
  // REQUIRES: active < versions.size().
  ZoneHistory(std::vector<ZoneVersion> versions, size_t active) : versions_(std::move(versions)), active_(active) {}

  // Makes `version` the newest and the active one, and forgets those that were rolled back from, and all but `keep` of
  // the others, the oldest first. A version of the same checksum that is there already moves to the end.
  void Activate(ZoneVersion version, size_t keep);

  // The version whose checksum begins with `prefix`, of any length; an empty one means the version before the active
  // one. NotFound, InvalidArgument if several do: the message is for a person.
  absl::StatusOr<size_t> Find(absl::string_view prefix) const;
  // REQUIRES: index < versions().size().
  void MakeActive(size_t index) { active_ = index; }

  // The active version is also that of another file, or of another name of it.
  void SetActiveFile(std::string file) { versions_[active_].file = std::move(file); }

  bool Holds(absl::string_view checksum) const;
  const std::vector<ZoneVersion>& versions() const { return versions_; }
  size_t active_index() const { return active_; }
  const ZoneVersion& active() const { return versions_[active_]; }

  friend bool operator==(const ZoneHistory&, const ZoneHistory&) = default;

 private:
  std::vector<ZoneVersion> versions_;
  size_t active_ = 0;
};

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_ZONE_HISTORY_H_
