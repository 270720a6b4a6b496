// SPDX-License-Identifier: Apache-2.0
#include "zonec/snapshot/sibling_sort.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace strata::snapshot {
namespace {

// Fewer than that are sorted faster by comparison.
constexpr size_t kMany = 256;

absl::string_view FirstLabel(absl::string_view name) { return name.substr(1, static_cast<uint8_t>(name[0])); }

}  // namespace

uint64_t SiblingKey(absl::string_view name) {
  const absl::string_view label = FirstLabel(name);
  uint64_t key = 0;
  for (size_t i = 0; i < sizeof key; ++i) key = key << 8 | (i < label.size() ? static_cast<uint8_t>(label[i]) : 0);
  return key;
}

bool SiblingSort::Before(const Sibling& a, const Sibling& b) const {
  return a.key != b.key ? a.key < b.key : FirstLabel(names_.name(a.id)) < FirstLabel(names_.name(b.id));
}

void SiblingSort::Sort(absl::Span<Sibling> siblings) {
  if (siblings.size() < 2) return;
  const auto before = [this](const Sibling& a, const Sibling& b) { return Before(a, b); };
  if (std::is_sorted(siblings.begin(), siblings.end(), before)) return;
  if (siblings.size() < kMany) {
    std::sort(siblings.begin(), siblings.end(), before);
    return;
  }
  SortByKey(siblings);
  // What is equal so far stands together.
  for (auto begin = siblings.begin(); begin != siblings.end();) {
    auto end = begin + 1;
    while (end != siblings.end() && end->key == begin->key) ++end;
    if (end - begin > 1) std::sort(begin, end, before);
    begin = end;
  }
}

void SiblingSort::SortByKey(absl::Span<Sibling> siblings) {
  constexpr size_t kOctets = sizeof(Sibling::key), kValues = 256;
  // How often each octet has each value.
  std::array<std::array<uint32_t, kValues>, kOctets> counts{};
  for (const Sibling& sibling : siblings) {
    for (size_t i = 0; i < kOctets; ++i) ++counts[i][sibling.key >> (8 * i) & 0xff];
  }
  if (other_.size() < siblings.size()) other_.resize(siblings.size());
  absl::Span<Sibling> from = siblings, to = absl::MakeSpan(other_).subspan(0, siblings.size());
  // From the last octet to the first; each pass keeps the order among equals.
  for (size_t i = 0; i < kOctets; ++i) {
    std::array<uint32_t, kValues>& places = counts[i];
    if (places[from[0].key >> (8 * i) & 0xff] == siblings.size()) continue;  // the same in all
    uint32_t sum = 0;
    for (uint32_t& place : places) {
      const uint32_t count = place;
      place = sum;
      sum += count;
    }
    for (const Sibling& sibling : from) to[places[sibling.key >> (8 * i) & 0xff]++] = sibling;
    std::swap(from, to);
  }
  if (from.data() != siblings.data()) std::copy(from.begin(), from.end(), siblings.begin());
}

}  // namespace strata::snapshot
