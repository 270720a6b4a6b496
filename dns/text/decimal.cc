// SPDX-License-Identifier: Apache-2.0
#include "dns/text/decimal.h"

namespace strata::dns {

std::optional<uint32_t> ParseDecimal(absl::string_view text, uint32_t max) {
  if (text.empty()) return std::nullopt;
  uint64_t value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<uint64_t>(c - '0');
    if (value > max) return std::nullopt;
  }
  return static_cast<uint32_t>(value);
}

}  // namespace strata::dns
