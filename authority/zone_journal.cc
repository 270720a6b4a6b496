// SPDX-License-Identifier: Apache-2.0
#include "authority/zone_journal.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "authority/state_copy.h"
#include "base/log.h"
#include "base/status_macros.h"
#include "dns/name.h"

namespace strata::authority {
namespace {

using base::Log;
using base::LogLevel;

// Stands for an empty field.
constexpr absl::string_view kNothing = "-";
// What is outdated is kept until it is as much as what is not, and so much more.
constexpr size_t kSpareLines = 1024;
constexpr size_t kChecksumDigits = 64;
constexpr absl::string_view kDamaged = "/journal.damaged";

absl::Status Failed(absl::string_view action, const std::string& path) {
  return absl::ErrnoToStatus(errno, absl::StrCat("cannot ", action, " ", path));
}

// File names may hold any octet; fields hold neither spaces nor slashes.
std::string Escaped(absl::string_view name) {
  std::string text;
  for (const char c : name) {
    if (absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '_' || (c == '-' && name.size() > 1)) {
      text.push_back(c);
    } else {
      absl::StrAppend(&text, "%", absl::BytesToHexString(absl::string_view(&c, 1)));
    }
  }
  return text.empty() ? std::string(kNothing) : text;
}

std::string Unescaped(absl::string_view text) {
  std::string name;
  if (text == kNothing) return name;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      name.push_back(text[i]);
      continue;
    }
    name += absl::HexStringToBytes(text.substr(i + 1, 2));
    i += 2;
  }
  return name;
}

std::string HexOrNothing(absl::string_view octets) {
  return octets.empty() ? std::string(kNothing) : absl::BytesToHexString(octets);
}

std::optional<std::string> ChecksumFromText(absl::string_view text) {
  if (text == kNothing) return std::string();
  if (text.size() != kChecksumDigits || text.find_first_not_of("0123456789abcdef") != absl::string_view::npos) {
    return std::nullopt;
  }
  return absl::HexStringToBytes(text);
}

std::optional<std::string> OriginFromText(absl::string_view text) {
  if (text == kNothing) return std::string();
  const absl::StatusOr<dns::Name> name = dns::Name::FromText(text);
  if (!name.ok()) return std::nullopt;
  return std::string(name->wire());
}

std::string OriginText(absl::string_view origin) {
  return origin.empty() ? std::string(kNothing) : dns::WireNameToText(origin);
}

std::string LineOf(const std::string& name, const FileNote& note) {
  const FileVersion& version = note.version;
  return absl::StrCat("file ", Escaped(name), " ", version.device, " ", version.inode, " ", version.size, " ",
                      version.modified_ns, " ", version.changed_ns, " ", OriginText(note.origin), " ",
                      HexOrNothing(note.checksum), "\n");
}

std::string LineOf(const std::string& origin, const ZoneHistory& history) {
  std::string line = absl::StrCat("zone ", OriginText(origin), " ", history.active_index());
  for (const ZoneVersion& version : history.versions()) {
    absl::StrAppend(
        &line, " ",
        absl::StrJoin({absl::BytesToHexString(version.checksum), absl::BytesToHexString(version.identity),
                       absl::StrCat(version.serial), absl::StrCat(version.records), absl::StrCat(version.size),
                       absl::StrCat(version.activated_unix_ms), Escaped(version.file)},
                      "/"));
  }
  return absl::StrCat(line, "\n");
}

using Fields = std::vector<absl::string_view>;

std::optional<FileNote> FileNoteFromFields(const Fields& fields) {
  FileNote note;
  FileVersion& version = note.version;
  const std::optional<std::string> origin = OriginFromText(fields[7]), checksum = ChecksumFromText(fields[8]);
  if (!origin || !checksum || !absl::SimpleAtoi(fields[2], &version.device) ||
      !absl::SimpleAtoi(fields[3], &version.inode) || !absl::SimpleAtoi(fields[4], &version.size) ||
      !absl::SimpleAtoi(fields[5], &version.modified_ns) || !absl::SimpleAtoi(fields[6], &version.changed_ns)) {
    return std::nullopt;
  }
  note.origin = *origin;
  note.checksum = *checksum;
  return note;
}

