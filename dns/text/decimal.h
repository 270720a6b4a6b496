// Decimal numbers in text.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_TEXT_DECIMAL_H_
#define STRATA_DNS_TEXT_DECIMAL_H_

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"

namespace strata::dns {

// Digits and nothing else: no sign, no blank; zeros may lead. nullopt when `text` is none, or above `max`.
std::optional<uint32_t> ParseDecimal(absl::string_view text, uint32_t max);

}  // namespace strata::dns

#endif  // STRATA_DNS_TEXT_DECIMAL_H_
