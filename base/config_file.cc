// Reads the file, has yaml-cpp parse it, and has ConfigReader fill the message.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/config_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <exception>
#include <memory>
#include <string>

#include "absl/cleanup/cleanup.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/config_reader.h"
#include "base/status_macros.h"
#include "base/yaml_document.h"
#include "yaml-cpp/yaml.h"

namespace strata::base {
namespace {

absl::Status TooLarge(absl::string_view path) {
  return absl::InvalidArgumentError(
      absl::StrCat(path, ": larger than a configuration file may be (", kMaxConfigBytes, " bytes)"));
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  // O_NONBLOCK: opening a FIFO by mistake must not hang.
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot read configuration file ", path));
  const auto closer = absl::MakeCleanup([fd] { close(fd); });
  struct stat file;
  if (fstat(fd, &file) != 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot read ", path));
  if (!S_ISREG(file.st_mode)) {
    return absl::InvalidArgumentError(absl::StrCat("cannot read configuration file ", path, ": not a regular file"));
  }
  std::string text;
  char buffer[65536];
  while (text.size() <= kMaxConfigBytes) {
    const ssize_t got = read(fd, buffer, sizeof(buffer));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot read configuration file ", path));
    if (got == 0) return text;
    text.append(buffer, static_cast<size_t>(got));
  }
  return TooLarge(path);
}

}  // namespace

absl::Status ParseConfig(absl::string_view text, absl::string_view file_name, google::protobuf::Message* out) {
  if (text.size() > kMaxConfigBytes) return TooLarge(file_name);
  STRATA_ASSIGN_OR_RETURN(const YAML::Node document, ParseYamlDocument(text, file_name));
  const std::unique_ptr<google::protobuf::Message> result(out->New());
  result->CopyFrom(*out);
  ConfigReader reader(file_name, kMaxConfigErrors);
  try {
    reader.Read(document, result.get());
  } catch (const std::exception& error) {
    return NotYaml(file_name, 1, 1, error.what());
  }
  if (!reader.errors().empty()) return absl::InvalidArgumentError(absl::StrJoin(reader.errors(), "\n"));
  out->GetReflection()->Swap(out, result.get());
  return absl::OkStatus();
}

absl::Status LoadConfigFile(const std::string& path, google::protobuf::Message* out) {
  STRATA_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  return ParseConfig(text, path, out);
}

}  // namespace strata::base
