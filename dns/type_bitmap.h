// The type bitmap of NSEC, NSEC3 and CSYNC (RFC 4034 §4.1.2).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_TYPE_BITMAP_H_
#define STRATA_DNS_TYPE_BITMAP_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace strata::dns {

// Whether windows are in ascending order and each has 1 to 32 octets of which the last is not zero. An empty bitmap is
// valid: it holds no type.
bool IsValidTypeBitmap(absl::string_view bitmap);

// The two below take valid bitmaps.
bool TypeBitmapContains(absl::string_view bitmap, uint16_t type);
// Ascending.
std::vector<uint16_t> TypesOfBitmap(absl::string_view bitmap);

// Of types in any order; doubles count once.
std::string MakeTypeBitmap(std::vector<uint16_t> types);

}  // namespace strata::dns

#endif  // STRATA_DNS_TYPE_BITMAP_H_
