// SPDX-License-Identifier: Apache-2.0
#include "tests/cluster/files.h"

#include <stdlib.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include "absl/strings/str_cat.h"

namespace strata::tests {

TemporaryFolder::TemporaryFolder() {
  char name[] = "/tmp/strata_test.XXXXXX";
  if (mkdtemp(name) == nullptr) {
    perror(name);
    abort();
  }
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryFolder::Path(absl::string_view name) const { return absl::StrCat(path_, "/", name); }

std::string TemporaryFolder::MakeFolder(absl::string_view name) const {
  std::string path = Path(name);
  std::filesystem::create_directory(path);
  return path;
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream octets;
  octets << file.rdbuf();
  return octets.str();
}

void WriteFile(const std::string& path, absl::string_view octets) {
  std::ofstream file(path, std::ios::binary);
  file.write(octets.data(), static_cast<std::streamsize>(octets.size()));
  file.close();
  if (file.fail()) {
    perror(path.c_str());
    abort();
  }
}

void ReplaceFile(const std::string& path, absl::string_view octets) {
  const std::string fresh = absl::StrCat(path, ".new");
  WriteFile(fresh, octets);
  std::filesystem::rename(fresh, path);
}

void RemoveFile(const std::string& path) { std::filesystem::remove(path); }

}  // namespace strata::tests
