// SPDX-License-Identifier: Apache-2.0
#include "dns/wire_writer.h"

#include <algorithm>
#include <bit>

namespace strata::dns {

static_assert(std::endian::native == std::endian::little, "WriteU32 swaps octets");

namespace {

constexpr size_t kMaxPointerTarget = 0x3fff;

bool LabelsEqual(const char* a, const char* b, size_t size) {
  if (std::memcmp(a, b, size) == 0) return true;
  return std::equal(a, a + size, b, [](char x, char y) { return ToLowerAscii(x) == ToLowerAscii(y); });
}

}  // namespace

WireWriter::WireWriter(char* buffer, size_t capacity)
    : buffer_(buffer), capacity_(static_cast<uint16_t>(std::min<size_t>(capacity, 65535))) {}

// Pointers here were written by this writer, so they only lead backwards to whole names.
bool WireWriter::Matches(absl::string_view suffix, size_t offset) const {
  size_t at = 0;
  while (true) {
    const auto size = static_cast<uint8_t>(buffer_[offset]);
    if (size >= 0xc0) {
      offset = static_cast<size_t>(size & 0x3f) << 8 | static_cast<uint8_t>(buffer_[offset + 1]);
      continue;
    }
    if (size != static_cast<uint8_t>(suffix[at])) return false;
    if (size == 0) return true;
    if (!LabelsEqual(buffer_ + offset + 1, suffix.data() + at + 1, size)) return false;
    offset += size + 1u;
    at += size + 1u;
  }
}

uint16_t WireWriter::FindSuffix(absl::string_view suffix) const {
  for (size_t i = 0; i < known_count_; ++i) {
    if (known_[i].size == suffix.size() && Matches(suffix, known_[i].offset)) return known_[i].offset;
  }
  return 0;
}

void WireWriter::WriteName(absl::string_view wire) {
  size_t at = 0;
  const uint16_t start = size_;
  uint16_t pointer = 0;
  while (wire[at] != 0) {
    pointer = FindSuffix(wire.substr(at));
    if (pointer != 0) break;
    at += static_cast<uint8_t>(wire[at]) + 1u;
  }
  WriteBytes(wire.substr(0, at));
  if (pointer != 0) {
    WriteNamePointer(pointer);
  } else {
    WriteU8(0);
  }
  if (!ok_) return;
  for (size_t i = 0; i < at && known_count_ < kMaxKnownNames && start + i <= kMaxPointerTarget;
       i += static_cast<uint8_t>(wire[i]) + 1u) {
    known_[known_count_++] = {static_cast<uint16_t>(start + i), static_cast<uint8_t>(wire.size() - i)};
  }
}

void WireWriter::PatchU16(size_t offset, uint16_t value) {
  if (offset + 2 > size_) return;
  buffer_[offset] = static_cast<char>(value >> 8);
  buffer_[offset + 1] = static_cast<char>(value);
}

void WireWriter::Rollback(Mark mark) {
  size_ = mark.size;
  known_count_ = mark.known;
  ok_ = true;
}

void WireWriter::SetCapacity(size_t capacity) { capacity_ = static_cast<uint16_t>(std::min<size_t>(capacity, 65535)); }

}  // namespace strata::dns
