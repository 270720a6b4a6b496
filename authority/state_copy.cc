// SPDX-License-Identifier: Apache-2.0
#include "authority/state_copy.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "base/status_macros.h"
#include "zonec/snapshot/format.h"

namespace strata::authority {
namespace {

constexpr absl::string_view kIncomingPrefix = ".incoming-";
constexpr time_t kAbandonedAfterSeconds = 3600;
// More are synced together with all else that the file system has to write: that costs one wait, not one each.
constexpr size_t kMaxSyncedAlone = 8;

absl::Status Failed(absl::string_view action, const std::string& path) {
  return absl::ErrnoToStatus(errno, absl::StrCat("cannot ", action, " ", path));
}

std::vector<std::string> FilesOf(const std::string& directory) {
  std::vector<std::string> names;
  std::error_code ignored;
  // Not a range-for: its increment throws.
  for (std::filesystem::directory_iterator entry(directory, ignored), end; entry != end; entry.increment(ignored)) {
    names.push_back(entry->path().filename().string());
  }
  return names;
}

absl::Status WriteAll(int fd, const char* from, size_t size, const std::string& path) {
  while (size > 0) {
    const ssize_t written = write(fd, from, size);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return Failed("write", path);
    from += written;
    size -= static_cast<size_t>(written);
  }
  return absl::OkStatus();
}

absl::Status CopyOctets(int in, int out, const std::string& in_path, const std::string& out_path) {
  // A reflink shares the blocks until one side changes: constant time, where the file system can.
  if (ioctl(out, FICLONE, in) == 0) return absl::OkStatus();
  std::vector<char> buffer(1 << 20);
  while (true) {
    const ssize_t got = read(in, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Failed("read", in_path);
    if (got == 0) return absl::OkStatus();
    STRATA_RETURN_IF_ERROR(WriteAll(out, buffer.data(), static_cast<size_t>(got), out_path));
  }
}

// Opens for reading what must be a file. Without O_NONBLOCK a named pipe would hold us for ever.
absl::StatusOr<int> OpenFile(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return Failed("open", path);
  struct stat status {};
  if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode)) return fd;
  close(fd);
  return absl::InvalidArgumentError(absl::StrCat(path, " is not a regular file"));
}

// Whether StatePath() makes such names: what else lies there is not ours to remove.
bool IsCopyName(absl::string_view name) {
  return absl::ConsumeSuffix(&name, ".snap") && name.size() == 2 * snapshot::kChecksumSize &&
         name.find_first_not_of("0123456789abcdef") == absl::string_view::npos;
}

// Whether the file was last written so long ago that nobody is writing it: authorities may share the directory.
bool IsAbandoned(const std::string& path) {
  struct stat status {};
  return lstat(path.c_str(), &status) == 0 && time(nullptr) - status.st_mtime > kAbandonedAfterSeconds;
}

// mkstemp(3) in `state`; `*path` is the file's.
absl::StatusOr<int> OpenIncoming(const std::string& state, std::string* path) {
  *path = absl::StrCat(state, "/", kIncomingPrefix, "XXXXXX");
  const int fd = mkostemp(path->data(), O_CLOEXEC);
  if (fd < 0) return Failed("make a file in", state);
  return fd;
}

}  // namespace

absl::Status PrepareStateDirectory(const std::string& state) {
  std::error_code error;
  std::filesystem::create_directories(state, error);
  if (error) return absl::FailedPreconditionError(absl::StrCat("cannot make ", state, ": ", error.message()));
  for (const std::string& name : FilesOf(state)) {
    const std::string path = absl::StrCat(state, "/", name);
    if (absl::StartsWith(name, kIncomingPrefix) && IsAbandoned(path)) unlink(path.c_str());
  }
  std::string probe;
  STRATA_ASSIGN_OR_RETURN(const int fd, OpenIncoming(state, &probe));
  close(fd);
  unlink(probe.c_str());
  return absl::OkStatus();
}

std::string StatePath(const std::string& state, absl::string_view checksum) {
  return absl::StrCat(state, "/", absl::BytesToHexString(checksum), ".snap");
}

absl::StatusOr<std::string> ReadChecksum(const std::string& path) {
  STRATA_ASSIGN_OR_RETURN(const int fd, OpenFile(path));
  const absl::Cleanup close_fd = [fd] { close(fd); };
  std::string header(snapshot::kCoveredOffset, '\0');
  const ssize_t got = pread(fd, header.data(), header.size(), 0);
  if (got < 0) return Failed("read", path);
  header.resize(static_cast<size_t>(got));
  if (header.size() < snapshot::kCoveredOffset) header.resize(snapshot::kCoveredOffset);
  return header.substr(snapshot::kChecksumOffset, snapshot::kChecksumSize);
}

absl::StatusOr<IncomingCopy> IncomingCopy::Create(const std::string& state) {
  std::string path;
  STRATA_ASSIGN_OR_RETURN(const int fd, OpenIncoming(state, &path));
  return IncomingCopy(fd, std::move(path));
}

IncomingCopy::IncomingCopy(IncomingCopy&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), path_(std::exchange(other.path_, {})) {}

IncomingCopy::~IncomingCopy() {
  if (fd_ >= 0) close(fd_);
  if (!path_.empty()) unlink(path_.c_str());
}

absl::Status IncomingCopy::CopyFrom(const std::string& path) {
  STRATA_ASSIGN_OR_RETURN(const int in, OpenFile(path));
  const absl::Cleanup close_in = [in] { close(in); };
  return CopyOctets(in, fd_, path, path_);
}

absl::Status IncomingCopy::Append(absl::string_view octets) {
  return WriteAll(fd_, octets.data(), octets.size(), path_);
}

absl::Status IncomingCopy::Sync() { return fsync(fd_) == 0 ? absl::OkStatus() : Failed("sync", path_); }

absl::Status IncomingCopy::Keep(const std::string& state, absl::string_view checksum) {
  const std::string path = StatePath(state, checksum);
  if (fchmod(fd_, 0444) != 0) return Failed("make read-only", path_);
  if (rename(path_.c_str(), path.c_str()) != 0) return Failed("rename to", path);
  path_.clear();
  close(std::exchange(fd_, -1));
  return absl::OkStatus();
}

absl::Status SyncAll(absl::Span<IncomingCopy* const> copies, const std::string& state) {
  if (copies.size() > kMaxSyncedAlone) {
    const int fd = open(state.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return Failed("open", state);
    const absl::Cleanup close_fd = [fd] { close(fd); };
    return syncfs(fd) == 0 ? absl::OkStatus() : Failed("sync the file system of", state);
  }
  for (IncomingCopy* copy : copies) STRATA_RETURN_IF_ERROR(copy->Sync());
  return absl::OkStatus();
}

absl::Status SyncNames(const std::string& state) {
  const int fd = open(state.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return Failed("open", state);
  const absl::Cleanup close_fd = [fd] { close(fd); };
  return fsync(fd) == 0 ? absl::OkStatus() : Failed("sync", state);
}

void RemoveCopy(const std::string& state, absl::string_view checksum) { unlink(StatePath(state, checksum).c_str()); }

void KeepOnly(const std::set<std::string>& used, const std::string& state) {
  for (const std::string& name : FilesOf(state)) {
    const std::string path = absl::StrCat(state, "/", name);
    if (IsCopyName(name) && used.find(path) == used.end()) unlink(path.c_str());
  }
}

}  // namespace strata::authority
