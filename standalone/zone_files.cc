// SPDX-License-Identifier: Apache-2.0
#include "standalone/zone_files.h"

#include <sys/stat.h>

#include <cstdio>
#include <filesystem>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "base/log.h"
#include "base/status_macros.h"
#include "dns/name.h"
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

constexpr absl::string_view kUnknownVersion = "?";

// Something that changes whenever the file does.
std::string VersionOf(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return "none";
  // What changes by being read is read once.
  if (!S_ISREG(status.st_mode)) return "not a file";
  return absl::StrCat(status.st_dev, ",", status.st_ino, ",", status.st_size, ",", status.st_mtim.tv_sec, ".",
                      status.st_mtim.tv_nsec, ",", status.st_ctim.tv_sec, ".", status.st_ctim.tv_nsec);
}

void Tell(absl::string_view words) {
  std::fwrite(words.data(), 1, words.size(), stderr);
  if (!words.empty() && words.back() != '\n') std::fputc('\n', stderr);
}

std::string OriginOf(const Zone& zone) { return dns::WireNameToText(zone.reader.origin()); }

absl::StatusOr<std::shared_ptr<const Zone>> OpenSnapshot(std::string octets, bool verify) {
  auto storage = std::make_shared<const StringOctets>(std::move(octets));
  STRATA_ASSIGN_OR_RETURN(const snapshot::SnapshotReader reader, snapshot::SnapshotReader::Open(storage->octets()));
  if (verify) STRATA_RETURN_IF_ERROR(reader.Verify());
  return std::make_shared<const Zone>(Zone{reader, std::move(storage)});
}

std::string FolderOf(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

void LogLoaded(const Zone& zone, const std::string& path) {
  base::Log(base::LogLevel::kInfo, "zone loaded",
            {{"zone", OriginOf(zone)},
             {"serial", zone.reader.serial()},
             {"records", zone.reader.record_count()},
             {"file", path}});
}

}  // namespace

ZoneFiles::ZoneFiles(const std::vector<ZoneSource>& sources) {
  for (const ZoneSource& source : sources) {
    files_.push_back({source.path, source.format, source.defines, {{source.path, ""}}, {}, nullptr, nullptr});
  }
}

ZoneFiles::Versions ZoneFiles::Look(const Versions& paths) {
  Versions versions;
  for (const auto& [path, version] : paths) versions[path] = VersionOf(path);
  return versions;
}

// Remembers what was read. What was included for the first time may have changed since it was read: it is the version
// that is there now only if the text is the same.
void ZoneFiles::TakeSources(const zonec::CompileResult& result, File* file) {
  Versions read;
  for (const zonec::FileId text_id : result.sources.texts()) {
    const std::string& path = result.sources.name(text_id);
    const auto known = file->read.find(path);
    if (known != file->read.end()) {
      read[path] = known->second;
      continue;
    }
    const std::string version = VersionOf(path);
    const absl::StatusOr<std::string> text = zonec::ReadRegularFile(path);
    const bool same = text.ok() && *text == result.sources.text(text_id);
    read[path] = same ? version : std::string(kUnknownVersion);
  }
  // A file that was included and is missing now may be on its way back.
  if (!result.ok()) read.insert(file->read.begin(), file->read.end());
  for (const std::string& path : result.sources.missing()) read.emplace(path, VersionOf(path));
  file->read = std::move(read);
}

bool ZoneFiles::Compile(File* file) {
  // Before reading, so that a change made meanwhile is seen at the next look.
  file->read = Look(file->read);
  const bool at_start = file->compiled == nullptr;
  // Once queries are served, nothing may wait for who writes to a pipe.
  absl::StatusOr<std::string> text = at_start ? zonec::ReadInput(file->path) : zonec::ReadRegularFile(file->path);
  if (!text.ok()) {
    Tell(text.status().message());
    return false;
  }
  absl::StatusOr<ZonePointer> zone = nullptr;
  if (snapshot::IsSnapshot(*text)) {
    zone = OpenSnapshot(*std::move(text), /*verify=*/true);
  } else {
    zonec::CompileOptions options;
    options.format = file->format;
    options.include_roots = {FolderOf(file->path)};
    options.defines = file->defines;
    options.defines_are_shared = true;
    zonec::CompileResult result = zonec::Compile(file->path, *std::move(text), options);
    TakeSources(result, file);
    Tell(zonec::DiagnosticsToText(result.diagnostics, &result.sources, kMaxDiagnostics));
    if (!result.ok()) return false;
    zone = OpenSnapshot(std::move(result.snapshot), /*verify=*/false);
  }
  if (!zone.ok()) {
    Tell(absl::StrCat(file->path, ": ", zone.status().message()));
    return false;
  }
  file->compiled = *std::move(zone);
  return true;
}

