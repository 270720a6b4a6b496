// Files of a test: a folder of its own, and reading and writing as whole strings.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_TESTS_CLUSTER_FILES_H_
#define STRATA_TESTS_CLUSTER_FILES_H_

#include <string>

#include "absl/strings/string_view.h"

namespace strata::tests {

// A folder that goes with the object. It is in /tmp, for the paths of unix sockets must be short.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }
  std::string Path(absl::string_view name) const;
  // Makes the folder `name` in it; returns its path.
  std::string MakeFolder(absl::string_view name) const;

 private:
  std::string path_;
};

// What cannot be read is empty.
std::string ReadFile(const std::string& path);
// Makes the file, or overwrites it where it is (same inode).
void WriteFile(const std::string& path, absl::string_view octets);
// Puts a file of that content in the place of `path` by a rename, as careful programs do.
void ReplaceFile(const std::string& path, absl::string_view octets);
void RemoveFile(const std::string& path);

}  // namespace strata::tests

#endif  // STRATA_TESTS_CLUSTER_FILES_H_
