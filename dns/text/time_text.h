// TTLs and times as zone files write them.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_TEXT_TIME_TEXT_H_
#define STRATA_DNS_TEXT_TIME_TEXT_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace strata::dns {

// The largest TTL (RFC 2181 §8).
inline constexpr uint32_t kMaxTtl = 0x7fffffff;

// A time span in seconds: one decimal number, or several with BIND's units (`1h30m`, `2W`; s m h d w in any case).
// nullopt when it is neither, or above `max`.
std::optional<uint32_t> ParseSeconds(absl::string_view text, uint32_t max);

// A TTL: the same, up to kMaxTtl.
std::optional<uint32_t> ParseTtl(absl::string_view text);

// A time of RFC 4034 §3.2: YYYYMMDDHHmmSS in UTC, or decimal seconds since 1970. nullopt when it is neither, names no
// such day or second, or lies outside of 1970 to 2106, which 32 bits can hold.
std::optional<uint32_t> ParseTime(absl::string_view text);

// Appends YYYYMMDDHHmmSS.
void AppendTimeText(uint32_t seconds_since_1970, std::string* out);

}  // namespace strata::dns

#endif  // STRATA_DNS_TEXT_TIME_TEXT_H_
