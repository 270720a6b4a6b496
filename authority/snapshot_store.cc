// SPDX-License-Identifier: Apache-2.0
#include "authority/snapshot_store.h"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <iterator>
#include <set>
#include <system_error>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "authority/zone_octets.h"
#include "base/log.h"
#include "base/status_macros.h"
#include "dns/name.h"

namespace strata::authority {
namespace {

using base::Log;
using base::LogLevel;

// Copies that are synced together. Their descriptors are open meanwhile.
constexpr size_t kMaxArrivals = 256;

bool IsAboutOctets(const absl::Status& status) {
  return absl::IsInvalidArgument(status) || absl::IsDataLoss(status) || absl::IsUnimplemented(status);
}

ZoneVersion VersionOf(const Zone& zone, const std::string& file) {
  ZoneVersion version;
  version.checksum = std::string(zone.reader.checksum());
  version.identity = std::string(zone.reader.identity());
  version.serial = zone.reader.serial();
  version.records = zone.reader.record_count();
  version.size = zone.storage->octets().size();
  version.activated_unix_ms = absl::ToUnixMillis(absl::Now());
  version.file = file;
  return version;
}

void LogLoaded(const std::string& origin, const ZoneVersion& version) {
  Log(LogLevel::kInfo, "zone loaded",
      {{"zone", dns::WireNameToText(origin)},
       {"serial", version.serial},
       {"records", version.records},
       {"file", version.file.empty() ? "pushed" : version.file}});
}

}  // namespace

absl::StatusOr<std::unique_ptr<SnapshotStore>> SnapshotStore::Open(Options options, PublishedCatalog* catalog) {
  std::unique_ptr<SnapshotStore> store(new SnapshotStore(std::move(options), catalog));
  const absl::Status readable = store->List().status();
  if (!readable.ok()) {
    return absl::Status(readable.code(),
                        absl::StrCat("--snapshots: ", readable.message(),
                                     "; make the directory, or name the one that holds your *.snap files"));
  }
  absl::Status writable = PrepareStateDirectory(store->options_.state);
  if (writable.ok()) {
    absl::StatusOr<std::unique_ptr<ZoneJournal>> journal = ZoneJournal::Open(store->options_.state);
    writable = journal.status();
    if (journal.ok()) store->journal_ = *std::move(journal);
  }
  if (!writable.ok()) {
    return absl::Status(writable.code(), absl::StrCat("--state: ", writable.message(),
                                                      "; name a directory that this process may write to"));
  }
  if (std::error_code ignored; std::filesystem::equivalent(store->options_.snapshots, store->options_.state, ignored)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--state: ", store->options_.state, " is the snapshots directory; copies need a directory of their own"));
  }
  store->Restore();
  return store;
}

absl::StatusOr<SnapshotStore::FileList> SnapshotStore::List() const {
  DIR* directory = opendir(options_.snapshots.c_str());
  if (directory == nullptr)
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot read directory ", options_.snapshots));
  FileList files;
  const absl::Cleanup close_directory = [directory] { closedir(directory); };
  // A list that is not whole must not withdraw zones.
  for (errno = 0; const dirent* entry = readdir(directory); errno = 0) {
    const std::string name = entry->d_name;
    if (name[0] == '.' || !absl::EndsWith(name, ".snap")) continue;
    struct stat status {};
    if (fstatat(dirfd(directory), entry->d_name, &status, 0) == 0) {
      files[name] = FileVersion::Of(status);
    } else if (errno != ENOENT) {   // removed meanwhile
      files[name] = FileVersion{};  // opening it will fail too, and be reported
    }
  }
  if (errno != 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot read directory ", options_.snapshots));
  return files;
}

absl::StatusOr<int> SnapshotStore::Scan() {
  const absl::StatusOr<FileList> files = List();
  metrics_.directory_unreadable.Set(files.ok() ? 0 : 1);
  if (!files.ok()) {
    metrics_.failed_scans.Add();
    const std::lock_guard<std::mutex> lock(mutex_);
    if (changed_) Publish();
    return files.status();
  }
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    intake_failed_ = false;
    TakeOver();
  }
  int refused = TakeInNew(*files);
  refused += TakeInNew(WithdrawGone(*files));
  const std::lock_guard<std::mutex> lock(mutex_);
  first_scan_ = false;
  if (absl::Status written = SyncJournal(); !written.ok()) {
    intake_failed_ = true;
    Log(LogLevel::kError, "the state directory cannot be written: after a restart zones are taken in again",
        {{"reason", written.message()}});
  }
  metrics_.intake_failing.Set(intake_failed_ ? 1 : 0);
  if (changed_) Publish();
  return refused;
}

int SnapshotStore::TakeInNew(const FileList& files) {
  int refused = 0;
  std::vector<Arrival> arrivals;
  for (const auto& [name, version] : files) {
    if (!IsNew(name, version) || IsKnownByHeader(name, version)) continue;
    held_back_.erase(name);
    absl::StatusOr<Arrival> arrival = TakeIn(name, version);
    if (arrival.ok()) {
      arrivals.push_back(*std::move(arrival));
      if (arrivals.size() == kMaxArrivals) refused += Settle(&arrivals);
    } else {
      ++refused;
      Refuse(name, version, arrival.status());
    }
  }
  return refused + Settle(&arrivals);
}

SnapshotStore::FileList SnapshotStore::WithdrawGone(const FileList& files) {
  const std::lock_guard<std::mutex> lock(mutex_);
  for (auto held = held_back_.begin(); held != held_back_.end();) {
    held = files.find(held->first) == files.end() ? held_back_.erase(held) : std::next(held);
  }
  std::map<std::string, std::string> gone;    // origin, by name
  std::map<std::string, std::string> holder;  // of those that stay: a name, by origin
  for (const auto& [name, note] : journal_->files()) {
    if (files.find(name) == files.end()) {
      gone[name] = note.origin;
    } else {
      holder[note.origin] = name;
    }
  }
  FileList others;
  for (const auto& [name, origin] : gone) {
    if (IsHeldBack(origin)) continue;  // until that file is mended
    journal_->ForgetFile(name);
    const auto zone = journal_->zones().find(origin);
    if (zone == journal_->zones().end() || zone->second.active().file.empty()) continue;
    const auto other = holder.find(origin);
    if (other == holder.end()) {
      Withdraw(origin, name);
    } else if (zone->second.active().file == name) {
      journal_->ForgetFile(other->second);
      others.insert(*files.find(other->second));
    }
  }
  return others;
}

void SnapshotStore::Withdraw(const std::string& origin, const std::string& file) {
  Log(LogLevel::kInfo, "zone withdrawn: its snapshot was removed",
      {{"zone", dns::WireNameToText(origin)}, {"file", file}});
  metrics_.withdrawn.Add();
  for (const ZoneVersion& version : journal_->zones().at(origin).versions()) {
    dropped_.emplace_back(origin, version.checksum);
  }
  journal_->ForgetZone(origin);
  changed_ = served_.erase(origin) != 0 || changed_;
}

bool SnapshotStore::IsServed(absl::string_view origin) const {
  const auto zone = served_.find(std::string(origin));
  return zone != served_.end() && !zone->second->storage->damaged();
}

bool SnapshotStore::IsNew(const std::string& name, const FileVersion& version) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto note = journal_->files().find(name);
  if (note == journal_->files().end() || note->second.version != version) return true;
  const auto zone = journal_->zones().find(note->second.origin);
  // Its copy was lost or cannot be read any more.
  if (zone == journal_->zones().end() || IsServed(note->second.origin)) return false;
  if (zone->second.active().checksum != note->second.checksum) return false;
  Log(LogLevel::kError, "zone data cannot be read; taking in its snapshot again", {{"file", name}});
  return true;
}

