// SPDX-License-Identifier: Apache-2.0
#include "authority/zone_octets.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "authority/mapped_file.h"
#include "base/status_macros.h"

namespace strata::authority {
namespace {

class OctetsInMemory : public ZoneOctets {
 public:
  explicit OctetsInMemory(std::string octets) : octets_(std::move(octets)) {}
  absl::string_view octets() const override { return octets_; }
  bool damaged() const override { return false; }

 private:
  const std::string octets_;
};

absl::Status Failed(absl::string_view action, const std::string& path) {
  return absl::ErrnoToStatus(errno, absl::StrCat("cannot ", action, " ", path));
}

}  // namespace

absl::StatusOr<std::shared_ptr<const ZoneOctets>> OpenZoneOctets(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return Failed("open", path);
  const absl::Cleanup close_fd = [fd] { close(fd); };
  struct stat status {};
  if (fstat(fd, &status) != 0) return Failed("stat", path);
  if (status.st_size == 0 || static_cast<size_t>(status.st_size) > kMaxSizeInMemory) {
    STRATA_ASSIGN_OR_RETURN(std::unique_ptr<MappedFile> file, MappedFile::Open(path));
    return std::shared_ptr<const ZoneOctets>(std::move(file));
  }
  std::string octets(static_cast<size_t>(status.st_size), '\0');
  const ssize_t got = pread(fd, octets.data(), octets.size(), 0);
  if (got < 0) return Failed("read", path);
  octets.resize(static_cast<size_t>(got));  // cut short meanwhile: whoever reads it finds that out
  return std::make_shared<const OctetsInMemory>(std::move(octets));
}

absl::StatusOr<std::shared_ptr<const Zone>> OpenZone(const std::string& path, bool verify) {
  STRATA_ASSIGN_OR_RETURN(std::shared_ptr<const ZoneOctets> octets, OpenZoneOctets(path));
  STRATA_ASSIGN_OR_RETURN(const snapshot::SnapshotReader reader, snapshot::SnapshotReader::Open(octets->octets()));
  if (verify) STRATA_RETURN_IF_ERROR(reader.Verify());
  return std::make_shared<const Zone>(Zone{reader, std::move(octets)});
}

}  // namespace strata::authority
