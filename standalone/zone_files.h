// Zone files that are compiled in memory, and compiled again when they change.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_STANDALONE_ZONE_FILES_H_
#define STRATA_STANDALONE_ZONE_FILES_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "authority/zone_catalog.h"
#include "standalone/zone_source.h"
#include "zonec/compile.h"
#include "zonec/format.h"

namespace strata::standalone {

// Starts no thread: whoever owns it says when to look. Not thread-safe.
//
// What goes wrong, and warnings, is told on stderr as `zonec check` does.
class ZoneFiles {
 public:
  // Pipes are read once, at the start.
  explicit ZoneFiles(const std::vector<ZoneSource>& sources);

  // Compiles all files. Fails when one is wrong or two are the same zone; the error counts, stderr has the details.
  absl::StatusOr<std::shared_ptr<const authority::ZoneCatalog>> Load();

  // To be called at regular intervals after a Load() that succeeded. Compiles again what changed, files that were
  // included too, once it has stood still between two calls: a file that is being written is no zone yet. nullptr when
  // nothing did, or when what changed is wrong: then the zone stays as it was.
  std::shared_ptr<const authority::ZoneCatalog> Reload();

 private:
  using ZonePointer = std::shared_ptr<const authority::Zone>;
  // What tells one version of a file from another, by path.
  using Versions = std::map<std::string, std::string>;

  struct File {
    std::string path;
    std::optional<zonec::Format> format;
    std::map<std::string, std::string> defines;
    Versions read;         // of `path` and what it includes, as of the last compilation
    Versions seen;         // as of the last look
    ZonePointer compiled;  // the last version without errors
    ZonePointer served;    // not `compiled` while another file serves that zone
  };

  static Versions Look(const Versions& paths);
  // Reads and compiles one file. On failure, which it tells, `compiled` stays.
  static bool Compile(File* file);
  static void TakeSources(const zonec::CompileResult& result, File* file);
  // Two files of one zone, the one that came later to it first; nullptrs when there are none.
  std::pair<const File*, const File*> FindConflict(const std::vector<ZonePointer>& zones) const;
  std::shared_ptr<const authority::ZoneCatalog> Serve(std::vector<ZonePointer> zones);

  std::vector<File> files_;
};

}  // namespace strata::standalone

#endif  // STRATA_STANDALONE_ZONE_FILES_H_
