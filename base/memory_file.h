// A file in memory whose path leads to the text that was put there last.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_MEMORY_FILE_H_
#define STRATA_BASE_MEMORY_FILE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace strata::base {

// For libraries that take a path and look there again by themselves. Whoever opens the path reads one whole text, the
// old or the new one, and the file's modification time tells any two texts apart, to the second (it is a number, and no
// time). Nobody but this process's user can read it, and nothing is written to a disk. Needs /proc. Not thread-safe;
// the path may be read at any time.
class MemoryFile {
 public:
  MemoryFile() = default;
  ~MemoryFile();
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  // The text of before stays when it fails.
  absl::Status Write(absl::string_view text);
  // REQUIRES: Write() has succeeded. Stays the same.
  std::string path() const;

 private:
  int fd_ = -1;
  long version_ = 0;
};

}  // namespace strata::base

#endif  // STRATA_BASE_MEMORY_FILE_H_
