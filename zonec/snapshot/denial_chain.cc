// SPDX-License-Identifier: Apache-2.0
#include "zonec/snapshot/denial_chain.h"

#include <algorithm>
#include <optional>

namespace strata::snapshot {
namespace {

constexpr size_t kHashDigits = 32;  // of five bits each

// Of a digit of base32hex (RFC 4648 §7) in lower case, or -1.
int DigitValue(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  return digit >= 'a' && digit <= 'v' ? digit - 'a' + 10 : -1;
}

uint32_t HashKey(absl::string_view name) {
  uint64_t bits = 0;
  constexpr size_t kDigits = 7;
  for (size_t i = 1; i <= kDigits; ++i) bits = bits << 5 | static_cast<uint64_t>(DigitValue(name[i]));
  return static_cast<uint32_t>(bits >> (5 * kDigits - 32));
}

uint32_t LabelKey(absl::string_view name, size_t origin_size) {
  absl::string_view label;
  while (name.size() > origin_size) {
    const size_t size = 1 + size_t{static_cast<uint8_t>(name[0])};
    label = name.substr(1, size - 1);
    name.remove_prefix(std::min(size, name.size()));
  }
  uint32_t key = 0;
  for (size_t i = 0; i < sizeof key; ++i) key = key << 8 | (i < label.size() ? static_cast<uint8_t>(label[i]) : 0);
  return key;
}

}  // namespace

bool HasHashedForm(absl::string_view name) {
  if (name.size() <= 1 + kHashDigits || name[0] != kHashDigits) return false;
  const absl::string_view label = name.substr(1, kHashDigits);
  return std::all_of(label.begin(), label.end(), [](char digit) { return DigitValue(digit) >= 0; });
}

uint32_t ChainKey(Denial kind, absl::string_view name, size_t origin_size) {
  return kind == Denial::kNsec3 ? HashKey(name) : LabelKey(name, origin_size);
}

void DenialChain::AddNsec3Param(absl::string_view rdata) {
  const uint32_t number = next_number_++;
  const std::optional<Nsec3Parameters> read = ReadNsec3Parameters(rdata);
  if (found_ || !read || rdata[1] != 0) return;
  found_ = true;
  number_ = number;
  iterations_ = read->iterations;
  salt_ = std::string(read->salt);
}

bool DenialChain::Holds(absl::string_view nsec3_rdata) const {
  return ReadNsec3Parameters(nsec3_rdata) == parameters();
}

}  // namespace strata::snapshot
