// A directory for one test.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_TESTING_TEMP_DIRECTORY_H_
#define STRATA_AUTHORITY_TESTING_TEMP_DIRECTORY_H_

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "absl/strings/string_view.h"
#include "gtest/gtest.h"

namespace strata::authority {

// Made empty, removed at the end with all that is in it.
class TempDirectory {
 public:
  TempDirectory() : path_(::testing::TempDir() + "/authority-XXXXXX") { EXPECT_NE(mkdtemp(path_.data()), nullptr); }
  ~TempDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempDirectory(const TempDirectory&) = delete;
  TempDirectory& operator=(const TempDirectory&) = delete;

  const std::string& path() const { return path_; }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

  // Writes the file in place, as `cp` does.
  std::string Write(const std::string& name, absl::string_view octets) const {
    const std::string path = *this / name;
    std::ofstream(path, std::ios::binary | std::ios::trunc).write(octets.data(), octets.size());
    return path;
  }
  // Puts the file in the place of one of that name, as `mv` does.
  void Replace(const std::string& name, absl::string_view octets) const {
    std::filesystem::rename(Write(".new", octets), *this / name);
  }
  std::string Read(const std::string& name) const {
    std::ifstream file(*this / name, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  }
  std::set<std::string> Names() const {
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(path_)) {
      names.insert(entry.path().filename().string());
    }
    return names;
  }

 private:
  std::string path_;
};

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_TESTING_TEMP_DIRECTORY_H_
