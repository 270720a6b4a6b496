// The zones that an authority serves, and where they come from: snapshots that arrive in a directory or are pushed.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_SNAPSHOT_STORE_H_
#define STRATA_AUTHORITY_SNAPSHOT_STORE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "authority/state_copy.h"
#include "authority/zone_catalog.h"
#include "authority/zone_history.h"
#include "authority/zone_journal.h"
#include "base/metrics.h"

namespace strata::authority {

// What a store has done. Written under its lock, read by any thread.
struct SnapshotMetrics {
  base::Counter loaded;
  base::Counter refused;
  base::Counter withdrawn;
  base::Counter rolled_back;
  base::Counter failed_scans;
  base::Gauge directory_unreadable;  // 1: the last scan failed
  base::Gauge intake_failing;        // 1: the last scan could not read a file, or write the state directory
};

// Watches no clock and starts no thread: Scan() does one pass, and whoever owns the store says when. Thread-safe, but
// for Scan(), which one thread calls.
//
// An arrival, `NAME.snap` of the directory or a pushed one, is copied to `state/<checksum>.snap` (reflinked where the
// file system can), verified there, synced and made read-only; zones are answered from that copy. So overwriting,
// truncating or half-copying a file harms nothing: what is no sound snapshot is reported once for each of its versions,
// and the zone that came from there before goes on being served. So is a file that came to hold another zone.
//
// What arrived last is served, by whichever way it came: a file counts when its content changes, not when it is
// touched. Removing the file that a zone came from withdraws it, unless another file holds the zone, or it was pushed
// since; a file of another zone that came to hold it keeps it too, until a restart. Which version is served, and the
// `keep` before it, survive a restart (ZoneJournal), which costs a header check a zone.
class SnapshotStore {
 public:
  struct Options {
    std::string snapshots;  // the directory that is watched
    std::string state;      // where copies are kept; made if missing
    size_t keep = 3;        // versions before the one that is served
  };

  // Fails when `snapshots` is not a readable directory or `state` cannot be written: the message names the flag to
  // mend. Publishes nothing yet. `catalog` outlives the store.
  static absl::StatusOr<std::unique_ptr<SnapshotStore>> Open(Options options, PublishedCatalog* catalog);

  // Takes in what is new in the directory, drops what is gone, and publishes a new catalog if anything changed, at the
  // first call in any case. Logs each arrival and each refusal. Returns the number of files refused in this pass; when
  // the directory cannot be read it fails, and all is served as before.
  absl::StatusOr<int> Scan();

  struct ZoneState {
    std::string origin;  // in wire form
    ZoneHistory history;
  };
  struct Change {
    ZoneState zone;
    bool changed = false;  // false: the same was served before
  };
  // Serves a snapshot that somebody sent (IncomingCopy of options().state). When this returns, it is served after a
  // restart too. `origin`, if not empty, is the zone that it must be, in wire form and lower case.
  absl::StatusOr<Change> Push(IncomingCopy copy, absl::string_view origin);
  // Serves another of the kept versions (ZoneHistory::Find()).
  absl::StatusOr<Change> RollBack(absl::string_view origin, absl::string_view checksum_prefix);

  // NotFound: it is not served.
  absl::StatusOr<ZoneState> FindZone(absl::string_view origin) const;
  // Lets go of the catalogs of before that nobody uses any more; how many are still in use. To be called now and then:
  // many zones take a while to go, which no thread that answers should wait for.
  size_t ReleaseUnused();

  // At most `max` zones in canonical order, those behind `after` (empty: the first).
  std::vector<ZoneState> Zones(absl::string_view after, size_t max) const;

  const Options& options() const { return options_; }
  const SnapshotMetrics& metrics() const { return metrics_; }

 private:
  using ZonePointer = std::shared_ptr<const Zone>;
  using FileList = std::map<std::string, FileVersion>;
  // Verified, not yet kept.
  struct Arrival {
    IncomingCopy copy;
    ZonePointer zone;
    std::string file;
    FileVersion version;
  };

  SnapshotStore(Options options, PublishedCatalog* catalog) : options_(std::move(options)), catalog_(*catalog) {}

  absl::StatusOr<FileList> List() const;
  // Opens what the journal says is served (zone_restoration.cc).
  void Restore();
  // The version's copy, if that is what its name says.
  absl::StatusOr<ZonePointer> OpenKept(const ZoneVersion& version) const;
  // What is served where the active version's copy cannot be read: an earlier one of a zone that was pushed, which does
  // not come again by itself. Null: nothing.
  ZonePointer RestoreEarlier(const std::string& origin, ZoneHistory history);
  // Becomes the keeper of the state directory if the process that was has ended.
  void TakeOver();
  // Of Scan(). Those that take in or drop something lock for it.
  int TakeInNew(const FileList& files);
  // Returns the files that hold zones of those that are gone: to be taken in anew.
  FileList WithdrawGone(const FileList& files);
  bool IsNew(const std::string& name, const FileVersion& version);
  bool IsKnownByHeader(const std::string& name, const FileVersion& version);
  absl::StatusOr<Arrival> TakeIn(const std::string& name, const FileVersion& version);
  void Refuse(const std::string& name, const FileVersion& version, const absl::Status& reason);
  // Syncs and serves them, and empties the list; how many could not be kept.
  int Settle(std::vector<Arrival>* arrivals);
  absl::Status Adopt(Arrival* arrival);

  // With the lock held, all of these.
  absl::Status CheckOriginStays(const std::string& name, absl::string_view origin);
  bool IsHeldBack(const std::string& origin) const;
  bool IsServed(absl::string_view origin) const;  // and its octets can be read
  bool Activate(const ZonePointer& zone, const std::string& file);
  void Withdraw(const std::string& origin, const std::string& file);
  void Record(const std::string& origin, ZoneHistory history);
  // Undoes what was done to a zone since `before`, of which there may be none; `zone` was served then.
  void Undo(const std::string& origin, std::optional<ZoneHistory> before, ZonePointer zone);
  absl::Status RequireKeeper() const;
  // Writes the journal; then copies that no version needs any more can go.
  absl::Status SyncJournal();
  void Publish();

  const Options options_;
  PublishedCatalog& catalog_;
  SnapshotMetrics metrics_;
  mutable std::mutex mutex_;  // guards what follows
  std::unique_ptr<ZoneJournal> journal_;
  std::map<std::string, ZonePointer> served_;                 // by origin
  std::map<std::string, std::string> held_back_;              // Scan()'s alone: origins in files of others, by file
  std::vector<std::pair<std::string, std::string>> dropped_;  // versions since the last SyncJournal(): origin, checksum
  std::vector<std::shared_ptr<const ZoneCatalog>> replaced_;  // perhaps still in use
  bool changed_ = true;                                       // since the last Publish()
  bool first_scan_ = true;
  bool intake_failed_ = false;  // in this scan
};

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_SNAPSHOT_STORE_H_
