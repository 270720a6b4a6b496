// SPDX-License-Identifier: Apache-2.0
#include "standalone/zone_files.h"

#include <sys/stat.h>

#include <cstdio>
#include <filesystem>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/log.h"
#include "base/status_macros.h"
#include "dns/name.h"
#include "zonec/compile.h"
#include "zonec/diagnostic_printer.h"
#include "zonec/input_file.h"

namespace strata::standalone {
namespace {

using authority::Zone;
using authority::ZoneCatalog;

// As many as a person reads.
constexpr size_t kMaxDiagnostics = 20;

class StringOctets : public authority::ZoneOctets {
 public:
  explicit StringOctets(std::string octets) : octets_(std::move(octets)) {}
  absl::string_view octets() const override { return octets_; }
  bool damaged() const override { return false; }

 private:
  const std::string octets_;
};

// Something that changes whenever one of the files does.
std::string VersionsOf(const std::vector<std::string>& paths) {
  std::string versions;
  for (const std::string& path : paths) {
    struct stat status {};
    if (stat(path.c_str(), &status) != 0) {
      absl::StrAppend(&versions, "-;");
      continue;
    }
    absl::StrAppend(&versions, status.st_dev, ",", status.st_ino, ",", status.st_size, ",", status.st_mtim.tv_sec, ".",
                    status.st_mtim.tv_nsec, ",", status.st_ctim.tv_sec, ".", status.st_ctim.tv_nsec, ";");
  }
  return versions;
}

absl::StatusOr<std::shared_ptr<const Zone>> OpenSnapshot(std::string octets, bool verify) {
  auto storage = std::make_shared<const StringOctets>(std::move(octets));
  STRATA_ASSIGN_OR_RETURN(const snapshot::SnapshotReader reader, snapshot::SnapshotReader::Open(storage->octets()));
  if (verify) STRATA_RETURN_IF_ERROR(reader.Verify());
  return std::make_shared<const Zone>(Zone{reader, std::move(storage)});
}

bool IsSnapshot(absl::string_view octets) {
  constexpr absl::string_view kMagic("\tTRATAZN\n", 9);
  return octets.substr(0, kMagic.size()) == kMagic;
}

std::string FolderOf(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

}  // namespace

ZoneFiles::ZoneFiles(const std::vector<std::string>& paths) {
  for (const std::string& path : paths) files_.push_back({path, {path}, "", nullptr});
}

absl::Status ZoneFiles::Compile(File* file) {
  // Before reading, so that a change made meanwhile is seen at the next look.
  file->versions = VersionsOf(file->read);
  STRATA_ASSIGN_OR_RETURN(std::string text, zonec::ReadInput(file->path));
  if (IsSnapshot(text)) {
    absl::StatusOr<std::shared_ptr<const Zone>> zone = OpenSnapshot(std::move(text), /*verify=*/true);
    if (!zone.ok()) return absl::InvalidArgumentError(absl::StrCat(file->path, ": ", zone.status().message(), "\n"));
    file->zone = *std::move(zone);
    return absl::OkStatus();
  }
  zonec::CompileOptions options;
  options.include_roots = {FolderOf(file->path)};
  zonec::CompileResult result = zonec::Compile(file->path, std::move(text), options);
  std::vector<std::string> read;
  for (size_t i = 0; i < result.sources.file_count(); ++i) read.push_back(result.sources.name(i));
  if (read != file->read) {
    file->read = std::move(read);
    file->versions = VersionsOf(file->read);
  }
  const std::string words = zonec::DiagnosticsToText(result.diagnostics, &result.sources, kMaxDiagnostics);
  if (!result.ok()) return absl::InvalidArgumentError(words);
  std::fputs(words.c_str(), stderr);
  STRATA_ASSIGN_OR_RETURN(file->zone, OpenSnapshot(std::move(result.snapshot), /*verify=*/false));
  base::Log(base::LogLevel::kInfo, "zone loaded",
            {{"zone", result.origin.ToText()},
             {"serial", result.serial},
             {"records", result.record_count},
             {"file", file->path}});
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<const ZoneCatalog>> ZoneFiles::MakeCatalog() const {
  std::vector<std::shared_ptr<const Zone>> zones;
  for (const File& file : files_) {
    for (const File& other : files_) {
      if (&other == &file) break;
      if (other.zone->reader.origin() != file.zone->reader.origin()) continue;
      return absl::InvalidArgumentError(absl::StrCat(file.path, " and ", other.path, " are both the zone ",
                                                     dns::WireNameToText(file.zone->reader.origin()),
                                                     "; leave one of them out\n"));
    }
    zones.push_back(file.zone);
  }
  return std::make_shared<const ZoneCatalog>(std::move(zones));
}

absl::StatusOr<std::shared_ptr<const ZoneCatalog>> ZoneFiles::Load() {
  std::string wrong;
  for (File& file : files_) {
    const absl::Status compiled = Compile(&file);
    if (!compiled.ok()) absl::StrAppend(&wrong, compiled.message());
  }
  if (!wrong.empty()) return absl::InvalidArgumentError(wrong);
  return MakeCatalog();
}

std::shared_ptr<const ZoneCatalog> ZoneFiles::Reload() {
  bool changed = false;
  for (File& file : files_) {
    if (VersionsOf(file.read) == file.versions) continue;
    const std::shared_ptr<const Zone> before = file.zone;
    absl::Status compiled = Compile(&file);
    if (compiled.ok()) compiled = MakeCatalog().status();
    if (compiled.ok()) {
      changed = true;
      continue;
    }
    file.zone = before;
    std::fputs(std::string(compiled.message()).c_str(), stderr);
    base::Log(base::LogLevel::kError, "zone file refused, the zone is served as it was before",
              {{"zone", dns::WireNameToText(before->reader.origin())}, {"file", file.path}});
  }
  if (!changed) return nullptr;
  return *MakeCatalog();
}

}  // namespace strata::standalone
