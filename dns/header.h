// The header of a DNS message (RFC 1035 §4.1.1, RFC 4035 §3.1.6, §3.2.2).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_HEADER_H_
#define STRATA_DNS_HEADER_H_

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"

namespace strata::dns {

inline constexpr size_t kHeaderSize = 12;

// Offsets of the header's fields.
inline constexpr size_t kFlagsOffset = 2;
inline constexpr size_t kQdCountOffset = 4;
inline constexpr size_t kAnCountOffset = 6;
inline constexpr size_t kNsCountOffset = 8;
inline constexpr size_t kArCountOffset = 10;

// Bits of the flags word.
inline constexpr uint16_t kQr = 0x8000;
inline constexpr uint16_t kAa = 0x0400;
inline constexpr uint16_t kTc = 0x0200;
inline constexpr uint16_t kRd = 0x0100;
inline constexpr uint16_t kRa = 0x0080;
inline constexpr uint16_t kAd = 0x0020;
inline constexpr uint16_t kCd = 0x0010;
inline constexpr uint16_t kRcodeMask = 0x000f;
inline constexpr int kOpcodeShift = 11;

inline constexpr uint8_t OpcodeOf(uint16_t flags) { return flags >> kOpcodeShift & 0x0f; }

// Big-endian fields of a message in place; REQUIRES: at + 2 octets are there.
inline uint16_t GetU16(absl::string_view message, size_t at) {
  return static_cast<uint16_t>(static_cast<uint8_t>(message[at]) << 8 | static_cast<uint8_t>(message[at + 1]));
}
inline void SetU16(char* message, size_t at, uint16_t value) {
  message[at] = static_cast<char>(value >> 8);
  message[at + 1] = static_cast<char>(value);
}

}  // namespace strata::dns

#endif  // STRATA_DNS_HEADER_H_
