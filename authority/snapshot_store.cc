// SPDX-License-Identifier: Apache-2.0
#include "authority/snapshot_store.h"

#include <dirent.h>
#include <sys/stat.h>

#include <cerrno>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "authority/mapped_file.h"
#include "authority/state_copy.h"
#include "base/log.h"
#include "base/status_macros.h"
#include "dns/name.h"

namespace strata::authority {
namespace {

using base::Log;
using base::LogLevel;

bool SameTime(const timespec& a, const timespec& b) { return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec; }

std::string OriginText(const Zone& zone) { return dns::WireNameToText(zone.reader.origin()); }

bool IsAboutOctets(const absl::Status& status) {
  return absl::IsInvalidArgument(status) || absl::IsDataLoss(status) || absl::IsUnimplemented(status);
}

}  // namespace

bool SnapshotStore::IsDamaged(const std::string& name, const Arrival& arrival) {
  if (arrival.zone == nullptr || !arrival.zone->storage->damaged()) return false;
  // The zone's own name is among what cannot be read.
  Log(LogLevel::kError, "zone data cannot be read; taking in its snapshot again", {{"file", name}});
  return true;
}

bool SnapshotStore::Version::operator==(const Version& other) const {
  return device == other.device && inode == other.inode && size == other.size && SameTime(modified, other.modified) &&
         SameTime(changed, other.changed);
}

absl::StatusOr<std::unique_ptr<SnapshotStore>> SnapshotStore::Open(Options options) {
  std::unique_ptr<SnapshotStore> store(new SnapshotStore(std::move(options)));
  absl::Status readable = store->List().status();
  if (!readable.ok()) {
    return absl::Status(readable.code(),
                        absl::StrCat("--snapshots: ", readable.message(),
                                     "; make the directory, or name the one that holds your *.snap files"));
  }
  absl::Status writable = PrepareStateDirectory(store->options_.state);
  if (!writable.ok()) {
    return absl::Status(writable.code(), absl::StrCat("--state: ", writable.message(),
                                                      "; name a directory that this process may write to"));
  }
  if (std::error_code ignored; std::filesystem::equivalent(store->options_.snapshots, store->options_.state, ignored)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--state: ", store->options_.state, " is the snapshots directory; copies need a directory of their own"));
  }
  return store;
}

absl::StatusOr<std::map<std::string, SnapshotStore::Version>> SnapshotStore::List() const {
  DIR* directory = opendir(options_.snapshots.c_str());
  if (directory == nullptr)
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot read directory ", options_.snapshots));
  std::map<std::string, Version> versions;
  const absl::Cleanup close_directory = [directory] { closedir(directory); };
  // A list that is not whole must not withdraw zones.
  for (errno = 0; const dirent* entry = readdir(directory); errno = 0) {
    const std::string name = entry->d_name;
    if (name[0] == '.' || !absl::EndsWith(name, ".snap")) continue;
    struct stat status {};
    if (stat(absl::StrCat(options_.snapshots, "/", name).c_str(), &status) == 0) {
      versions[name] = {status.st_dev, status.st_ino, status.st_size, status.st_mtim, status.st_ctim};
    } else if (errno != ENOENT) {  // removed meanwhile
      versions[name] = Version{};  // opening it will fail too, and be reported
    }
  }
  if (errno != 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot read directory ", options_.snapshots));
  return versions;
}

absl::StatusOr<std::shared_ptr<const Zone>> SnapshotStore::OpenVerified(const std::string& path, bool verify) const {
  STRATA_ASSIGN_OR_RETURN(std::unique_ptr<MappedFile> file, MappedFile::Open(path));
  STRATA_ASSIGN_OR_RETURN(const snapshot::SnapshotReader reader, snapshot::SnapshotReader::Open(file->octets()));
  if (verify) STRATA_RETURN_IF_ERROR(reader.Verify());
  return std::make_shared<const Zone>(Zone{reader, std::shared_ptr<const ZoneOctets>(std::move(file))});
}

absl::StatusOr<std::shared_ptr<const Zone>> SnapshotStore::TakeIn(const std::string& name) const {
  const std::string path = absl::StrCat(options_.snapshots, "/", name);
  // After a restart the copy is there, verified when it was made.
  if (arrivals_.find(name) == arrivals_.end()) {
    STRATA_ASSIGN_OR_RETURN(const std::string checksum, ReadChecksum(path));
    absl::StatusOr<std::shared_ptr<const Zone>> known = OpenVerified(StatePath(options_.state, checksum), false);
    if (known.ok() && (*known)->reader.checksum() == checksum) return known;
  }
  STRATA_ASSIGN_OR_RETURN(const std::string incoming, CopyIn(path, options_.state));
  absl::StatusOr<std::shared_ptr<const Zone>> copy = OpenVerified(incoming, true);
  if (!copy.ok()) {
    Discard(incoming);
    return copy.status();
  }
  STRATA_RETURN_IF_ERROR(Keep(incoming, options_.state, (*copy)->reader.checksum()));
  return copy;
}

bool SnapshotStore::Withdraw(const std::map<std::string, Version>& versions) {
  bool changed = false;
  for (auto it = arrivals_.begin(); it != arrivals_.end();) {
    if (versions.find(it->first) != versions.end()) {
      ++it;
      continue;
    }
    if (it->second.zone != nullptr) {
      Log(LogLevel::kInfo, "zone withdrawn: its snapshot was removed",
          {{"zone", OriginText(*it->second.zone)}, {"file", it->first}});
      metrics_.withdrawn.Add();
      changed = true;
    }
    Forget(it->first, options_.state);
    it = arrivals_.erase(it);
  }
  return changed;
}

absl::StatusOr<int> SnapshotStore::Scan(PublishedCatalog* catalog) {
  const auto listed = List();
  metrics_.directory_unreadable.Set(listed.ok() ? 0 : 1);
  if (!listed.ok()) {
    metrics_.failed_scans.Add();
    return listed.status();
  }
  const auto& versions = *listed;
  bool changed = Withdraw(versions);
  int refused = 0;
  for (const auto& [name, version] : versions) {
    const auto known = arrivals_.find(name);
    if (known != arrivals_.end() && known->second.version == version && !IsDamaged(name, known->second)) continue;
    absl::StatusOr<std::shared_ptr<const Zone>> zone = TakeIn(name);
    Arrival& arrival = arrivals_[name];
    // What is wrong with the octets stays wrong; what the disk did may pass, and is tried again at the next scan.
    if (zone.ok() || IsAboutOctets(zone.status())) arrival.version = version;
    if (!zone.ok()) {
      ++refused;
      metrics_.refused.Add();
      // Damaged while we were away: what it was before is still in the state directory.
      if (arrival.zone == nullptr) {
        absl::StatusOr<std::shared_ptr<const Zone>> before = OpenVerified(Remembered(name, options_.state), false);
        if (before.ok()) arrival.zone = *std::move(before);
        changed = changed || arrival.zone != nullptr;
      }
      Log(LogLevel::kError, "snapshot refused",
          {{"file", absl::StrCat(options_.snapshots, "/", name)},
           {"reason", zone.status().message()},
           {"still_serving", arrival.zone == nullptr ? "nothing" : OriginText(*arrival.zone)}});
      continue;
    }
    arrival.zone = *std::move(zone);
    changed = true;
    metrics_.loaded.Add();
    Remember(name, options_.state, arrival.zone->reader.checksum());
    Log(LogLevel::kInfo, "zone loaded",
        {{"zone", OriginText(*arrival.zone)},
         {"serial", arrival.zone->reader.serial()},
         {"records", arrival.zone->reader.record_count()},
         {"file", name}});
  }
  if (changed) Publish(catalog);
  return refused;
}

void SnapshotStore::Publish(PublishedCatalog* catalog) {
  std::vector<std::shared_ptr<const Zone>> zones;
  std::map<absl::string_view, absl::string_view> file_of;
  for (const auto& [name, arrival] : arrivals_) {
    if (arrival.zone == nullptr) continue;
    const auto [other, first] = file_of.emplace(arrival.zone->reader.origin(), name);
    if (!first) {
      Log(LogLevel::kWarning, "two snapshots of one zone: the later by name is served",
          {{"zone", OriginText(*arrival.zone)}, {"not_served", other->second}, {"served", name}});
      other->second = name;
      for (auto& zone : zones) {
        if (zone->reader.origin() == arrival.zone->reader.origin()) zone = arrival.zone;
      }
      continue;
    }
    zones.push_back(arrival.zone);
  }
  catalog->Publish(std::make_shared<const ZoneCatalog>(std::move(zones)));
  RemoveUnusedCopies();
}

void SnapshotStore::RemoveUnusedCopies() const {
  std::set<std::string> used;
  for (const auto& [name, arrival] : arrivals_) {
    if (arrival.zone != nullptr) used.insert(StatePath(options_.state, arrival.zone->reader.checksum()));
  }
  KeepOnly(used, options_.state);
}

}  // namespace strata::authority
