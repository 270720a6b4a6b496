// Takes in snapshots: from the directory that an operator fills to mapped files that nobody else can touch.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_SNAPSHOT_STORE_H_
#define STRATA_AUTHORITY_SNAPSHOT_STORE_H_

#include <cstdint>
#include <ctime>
#include <map>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "authority/zone_catalog.h"
#include "base/metrics.h"

namespace strata::authority {

// What a store has done. Written by whoever scans, read by any thread.
struct SnapshotMetrics {
  base::Counter loaded;
  base::Counter refused;
  base::Counter withdrawn;
  base::Counter failed_scans;
  base::Gauge directory_unreadable;  // 1: the last scan failed
};

// Watches no clock and starts no thread: Scan() does one pass, and whoever owns the store says when. Not thread-safe
// but for options() and metrics().
//
// An arrival `NAME.snap` is copied to `state/<checksum>.snap` (reflinked where the file system can), verified there,
// synced and made read-only; zones are answered from that copy. So overwriting, truncating or half-copying an arrival
// harms nothing: a file that is no sound snapshot is reported once for each of its versions, and the zone that came
// from its name before goes on being served. A zone whose copy cannot be read any more is taken in again. Removing an
// arrival withdraws its zone. A copy that is there already (after a restart) is taken as it is: a header check.
class SnapshotStore {
 public:
  struct Options {
    std::string snapshots;  // the directory that is watched
    std::string state;      // where copies are kept; made if missing
  };

  // Fails when `snapshots` is not a readable directory or `state` cannot be written: the message names the flag to
  // mend.
  static absl::StatusOr<std::unique_ptr<SnapshotStore>> Open(Options options);

  // Takes in what is new, drops what is gone, and publishes a new catalog to `catalog` if anything changed. Logs each
  // arrival and each refusal. Returns the number of files refused in this pass; fails, changing nothing, when the
  // directory cannot be read.
  absl::StatusOr<int> Scan(PublishedCatalog* catalog);

  const Options& options() const { return options_; }
  const SnapshotMetrics& metrics() const { return metrics_; }

 private:
  // What tells one version of a file from another.
  struct Version {
    uint64_t device = 0, inode = 0;
    int64_t size = 0;
    timespec modified{}, changed{};
    bool operator==(const Version& other) const;
  };
  struct Arrival {
    Version version;                   // of the file last looked at
    std::shared_ptr<const Zone> zone;  // what is served from it: of this version or of an earlier one
  };

  explicit SnapshotStore(Options options) : options_(std::move(options)) {}

  absl::StatusOr<std::map<std::string, Version>> List() const;
  // Lets go of zones whose snapshots are not among `versions`; whether there were any.
  bool Withdraw(const std::map<std::string, Version>& versions);
  absl::StatusOr<std::shared_ptr<const Zone>> TakeIn(const std::string& name) const;
  absl::StatusOr<std::shared_ptr<const Zone>> OpenVerified(const std::string& path, bool verify) const;
  // Whether pages of what is served turned out unreadable.
  static bool IsDamaged(const std::string& name, const Arrival& arrival);
  void Publish(PublishedCatalog* catalog);
  void RemoveUnusedCopies() const;

  Options options_;
  std::map<std::string, Arrival> arrivals_;  // by file name
  SnapshotMetrics metrics_;
};

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_SNAPSHOT_STORE_H_
