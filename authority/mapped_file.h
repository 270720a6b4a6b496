// A file mapped into memory, whose failing pages do not take the process down.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_MAPPED_FILE_H_
#define STRATA_AUTHORITY_MAPPED_FILE_H_

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "authority/zone_catalog.h"

namespace strata::authority {

// Read-only. A page that cannot be read (a disk error, a file cut short by someone) raises SIGBUS; the handler that the
// first Open() installs puts zeros in the place of the file's whole mapping and marks it damaged, and the access goes
// on. Faults outside all mapped files keep their usual effect.
class MappedFile : public ZoneOctets {
 public:
  // The most files that are guarded at a time; further ones are mapped all the same.
  static constexpr int kMaxGuarded = 1 << 20;

  static absl::StatusOr<std::unique_ptr<MappedFile>> Open(const std::string& path);
  ~MappedFile() override;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  absl::string_view octets() const override { return absl::string_view(static_cast<const char*>(start_), size_); }
  bool damaged() const override { return damaged_.load(std::memory_order_relaxed); }

 private:
  MappedFile(void* start, size_t size) : start_(start), size_(size) {}

  void* start_;
  size_t size_;
  std::atomic<bool> damaged_{false};
  int guard_slot_ = -1;
};

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_MAPPED_FILE_H_
