// SPDX-License-Identifier: Apache-2.0
#include "dns/plain_name.h"

#include <emmintrin.h>

#include <bit>
#include <cstdint>
#include <cstring>

namespace strata::dns {
namespace {

constexpr size_t kBlock = NameBuffer::kRoomBehind;

// A bit for each of the 16 octets: what is `c`.
uint32_t Equal(__m128i octets, char c) {
  return static_cast<uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(octets, _mm_set1_epi8(c))));
}

// Of the octets at `from`, `size` of them, and zeros behind. Reads nothing else, and puts them together without going
// through memory: a processor waits for what is read in larger pieces than it was written in.
__m128i LoadBlock(const char* from, size_t size) {
  if (size >= kBlock) return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
  uint64_t low = 0, high = 0;
  if (size >= 8) {
    std::memcpy(&low, from, 8);
    std::memcpy(&high, from + size - 8, 8);
    // Those that `low` has go; by two shifts, for one by 64 is none.
    high = high >> 1 >> (8 * (kBlock - size) - 1);
  } else if (size >= 4) {
    uint32_t first, last;
    std::memcpy(&first, from, 4);
    std::memcpy(&last, from + size - 4, 4);
    low = first | static_cast<uint64_t>(last) << (8 * (size - 4));
  } else {
    for (size_t i = 0; i < size; ++i) low |= static_cast<uint64_t>(static_cast<uint8_t>(from[i])) << (8 * i);
  }
  return _mm_set_epi64x(static_cast<int64_t>(high), static_cast<int64_t>(low));
}

// Writes the length of the label between its place and `end`; false when no label is as long.
bool CloseLabel(size_t length_at, size_t end, char* octets) {
  const size_t size = end - length_at - 1;
  octets[length_at] = static_cast<char>(size);
  return size - 1 < kMaxLabelSize;
}

}  // namespace

size_t ReadPlainName(absl::string_view text, absl::string_view origin, NameBuffer* buffer) {
  // A dot takes as many octets as a length, so the wire form is the text one octet on, with lengths for its dots.
  char* const octets = buffer->octets;
  const size_t end = text.size() + 1;
  if (text.size() < 2 ? text.empty() || text[0] == '@' : end > kMaxNameSize) return 0;
  size_t length_at = 0;
  for (size_t block = 1; block < end; block += kBlock) {
    const __m128i some = LoadBlock(text.data() + block - 1, end - block);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(octets + block), some);
    const uint32_t within = end - block >= kBlock ? 0xffff : (1u << (end - block)) - 1;
    if ((Equal(some, '\\') & within) != 0) return 0;
    for (uint32_t dots = Equal(some, '.') & within; dots != 0; dots &= dots - 1) {
      const size_t dot = block + static_cast<size_t>(std::countr_zero(dots));
      if (!CloseLabel(length_at, dot, octets)) return 0;
      length_at = dot;
    }
  }
  if (length_at + 1 == end) {  // it ends with a dot
    octets[length_at] = '\0';
    return end;
  }
  if (!CloseLabel(length_at, end, octets) || end + origin.size() > kMaxNameSize) return 0;
  std::memcpy(octets + end, origin.data(), origin.size());
  return end + origin.size();
}

}  // namespace strata::dns