std::pair<const ZoneFiles::File*, const ZoneFiles::File*> ZoneFiles::FindConflict(
    const std::vector<ZonePointer>& zones) const {
  absl::flat_hash_map<absl::string_view, size_t> by_origin;
  for (size_t i = 0; i < zones.size(); ++i) {
    const auto [other, is_new] = by_origin.emplace(zones[i]->reader.origin(), i);
    if (is_new) continue;
    const File& earlier = files_[other->second];
    // Who serves the zone keeps it.
    const bool is_served = zones[i] == files_[i].served;
    return is_served ? std::pair(&earlier, &files_[i]) : std::pair(&files_[i], &earlier);
  }
  return {nullptr, nullptr};
}

std::shared_ptr<const ZoneCatalog> ZoneFiles::Serve(std::vector<ZonePointer> zones) {
  absl::flat_hash_set<absl::string_view> origins;
  for (const ZonePointer& zone : zones) origins.insert(zone->reader.origin());
  for (size_t i = 0; i < zones.size(); ++i) {
    if (zones[i] == files_[i].served) continue;
    LogLoaded(*zones[i], files_[i].path);
    const ZonePointer before = std::exchange(files_[i].served, zones[i]);
    if (before != nullptr && !origins.contains(before->reader.origin())) {
      base::Log(base::LogLevel::kWarning, "zone no longer served: its file holds another one",
                {{"zone", OriginOf(*before)}, {"file", files_[i].path}});
    }
  }
  return std::make_shared<const ZoneCatalog>(std::move(zones));
}

absl::StatusOr<std::shared_ptr<const ZoneCatalog>> ZoneFiles::Load() {
  size_t wrong = 0;
  std::vector<ZonePointer> zones;
  for (File& file : files_) {
    wrong += !Compile(&file);
    zones.push_back(file.compiled);
  }
  if (wrong != 0) {
    return absl::InvalidArgumentError(absl::StrCat(wrong, " of ", files_.size(), " zone files cannot be served"));
  }
  if (const auto [later, earlier] = FindConflict(zones); later != nullptr) {
    return absl::InvalidArgumentError(absl::StrCat(later->path, " and ", earlier->path, " are both the zone ",
                                                   OriginOf(*later->compiled), "; leave one of them out"));
  }
  return Serve(std::move(zones));
}

std::shared_ptr<const ZoneCatalog> ZoneFiles::Reload() {
  bool compiled = false;
  for (File& file : files_) {
    Versions now = Look(file.read);
    const bool stands_still = now == file.seen;
    file.seen = std::move(now);
    if (file.seen == file.read || !stands_still) continue;
    if (Compile(&file)) {
      compiled = true;
      continue;
    }
    base::Log(base::LogLevel::kError, "zone file refused, the zone is served as it was before",
              {{"zone", OriginOf(*file.served)}, {"file", file.path}});
  }
  if (!compiled) return nullptr;
  std::vector<ZonePointer> zones;
  for (const File& file : files_) zones.push_back(file.compiled);
  // Each turn gives one file its earlier zone back; the earlier zones have no conflicts.
  for (;;) {
    const auto [later, earlier] = FindConflict(zones);
    if (later == nullptr) break;
    base::Log(base::LogLevel::kError, "zone file refused, another file serves its zone already",
              {{"zone", OriginOf(*later->compiled)}, {"file", later->path}, {"other", earlier->path}});
    zones[later - files_.data()] = later->served;
  }
  for (size_t i = 0; i < zones.size(); ++i) {
    if (zones[i] != files_[i].served) return Serve(std::move(zones));
  }
  return nullptr;
}

}  // namespace strata::standalone