std::optional<ZoneVersion> ZoneVersionFromText(absl::string_view text) {
  const Fields fields = absl::StrSplit(text, '/');
  ZoneVersion version;
  if (fields.size() != 7) return std::nullopt;
  const std::optional<std::string> checksum = ChecksumFromText(fields[0]), identity = ChecksumFromText(fields[1]);
  if (!checksum || checksum->empty() || !identity || !absl::SimpleAtoi(fields[2], &version.serial) ||
      !absl::SimpleAtoi(fields[3], &version.records) || !absl::SimpleAtoi(fields[4], &version.size) ||
      !absl::SimpleAtoi(fields[5], &version.activated_unix_ms)) {
    return std::nullopt;
  }
  version.checksum = *checksum;
  version.identity = *identity;
  version.file = Unescaped(fields[6]);
  return version;
}

std::optional<ZoneHistory> ZoneHistoryFromFields(const Fields& fields) {
  std::vector<ZoneVersion> versions;
  size_t active = 0;
  if (!absl::SimpleAtoi(fields[2], &active) || active >= fields.size() - 3) return std::nullopt;
  for (size_t i = 3; i < fields.size(); ++i) {
    std::optional<ZoneVersion> version = ZoneVersionFromText(fields[i]);
    if (!version) return std::nullopt;
    versions.push_back(*std::move(version));
  }
  return ZoneHistory(std::move(versions), active);
}

absl::Status WriteAll(int fd, absl::string_view text, const std::string& path) {
  while (!text.empty()) {
    const ssize_t written = write(fd, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return Failed("write", path);
    text.remove_prefix(static_cast<size_t>(written));
  }
  return fdatasync(fd) == 0 ? absl::OkStatus() : Failed("sync", path);
}

}  // namespace

FileVersion FileVersion::Of(const struct stat& status) {
  const auto nanoseconds = [](const timespec& time) { return int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec; };
  return {status.st_dev, status.st_ino, status.st_size, nanoseconds(status.st_mtim), nanoseconds(status.st_ctim)};
}

bool ZoneJournal::CanonicalLess::operator()(const std::string& a, const std::string& b) const {
  if (a.empty() || b.empty()) return a.size() < b.size();  // no name
  return dns::CompareCanonical(a, b) < 0;
}

absl::StatusOr<std::unique_ptr<ZoneJournal>> ZoneJournal::Open(const std::string& state) {
  std::unique_ptr<ZoneJournal> journal(new ZoneJournal(state));
  STRATA_RETURN_IF_ERROR(journal->Lock());
  STRATA_RETURN_IF_ERROR(journal->Read());
  if (journal->is_keeper()) STRATA_RETURN_IF_ERROR(journal->Continue());
  return journal;
}

ZoneJournal::~ZoneJournal() {
  if (file_ >= 0) close(file_);
  if (lock_ >= 0) close(lock_);
}

absl::Status ZoneJournal::Lock() {
  const std::string path = absl::StrCat(state_, "/lock");
  const int fd = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return Failed("make", path);
  if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
    lock_ = fd;
    return absl::OkStatus();
  }
  close(fd);
  Log(LogLevel::kInfo, "another authority keeps the state directory's journal: no zones are pushed or rolled back here",
      {{"state", state_}});
  return absl::OkStatus();
}

bool ZoneJournal::CanBeKept() const {
  const int fd = open(absl::StrCat(state_, "/lock").c_str(), O_RDWR | O_CLOEXEC);
  if (fd < 0) return false;
  const bool free = flock(fd, LOCK_EX | LOCK_NB) == 0;
  close(fd);
  return free;
}

bool ZoneJournal::is_damaged() const { return access(absl::StrCat(state_, kDamaged).c_str(), F_OK) == 0; }

absl::Status ZoneJournal::Read() {
  const std::string path = absl::StrCat(state_, "/journal");
  // Taking a journal that cannot be opened for one that is not there would remove all copies.
  if (access(path.c_str(), F_OK) != 0 && errno == ENOENT) return absl::OkStatus();  // the first start
  std::ifstream file(path, std::ios::binary);
  if (!file) return Failed("read", path);
  for (std::string line; std::getline(file, line); ++lines_) {
    whole_ = !file.eof();
    if (whole_ && !Apply(line)) ++skipped_;
  }
  if (file.bad()) return absl::DataLossError(absl::StrCat("cannot read ", path));
  if (skipped_ > 0) {
    Log(LogLevel::kError,
        "lines of the journal make no sense; files are taken in again, zones that were pushed may be missing: push "
        "them "
        "again, then remove the journal that was set aside",
        {{"file", path}, {"lines", skipped_}, {"set_aside", absl::StrCat(state_, kDamaged)}});
  }
  return absl::OkStatus();
}

