// Opens the files that zones are answered from.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_ZONE_OCTETS_H_
#define STRATA_AUTHORITY_ZONE_OCTETS_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "authority/zone_catalog.h"

namespace strata::authority {

// Up to so many octets a file is read into memory: a mapping takes whole pages, and the kernel counts them (65530 a
// process, vm.max_map_count), so that there could not be as many zones as some have.
inline constexpr size_t kMaxSizeInMemory = size_t{32} << 10;

// Larger ones are mapped (authority/mapped_file.h). Fails where the file cannot be read, or is empty.
absl::StatusOr<std::shared_ptr<const ZoneOctets>> OpenZoneOctets(const std::string& path);

// A snapshot's octets as a zone. With `verify` all of them are checked, else the header (SnapshotReader).
absl::StatusOr<std::shared_ptr<const Zone>> OpenZone(const std::string& path, bool verify);

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_ZONE_OCTETS_H_
