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
#include <vector>

#include "absl/cleanup/cleanup.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/config_reader.h"
#include "base/status_macros.h"
#include "base/utf8.h"
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

// yaml-cpp reports by exceptions; they end here.
absl::StatusOr<std::vector<YAML::Node>> ParseYaml(absl::string_view text, absl::string_view file_name) {
  try {
    return YAML::LoadAll(std::string(text));
  } catch (const YAML::Exception& error) {
    // A mark may be unset (-1).
    return absl::InvalidArgumentError(
        absl::StrCat(file_name, ":", error.mark.line + 1, ":", error.mark.column + 1, ": not valid YAML: ", error.msg));
  } catch (const std::exception& error) {
    return absl::InvalidArgumentError(absl::StrCat(file_name, ":1:1: not valid YAML: ", error.what()));
  }
}

}  // namespace

absl::Status ParseConfig(absl::string_view text, absl::string_view file_name, google::protobuf::Message* out) {
  if (text.size() > kMaxConfigBytes) return TooLarge(file_name);
  if (const size_t bad = FindInvalidUtf8(text); bad != absl::string_view::npos) {
    return absl::InvalidArgumentError(
        absl::StrCat(LocationOfByte(file_name, text, bad), ": not UTF-8; save the file in that encoding"));
  }
  STRATA_ASSIGN_OR_RETURN(const std::vector<YAML::Node> documents, ParseYaml(text, file_name));
  if (documents.empty()) return absl::OkStatus();
  if (documents.size() > 1) {
    return absl::InvalidArgumentError(absl::StrCat(file_name, ":", documents[1].Mark().line + 1,
                                                   ":1: a second document; remove the line \"---\" before it"));
  }

  const std::unique_ptr<google::protobuf::Message> result(out->New());
  result->CopyFrom(*out);
  ConfigReader reader(file_name, kMaxConfigErrors);
  try {
    reader.Read(documents[0], result.get());
  } catch (const std::exception& error) {
    return absl::InvalidArgumentError(absl::StrCat(file_name, ":1:1: cannot be read as YAML: ", error.what()));
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