bool ZoneJournal::Apply(absl::string_view line) {
  const Fields fields = absl::StrSplit(line, ' ');
  if (fields[0] == "file" && fields.size() == 9) {
    std::optional<FileNote> note = FileNoteFromFields(fields);
    if (note) files_[Unescaped(fields[1])] = *std::move(note);
    return note.has_value();
  }
  if (fields[0] == "gone" && fields.size() == 2) {
    files_.erase(Unescaped(fields[1]));
    return true;
  }
  const std::optional<std::string> origin = fields.size() < 2 ? std::nullopt : OriginFromText(fields[1]);
  if (!origin || origin->empty()) return false;
  if (fields[0] == "zone" && fields.size() > 3) {
    std::optional<ZoneHistory> history = ZoneHistoryFromFields(fields);
    if (history) zones_[*origin] = *std::move(history);
    return history.has_value();
  }
  if (fields[0] != "withdrawn") return false;
  zones_.erase(*origin);
  return true;
}

void ZoneJournal::SetFile(const std::string& name, FileNote note) {
  unwritten_ += LineOf(name, note);
  files_[name] = std::move(note);
}

void ZoneJournal::ForgetFile(const std::string& name) {
  if (files_.erase(name) != 0) absl::StrAppend(&unwritten_, "gone ", Escaped(name), "\n");
}

void ZoneJournal::SetZone(const std::string& origin, ZoneHistory history) {
  unwritten_ += LineOf(origin, history);
  zones_[origin] = std::move(history);
}

void ZoneJournal::ForgetZone(const std::string& origin) {
  if (zones_.erase(origin) != 0) absl::StrAppend(&unwritten_, "withdrawn ", OriginText(origin), "\n");
}

bool ZoneJournal::IsOutdated() const { return lines_ > 2 * (files_.size() + zones_.size()) + kSpareLines; }

// Writing all of it anew waits for the disk, which a start does not, if it need not.
absl::Status ZoneJournal::Continue() {
  if (skipped_ > 0) STRATA_RETURN_IF_ERROR(SetAside());
  if (skipped_ > 0 || !whole_ || IsOutdated()) return Rewrite();
  const std::string path = absl::StrCat(state_, "/journal");
  file_ = open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  return file_ >= 0 ? absl::OkStatus() : Failed("make", path);
}

// The first one that was damaged is the one that knew most.
absl::Status ZoneJournal::SetAside() const {
  const std::string path = absl::StrCat(state_, "/journal"), aside = absl::StrCat(state_, kDamaged);
  if (link(path.c_str(), aside.c_str()) == 0 || errno == EEXIST) return absl::OkStatus();
  return Failed("make", aside);
}

absl::Status ZoneJournal::Sync() {
  if (!is_keeper()) unwritten_.clear();
  if (unwritten_.empty()) return absl::OkStatus();
  if (file_ < 0 || IsOutdated()) return Rewrite();
  return Append();
}

absl::Status ZoneJournal::Append() {
  const std::string path = absl::StrCat(state_, "/journal");
  const absl::Status written = WriteAll(file_, unwritten_, path);
  if (!written.ok()) {
    // It may end in half a line: the next time all of it is written anew.
    close(std::exchange(file_, -1));
    return written;
  }
  lines_ += static_cast<size_t>(std::count(unwritten_.begin(), unwritten_.end(), '\n'));
  unwritten_.clear();
  return absl::OkStatus();
}

absl::Status ZoneJournal::Rewrite() {
  const std::string path = absl::StrCat(state_, "/journal"), fresh = absl::StrCat(path, ".new");
  std::string text;
  for (const auto& [name, note] : files_) text += LineOf(name, note);
  for (const auto& [origin, history] : zones_) text += LineOf(origin, history);
  const int fd = open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
  if (fd < 0) return Failed("make", fresh);
  absl::Status written = WriteAll(fd, text, fresh);
  if (written.ok() && rename(fresh.c_str(), path.c_str()) != 0) written = Failed("rename to", path);
  // Else a power cut may bring the old one back.
  if (written.ok()) written = SyncNames(state_);
  if (file_ >= 0) close(std::exchange(file_, -1));
  if (!written.ok()) {
    close(fd);
    unlink(fresh.c_str());
    return written;
  }
  file_ = fd;
  lines_ = files_.size() + zones_.size();
  unwritten_.clear();
  return absl::OkStatus();
}

}  // namespace strata::authority
