// SPDX-License-Identifier: Apache-2.0
#include "dns/wire_writer.h"

#include <algorithm>
#include <bit>

namespace strata::dns {

static_assert(std::endian::native == std::endian::little, "WriteU32 swaps octets");

namespace {

constexpr size_t kMaxMessageSize = 65535;
constexpr size_t kMaxPointerTarget = 0x3fff;

// Labels are passed by the address of their length octet.

// Equal keys are needed, not sufficient, for equal nodes.
uint32_t KeyOf(int parent, const char* label) {
  const auto above = static_cast<uint8_t>(parent + 1);
  const auto size = static_cast<uint8_t>(*label);
  const auto first = static_cast<uint8_t>(ToLowerAscii(label[1]));
  const auto last = static_cast<uint8_t>(ToLowerAscii(label[size]));
  return uint32_t{above} << 24 | uint32_t{size} << 16 | uint32_t{first} << 8 | last;
}

// The labels have the same size.
bool LabelsEqual(const char* a, const char* b) {
  for (int i = *a; i > 0; --i) {
    if (a[i] != b[i] && ToLowerAscii(a[i]) != ToLowerAscii(b[i])) return false;
  }
  return true;
}

}  // namespace

WireWriter::WireWriter(char* buffer, size_t capacity)
    : buffer_(buffer),
      capacity_(static_cast<uint16_t>(std::min(capacity, kMaxMessageSize))),
      max_capacity_(capacity_) {}

int WireWriter::FindLabel(int parent, const char* label) const {
  const uint32_t key = KeyOf(parent, label);
  for (int node = parent + 1; node < known_count_; ++node) {  // a child comes behind its parent
    if (known_keys_[node] == key && LabelsEqual(buffer_ + known_offsets_[node], label)) return node;
  }
  return kRoot;
}

void WireWriter::WriteName(absl::string_view wire) {
  std::array<uint8_t, kMaxLabels> starts;
  int fresh = 0;  // how many labels, from the left, do not stand in the message yet
  size_t fresh_size = 0;
  while (wire[fresh_size] != 0) {
    starts[fresh++] = static_cast<uint8_t>(fresh_size);
    fresh_size += static_cast<uint8_t>(wire[fresh_size]) + 1u;
  }
  int parent = kRoot;
  while (fresh > 0) {
    const int node = FindLabel(parent, wire.data() + starts[fresh - 1]);
    if (node == kRoot) break;
    parent = node;
    fresh_size = starts[--fresh];
  }

  if (!Need(fresh_size + (parent == kRoot ? 1 : 2))) return;
  const size_t offset = size_;
  WriteBytes(absl::string_view(wire.data(), fresh_size));
  if (parent == kRoot) {
    WriteU8(0);
  } else {
    WriteNamePointer(known_offsets_[parent]);
  }

  while (fresh-- > 0) {
    const size_t at = offset + starts[fresh];
    if (at > kMaxPointerTarget || known_count_ == kMaxKnownLabels) return;
    known_keys_[known_count_] = KeyOf(parent, buffer_ + at);
    known_offsets_[known_count_] = static_cast<uint16_t>(at);
    parent = known_count_++;
  }
}

void WireWriter::PatchU16(size_t offset, uint16_t value) {
  if (offset > size_ || size_ - offset < 2) return;
  buffer_[offset] = static_cast<char>(value >> 8);
  buffer_[offset + 1] = static_cast<char>(value);
}

void WireWriter::Rollback(Mark mark) {
  size_ = mark.size;
  known_count_ = mark.known;
  ok_ = mark.ok;
}

void WireWriter::SetCapacity(size_t capacity) {
  capacity_ = static_cast<uint16_t>(std::clamp<size_t>(capacity, size_, max_capacity_));
}

}  // namespace strata::dns
