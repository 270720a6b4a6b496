// What a store (snapshot_store.h) serves at a start, from the copies of before.
//
// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "authority/snapshot_store.h"
#include "authority/zone_octets.h"
#include "base/log.h"
#include "base/status_macros.h"
#include "dns/name.h"

namespace strata::authority {

using base::Log;
using base::LogLevel;

absl::StatusOr<SnapshotStore::ZonePointer> SnapshotStore::OpenKept(const ZoneVersion& version) const {
  STRATA_ASSIGN_OR_RETURN(ZonePointer zone, OpenZone(StatePath(options_.state, version.checksum), /*verify=*/false));
  if (zone->reader.checksum() != version.checksum) return absl::DataLossError("another snapshot is there");
  return zone;
}

SnapshotStore::ZonePointer SnapshotStore::RestoreEarlier(const std::string& origin, ZoneHistory history) {
  if (!history.active().file.empty()) return nullptr;
  for (size_t index = history.active_index(); index-- > 0;) {
    absl::StatusOr<ZonePointer> zone = OpenKept(history.versions()[index]);
    if (!zone.ok()) continue;
    history.MakeActive(index);
    Log(LogLevel::kError, "an earlier version of the zone is served: push the zone again",
        {{"zone", dns::WireNameToText(origin)}, {"serial", history.active().serial}});
    journal_->SetZone(origin, std::move(history));
    return *std::move(zone);
  }
  return nullptr;
}

void SnapshotStore::Restore() {
  std::set<std::string> used;
  // RestoreEarlier() changes histories, but neither adds zones nor removes any.
  for (const auto& [origin, history] : journal_->zones()) {
    for (const ZoneVersion& version : history.versions()) used.insert(StatePath(options_.state, version.checksum));
    absl::StatusOr<ZonePointer> zone = OpenKept(history.active());
    if (!zone.ok()) {
      Log(LogLevel::kError, "a copy cannot be read; its snapshot is taken in again if it is still there",
          {{"zone", dns::WireNameToText(origin)},
           {"file", StatePath(options_.state, history.active().checksum)},
           {"reason", zone.status().message()}});
      zone = RestoreEarlier(origin, history);
    }
    if (*zone != nullptr) served_[origin] = *std::move(zone);
  }
  if (journal_->is_keeper() && !journal_->is_damaged()) KeepOnly(used, options_.state);
}

void SnapshotStore::TakeOver() {
  if (journal_->is_keeper() || !journal_->CanBeKept()) return;
  absl::StatusOr<std::unique_ptr<ZoneJournal>> journal = ZoneJournal::Open(options_.state);
  if (!journal.ok() || !(*journal)->is_keeper()) return;  // another one was quicker
  Log(LogLevel::kInfo, "the authority that kept the state directory's journal has ended; this one keeps it now",
      {{"state", options_.state}});
  journal_ = *std::move(journal);
  // As at a start: what the other one was told counts, and files are compared with what it knew.
  const std::map<std::string, ZonePointer> before = std::exchange(served_, {});
  Restore();
  for (const auto& [origin, history] : journal_->zones()) {
    const auto zone = before.find(origin);
    if (served_.count(origin) == 0 && zone != before.end()) served_[origin] = zone->second;
  }
  first_scan_ = true;
  changed_ = true;
}

}  // namespace strata::authority
