// What a state directory says of its zones: which versions are kept, which is served, and what was taken in from where.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_ZONE_JOURNAL_H_
#define STRATA_AUTHORITY_ZONE_JOURNAL_H_

#include <sys/stat.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "authority/zone_history.h"

namespace strata::authority {

// What tells one version of a file from another without reading it.
struct FileVersion {
  uint64_t device = 0, inode = 0;
  int64_t size = 0;
  int64_t modified_ns = 0, changed_ns = 0;

  static FileVersion Of(const struct stat& status);
  friend bool operator==(const FileVersion&, const FileVersion&) = default;
};

// Of a file of the snapshots directory.
struct FileNote {
  FileVersion version;   // that was looked at last
  std::string origin;    // of the zone that came from it last, in wire form; empty: none did
  std::string checksum;  // of the snapshot that it came in

  friend bool operator==(const FileNote&, const FileNote&) = default;
};

// Kept in memory, and in the file `journal` of the state directory, to which each change is appended as one line, in
// text; a line that was cut off, the last one, is as if it were not there. When most of its lines are outdated the file
// is written anew. Not thread-safe.
//
// Processes may share a state directory; the one that opened it first, and has not ended, keeps the journal. The others
// begin with what it says and write nothing.
class ZoneJournal {
 public:
  struct CanonicalLess {
    bool operator()(const std::string& a, const std::string& b) const;
  };
  // By origin, in wire form and lower case.
  using Zones = std::map<std::string, ZoneHistory, CanonicalLess>;

  // Reads the journal. A line that makes no sense is skipped and logged: what it said of files comes again from the
  // snapshots directory, but zones that were pushed may be missing. So the keeper sets such a journal aside, as
  // `journal.damaged`. Fails where a file cannot be read or made.
  static absl::StatusOr<std::unique_ptr<ZoneJournal>> Open(const std::string& state);
  ~ZoneJournal();
  ZoneJournal(const ZoneJournal&) = delete;
  ZoneJournal& operator=(const ZoneJournal&) = delete;

  bool is_keeper() const { return lock_ >= 0; }
  // Whether a journal was set aside, now or before, and is still there: copies that no zone of this one has may be all
  // that is left of a zone.
  bool is_damaged() const;

  // Of a process that is not the keeper: whether nobody else is either, so that opening the journal again would make it
  // the keeper.
  bool CanBeKept() const;

  // By name.
  const std::map<std::string, FileNote>& files() const { return files_; }
  const Zones& zones() const { return zones_; }

  // Changes take effect in memory at once, and on disk with Sync().
  void SetFile(const std::string& name, FileNote note);
  void ForgetFile(const std::string& name);
  void SetZone(const std::string& origin, ZoneHistory history);
  void ForgetZone(const std::string& origin);

  // Something was changed since the last Sync() that went well.
  bool has_changes() const { return !unwritten_.empty(); }
  // Writes what was changed and waits until the disk has it. What could not be written is tried again the next time.
  absl::Status Sync();

 private:
  explicit ZoneJournal(std::string state) : state_(std::move(state)) {}

  absl::Status Lock();
  absl::Status Read();
  bool Apply(absl::string_view line);
  bool IsOutdated() const;
  absl::Status Continue();
  absl::Status SetAside() const;
  absl::Status Append();
  absl::Status Rewrite();

  const std::string state_;
  int lock_ = -1;
  int file_ = -1;
  std::map<std::string, FileNote> files_;
  Zones zones_;
  std::string unwritten_;
  size_t lines_ = 0;   // of the file
  int skipped_ = 0;    // of them: made no sense
  bool whole_ = true;  // the last one was not cut off
};

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_ZONE_JOURNAL_H_
