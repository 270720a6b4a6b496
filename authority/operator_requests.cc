// What operators ask of a store (snapshot_store.h): to serve what they send, and versions of before.
//
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "authority/snapshot_store.h"
#include "authority/zone_octets.h"
#include "base/log.h"
#include "base/status_macros.h"
#include "dns/name.h"

namespace strata::authority {
namespace {

absl::Status NotServed(absl::string_view origin) {
  return absl::NotFoundError(absl::StrCat("no zone ", dns::WireNameToText(origin), " is served"));
}

}  // namespace

absl::Status SnapshotStore::RequireKeeper() const {
  if (journal_->is_keeper()) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("another process keeps ", options_.state, ": ask that one, or give this one a --state of its own"));
}

void SnapshotStore::Undo(const std::string& origin, std::optional<ZoneHistory> before, ZonePointer zone) {
  if (before.has_value()) {
    journal_->SetZone(origin, *std::move(before));
  } else {
    journal_->ForgetZone(origin);
  }
  if (zone != nullptr) {
    served_[origin] = std::move(zone);
  } else {
    served_.erase(origin);
  }
}

absl::StatusOr<SnapshotStore::Change> SnapshotStore::Push(IncomingCopy copy, absl::string_view origin) {
  STRATA_ASSIGN_OR_RETURN(const ZonePointer zone, OpenZone(copy.path(), /*verify=*/true));
  const std::string pushed(zone->reader.origin());
  if (!origin.empty() && origin != pushed) {
    return absl::FailedPreconditionError(
        absl::StrCat("it holds the zone ", dns::WireNameToText(pushed), ", not ", dns::WireNameToText(origin)));
  }
  STRATA_RETURN_IF_ERROR(copy.Sync());
  const std::lock_guard<std::mutex> lock(mutex_);
  STRATA_RETURN_IF_ERROR(RequireKeeper());
  STRATA_RETURN_IF_ERROR(copy.Keep(options_.state, zone->reader.checksum()));
  std::optional<ZoneHistory> before;
  if (const auto known = journal_->zones().find(pushed); known != journal_->zones().end()) before = known->second;
  const auto served = served_.find(pushed);
  const ZonePointer served_before = served == served_.end() ? nullptr : served->second;
  const bool changed = Activate(zone, /*file=*/"");
  if (absl::Status written = SyncJournal(); !written.ok()) {
    Undo(pushed, std::move(before), served_before);
    dropped_.emplace_back(pushed, zone->reader.checksum());
    return written;
  }
  if (changed_) Publish();
  return Change{{pushed, journal_->zones().at(pushed)}, changed};
}

absl::StatusOr<SnapshotStore::Change> SnapshotStore::RollBack(absl::string_view origin,
                                                              absl::string_view checksum_prefix) {
  const std::lock_guard<std::mutex> lock(mutex_);
  STRATA_RETURN_IF_ERROR(RequireKeeper());
  const std::string key(origin);
  const auto found = journal_->zones().find(key);
  if (found == journal_->zones().end()) return NotServed(origin);
  const ZoneHistory before = found->second;
  STRATA_ASSIGN_OR_RETURN(const size_t index, before.Find(checksum_prefix));
  if (index == before.active_index() && IsServed(key)) return Change{{key, before}, false};
  STRATA_ASSIGN_OR_RETURN(const ZonePointer zone, OpenKept(before.versions()[index]));
  ZoneHistory history = before;
  history.MakeActive(index);
  journal_->SetZone(key, history);
  if (absl::Status written = SyncJournal(); !written.ok()) {
    journal_->SetZone(key, before);
    return written;
  }
  served_[key] = zone;
  metrics_.rolled_back.Add();
  base::Log(base::LogLevel::kInfo, "zone rolled back",
            {{"zone", dns::WireNameToText(key)}, {"serial", history.active().serial}});
  Publish();
  return Change{{key, std::move(history)}, true};
}

absl::StatusOr<SnapshotStore::ZoneState> SnapshotStore::FindZone(absl::string_view origin) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = journal_->zones().find(std::string(origin));
  // Not where no copy of it can be read.
  if (found == journal_->zones().end() || served_.count(found->first) == 0) return NotServed(origin);
  return ZoneState{found->first, found->second};
}

std::vector<SnapshotStore::ZoneState> SnapshotStore::Zones(absl::string_view after, size_t max) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  const ZoneJournal::Zones& zones = journal_->zones();
  std::vector<ZoneState> list;
  for (auto zone = after.empty() ? zones.begin() : zones.upper_bound(std::string(after));
       zone != zones.end() && list.size() < max; ++zone) {
    if (served_.count(zone->first) != 0) list.push_back({zone->first, zone->second});
  }
  return list;
}

}  // namespace strata::authority
