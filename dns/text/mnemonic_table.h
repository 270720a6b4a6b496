// Tables of IANA registries: numbers and their mnemonics.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_TEXT_MNEMONIC_TABLE_H_
#define STRATA_DNS_TEXT_MNEMONIC_TABLE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

namespace strata::dns {

// A table is an array of rows in ascending order. Of rows with one number the first is how it is written, the others
// are only read.
struct Mnemonic {
  uint16_t number;
  const char* text;
};

template <size_t N>
constexpr bool IsAscending(const Mnemonic (&table)[N]) {
  return std::is_sorted(std::begin(table), std::end(table),
                        [](const Mnemonic& a, const Mnemonic& b) { return a.number < b.number; });
}

// nullptr when `number` has none.
template <size_t N>
const char* MnemonicOf(const Mnemonic (&table)[N], uint16_t number) {
  const Mnemonic* row = std::lower_bound(std::begin(table), std::end(table), number,
                                         [](const Mnemonic& m, uint16_t n) { return m.number < n; });
  return row != std::end(table) && row->number == number ? row->text : nullptr;
}

// In any case of letters.
template <size_t N>
std::optional<uint16_t> NumberOf(const Mnemonic (&table)[N], absl::string_view mnemonic) {
  for (const Mnemonic& row : table) {
    if (absl::EqualsIgnoreCase(row.text, mnemonic)) return row.number;
  }
  return std::nullopt;
}

}  // namespace strata::dns

#endif  // STRATA_DNS_TEXT_MNEMONIC_TABLE_H_