// After a restart a file whose header names what came from it before is not read again: its copy was verified.
bool SnapshotStore::IsKnownByHeader(const std::string& name, const FileVersion& version) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = journal_->files().find(name);
  if (!first_scan_ || found == journal_->files().end() || !IsServed(found->second.origin)) return false;
  const absl::StatusOr<std::string> checksum = ReadChecksum(absl::StrCat(options_.snapshots, "/", name));
  if (!checksum.ok() || found->second.checksum.empty() || *checksum != found->second.checksum) return false;
  FileNote note = found->second;
  note.version = version;
  journal_->SetFile(name, std::move(note));
  return true;
}

absl::StatusOr<SnapshotStore::Arrival> SnapshotStore::TakeIn(const std::string& name, const FileVersion& version) {
  STRATA_ASSIGN_OR_RETURN(IncomingCopy copy, IncomingCopy::Create(options_.state));
  STRATA_RETURN_IF_ERROR(copy.CopyFrom(absl::StrCat(options_.snapshots, "/", name)));
  STRATA_ASSIGN_OR_RETURN(ZonePointer zone, OpenZone(copy.path(), /*verify=*/true));
  const std::lock_guard<std::mutex> lock(mutex_);
  STRATA_RETURN_IF_ERROR(CheckOriginStays(name, zone->reader.origin()));
  return Arrival{std::move(copy), std::move(zone), name, version};
}

// Somebody may have copied to the wrong name: the zone that was there would go without a word.
absl::Status SnapshotStore::CheckOriginStays(const std::string& name, absl::string_view origin) {
  const auto note = journal_->files().find(name);
  if (note == journal_->files().end() || note->second.origin.empty() || note->second.origin == origin) {
    return absl::OkStatus();
  }
  held_back_[name] = std::string(origin);
  const std::string before = dns::WireNameToText(note->second.origin);
  return absl::InvalidArgumentError(
      absl::StrCat("it holds the zone ", dns::WireNameToText(origin), ", and held ", before,
                   " before; give the zone a file of its own, or remove this one first, which withdraws ", before));
}

bool SnapshotStore::IsHeldBack(const std::string& origin) const {
  return std::any_of(held_back_.begin(), held_back_.end(), [&](const auto& held) { return held.second == origin; });
}

