// The files that a zone's text may include.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_INCLUDE_FILES_H_
#define STRATA_ZONEC_INCLUDE_FILES_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "zonec/sources.h"

namespace strata::zonec {

// Reads regular files below declared root folders, and nothing else: zone text may come from people who may not read
// what the compiler may. `..` and symbolic links are followed before that is checked.
class IncludeFiles {
 public:
  // Without roots nothing can be included. "." is a root, the empty string is none.
  explicit IncludeFiles(std::vector<std::string> roots = {}) : roots_(std::move(roots)) {}

  // A new reading of the file `path`, entered from the place `from`; its text is read and added to `*sources` once,
  // however often it is asked for. A relative path is looked up in the folder of the text that includes it (by its
  // name) and then in each root. The error says where it was looked for, and `*sources` remembers it as missing; a
  // text that is included by way of itself is an error, too.
  absl::StatusOr<FileId> Open(absl::string_view path, Position from, Sources* sources);

 private:
  // A file below a root: both canonical, `path` relative to `root`.
  struct Place {
    std::string root;
    std::string path;
  };

  std::optional<Place> Resolve(const std::string& path) const;
  // The text's first reading, or another.
  absl::StatusOr<FileId> Text(const Place& place, const std::string& name, Sources* sources);

  std::vector<std::string> roots_;
  std::map<std::string, FileId> opened_;  // by canonical path; any reading
};

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_INCLUDE_FILES_H_
