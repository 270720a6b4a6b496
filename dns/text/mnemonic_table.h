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

// NumberOf() in constant time, for tables that are asked for each record of a zone.
template <size_t N>
class MnemonicIndex {
 public:
  explicit constexpr MnemonicIndex(const Mnemonic (&table)[N]) : table_(table) {
    static_assert(N < 255 && N * 2 <= kSlots);
    for (size_t row = 0; row < N; ++row) {
      const absl::string_view text(table[row].text);
      size_t slot = SlotOf(text);
      while (slots_[slot].row != 0) slot = (slot + 1) % kSlots;
      slots_[slot] = {static_cast<uint8_t>(row + 1), static_cast<uint8_t>(text.size())};
    }
  }

  // In any case of letters; -1 when there is none.
  int NumberOf(absl::string_view mnemonic) const {
    for (size_t slot = SlotOf(mnemonic); slots_[slot].row != 0; slot = (slot + 1) % kSlots) {
      const Mnemonic& row = table_[slots_[slot].row - 1];
      if (absl::EqualsIgnoreCase(absl::string_view(row.text, slots_[slot].size), mnemonic)) return row.number;
    }
    return -1;
  }

 private:
  static constexpr size_t kSlots = 512;

  struct Slot {
    uint8_t row = 0;  // counted from 1; 0: empty
    uint8_t size = 0;
  };

  static constexpr size_t SlotOf(absl::string_view text) {
    uint32_t hash = static_cast<uint32_t>(text.size());
    for (const char c : text) hash = hash * 31 + (static_cast<uint8_t>(c) & 0xdfu);  // letters folded
    return (hash ^ hash >> 9) % kSlots;
  }

  const Mnemonic (&table_)[N];
  Slot slots_[kSlots] = {};
};

}  // namespace strata::dns

#endif  // STRATA_DNS_TEXT_MNEMONIC_TABLE_H_
