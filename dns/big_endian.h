// Integers in network byte order, in octets that are known to be there.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_BIG_ENDIAN_H_
#define STRATA_DNS_BIG_ENDIAN_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace strata::dns {

// REQUIRE: at least 2 or 4 octets; what follows is not looked at.
inline uint16_t ReadU16(absl::string_view octets) {
  return static_cast<uint16_t>(static_cast<uint8_t>(octets[0]) << 8 | static_cast<uint8_t>(octets[1]));
}
inline uint32_t ReadU32(absl::string_view octets) {
  return uint32_t{ReadU16(octets)} << 16 | ReadU16(octets.substr(2));
}

inline void AppendU16(uint16_t value, std::string* out) {
  out->push_back(static_cast<char>(value >> 8));
  out->push_back(static_cast<char>(value));
}
inline void AppendU32(uint32_t value, std::string* out) {
  AppendU16(static_cast<uint16_t>(value >> 16), out);
  AppendU16(static_cast<uint16_t>(value), out);
}

}  // namespace strata::dns

#endif  // STRATA_DNS_BIG_ENDIAN_H_
