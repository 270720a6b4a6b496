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

  // Adds the file `path` to `*sources` (once, however often it is asked for). A relative path is looked up in the
  // folder of `includer` (the name of the text that includes it) and then in each root. The error says where it was
  // looked for, and `*sources` remembers it as missing.
  absl::StatusOr<FileId> Open(absl::string_view path, absl::string_view includer, Sources* sources);

 private:
  // The canonical path if `path` exists below a root.
  std::optional<std::string> Resolve(const std::string& path) const;

  std::vector<std::string> roots_;
  std::map<std::string, FileId> opened_;  // by canonical path
};

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_INCLUDE_FILES_H_