void SnapshotStore::Refuse(const std::string& name, const FileVersion& version, const absl::Status& reason) {
  const std::lock_guard<std::mutex> lock(mutex_);
  metrics_.refused.Add();
  FileNote note;
  if (const auto known = journal_->files().find(name); known != journal_->files().end()) note = known->second;
  // What is wrong with the octets stays wrong; what the disk did may pass, and is tried again at the next scan.
  if (IsAboutOctets(reason)) {
    note.version = version;
    journal_->SetFile(name, note);
  } else {
    intake_failed_ = true;
  }
  Log(LogLevel::kError, "snapshot refused",
      {{"file", absl::StrCat(options_.snapshots, "/", name)},
       {"reason", reason.message()},
       {"still_serving", IsServed(note.origin) ? dns::WireNameToText(note.origin) : "nothing"}});
}

int SnapshotStore::Settle(std::vector<Arrival>* arrivals) {
  std::vector<IncomingCopy*> copies;
  copies.reserve(arrivals->size());
  for (Arrival& arrival : *arrivals) copies.push_back(&arrival.copy);
  const absl::Status synced = SyncAll(copies, options_.state);
  int refused = 0;
  for (Arrival& arrival : *arrivals) {
    const absl::Status kept = synced.ok() ? Adopt(&arrival) : synced;
    if (kept.ok()) continue;
    ++refused;
    Refuse(arrival.file, arrival.version, kept);
  }
  arrivals->clear();
  return refused;
}

// The copy gets its name with the lock held: until its version is in a history, a push may remove what has that name.
absl::Status SnapshotStore::Adopt(Arrival* arrival) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const snapshot::SnapshotReader& reader = arrival->zone->reader;
  FileNote note{arrival->version, std::string(reader.origin()), std::string(reader.checksum())};
  const auto known = journal_->files().find(arrival->file);
  // Touched, or written again as it was: what is served, perhaps an earlier version, stays.
  const bool same_content = known != journal_->files().end() && known->second.checksum == note.checksum;
  const bool stays = same_content && IsServed(note.origin);
  if (!stays) STRATA_RETURN_IF_ERROR(arrival->copy.Keep(options_.state, note.checksum));
  journal_->SetFile(arrival->file, std::move(note));
  if (!stays) Activate(arrival->zone, arrival->file);
  return absl::OkStatus();
}

bool SnapshotStore::Activate(const ZonePointer& zone, const std::string& file) {
  const std::string origin(zone->reader.origin());
  const auto found = journal_->zones().find(origin);
  ZoneHistory history = found == journal_->zones().end() ? ZoneHistory() : found->second;
  const bool same = !history.versions().empty() && history.active().checksum == zone->reader.checksum();
  if (same && IsServed(origin)) {
    history.SetActiveFile(file);
    journal_->SetZone(origin, std::move(history));
    return false;
  }
  ZoneVersion version = VersionOf(*zone, file);
  LogLoaded(origin, version);
  metrics_.loaded.Add();
  history.Activate(std::move(version), options_.keep);
  Record(origin, std::move(history));
  served_[origin] = zone;
  changed_ = true;
  return true;
}

void SnapshotStore::Record(const std::string& origin, ZoneHistory history) {
  if (const auto before = journal_->zones().find(origin); before != journal_->zones().end()) {
    for (const ZoneVersion& version : before->second.versions()) {
      if (!history.Holds(version.checksum)) dropped_.emplace_back(origin, version.checksum);
    }
  }
  journal_->SetZone(origin, std::move(history));
}

absl::Status SnapshotStore::SyncJournal() {
  if (!journal_->has_changes()) return absl::OkStatus();
  STRATA_RETURN_IF_ERROR(SyncNames(options_.state));
  STRATA_RETURN_IF_ERROR(journal_->Sync());
  for (const auto& [origin, checksum] : dropped_) {
    const auto zone = journal_->zones().find(origin);
    const bool needed = zone != journal_->zones().end() && zone->second.Holds(checksum);  // it came again
    if (!needed && journal_->is_keeper()) RemoveCopy(options_.state, checksum);
  }
  dropped_.clear();
  return absl::OkStatus();
}

size_t SnapshotStore::ReleaseUnused() {
  std::vector<std::shared_ptr<const ZoneCatalog>> unused;  // destroyed without the lock
  const std::lock_guard<std::mutex> lock(mutex_);
  // Nobody can take one up again that only this list knows.
  const auto used = std::stable_partition(replaced_.begin(), replaced_.end(),
                                          [](const auto& catalog) { return catalog.use_count() == 1; });
  unused.assign(std::make_move_iterator(replaced_.begin()), std::make_move_iterator(used));
  replaced_.erase(replaced_.begin(), used);
  return replaced_.size();
}

void SnapshotStore::Publish() {
  std::vector<ZonePointer> zones;
  zones.reserve(served_.size());
  for (const auto& [origin, zone] : served_) zones.push_back(zone);
  replaced_.push_back(catalog_.Publish(std::make_shared<const ZoneCatalog>(std::move(zones))));
  changed_ = false;
}

}  // namespace strata::authority
