// Zone files that are compiled in memory, and compiled again when they change.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_STANDALONE_ZONE_FILES_H_
#define STRATA_STANDALONE_ZONE_FILES_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "authority/zone_catalog.h"

namespace strata::standalone {

// Starts no thread: whoever owns it says when to look. Not thread-safe.
class ZoneFiles {
 public:
  // `paths` are master files, or snapshots of `zonec compile`; the content tells.
  explicit ZoneFiles(const std::vector<std::string>& paths);

  // Compiles all files. The error tells what is wrong in all of them, as `zonec check` does; then there is no catalog.
  // Warnings go to stderr.
  absl::StatusOr<std::shared_ptr<const authority::ZoneCatalog>> Load();

  // Compiles again what changed since the last look, files that were included too. nullptr when nothing did, or when
  // what changed is wrong: that is told on stderr, and the zone stays as it was.
  std::shared_ptr<const authority::ZoneCatalog> Reload();

 private:
  struct File {
    std::string path;
    std::vector<std::string> read;  // `path` and what it includes
    std::string versions;           // of these, as of the last compilation
    std::shared_ptr<const authority::Zone> zone;
  };

  // Reads and compiles one file. On failure the file's zone stays.
  absl::Status Compile(File* file);
  absl::StatusOr<std::shared_ptr<const authority::ZoneCatalog>> MakeCatalog() const;

  std::vector<File> files_;
};

}  // namespace strata::standalone

#endif  // STRATA_STANDALONE_ZONE_FILES_H_
