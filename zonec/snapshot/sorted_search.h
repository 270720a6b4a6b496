// Searches a sorted table from where what is sought is likely to be.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_SNAPSHOT_SORTED_SEARCH_H_
#define STRATA_ZONEC_SNAPSHOT_SORTED_SEARCH_H_

#include <algorithm>
#include <cstdint>

namespace strata::snapshot {

// Entries [begin, end) of a table.
struct TableRange {
  uint32_t begin;
  uint32_t end;
};

// The first entry of the range for which `is_behind`, or its end. `is_behind(i)` is false for the entries up to some
// place and true from there on; where it is not, the result is some entry of the range, or its end.
template <typename IsBehind>
uint32_t FirstBehind(TableRange range, const IsBehind& is_behind) {
  while (range.begin < range.end) {
    const uint32_t middle = range.begin + (range.end - range.begin) / 2;
    if (is_behind(middle)) {
      range.end = middle;
    } else {
      range.begin = middle + 1;
    }
  }
  return range.begin;
}

// The same of a table of `count` entries, fast where the result is near `guess`: looks at twice the logarithm of the
// distance at most. REQUIRES: guess < count.
template <typename IsBehind>
uint32_t FirstBehindNear(uint32_t guess, uint32_t count, const IsBehind& is_behind) {
  TableRange range{0, count};
  uint32_t step = 1;
  if (is_behind(guess)) {
    range.end = guess;
    for (; range.end > range.begin; step *= 2) {
      const uint32_t probe = range.end - std::min(step, range.end);
      if (!is_behind(probe)) {
        range.begin = probe + 1;
        break;
      }
      range.end = probe;
    }
  } else {
    range.begin = guess + 1;
    for (; range.begin < range.end; step *= 2) {
      const uint32_t probe = range.begin + std::min(step, range.end - range.begin) - 1;
      if (is_behind(probe)) {
        range.end = probe;
        break;
      }
      range.begin = probe + 1;
    }
  }
  return FirstBehind(range, is_behind);
}

// Where `key` is likely to be among `count` keys that are spread evenly over all 32-bit numbers, ascending: a few
// entries off. `key_at(i)` is the i-th. REQUIRES: count > 0.
template <typename KeyAt>
uint32_t GuessEvenlySpread(uint32_t key, uint32_t count, const KeyAt& key_at) {
  const int64_t last = int64_t{count} - 1;
  int64_t at = static_cast<int64_t>(uint64_t{key} * count >> 32);
  // Off by about the root of `count` at first, and by the root of that after each step.
  for (int steps = 0; steps < 2; ++steps) {
    const int64_t missing = int64_t{key} - int64_t{key_at(static_cast<uint32_t>(at))};
    at = std::clamp(at + (missing * int64_t{count} >> 32), int64_t{0}, last);
  }
  return static_cast<uint32_t>(at);
}

}  // namespace strata::snapshot

#endif  // STRATA_ZONEC_SNAPSHOT_SORTED_SEARCH_H_
