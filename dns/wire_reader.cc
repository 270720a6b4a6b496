// SPDX-License-Identifier: Apache-2.0
#include "dns/wire_reader.h"

#include "dns/name.h"

namespace strata::dns {
namespace {

constexpr uint8_t kPointerBits = 0xc0;

}  // namespace

uint8_t WireReader::ReadU8() {
  if (!Need(1)) return 0;
  return static_cast<uint8_t>(message_[position_++]);
}

uint16_t WireReader::ReadU16() {
  if (!Need(2)) return 0;
  const auto* p = reinterpret_cast<const uint8_t*>(message_.data() + position_);
  position_ += 2;
  return static_cast<uint16_t>(p[0] << 8 | p[1]);
}

uint32_t WireReader::ReadU32() {
  if (!Need(4)) return 0;
  const auto* p = reinterpret_cast<const uint8_t*>(message_.data() + position_);
  position_ += 4;
  return uint32_t{p[0]} << 24 | uint32_t{p[1]} << 16 | uint32_t{p[2]} << 8 | p[3];
}

absl::string_view WireReader::ReadBytes(size_t count) {
  if (!Need(count)) return {};
  absl::string_view bytes = message_.substr(position_, count);
  position_ += count;
  return bytes;
}

void WireReader::ReadName(std::string* wire) {
  const size_t start_size = wire->size();
  size_t at = position_;
  size_t limit = end_;     // reading may not pass the limit before the first pointer
  size_t part_start = at;  // where the run of labels that we are in began
  bool jumped = false;
  while (true) {
    if (at >= limit) return Fail();
    const auto size = static_cast<uint8_t>(message_[at]);
    if ((size & kPointerBits) == kPointerBits) {
      if (at + 1 >= limit) return Fail();
      const size_t target = static_cast<size_t>(size & 0x3f) << 8 | static_cast<uint8_t>(message_[at + 1]);
      if (!jumped) position_ = at + 2;
      if (target >= part_start) return Fail();
      at = part_start = target;
      limit = message_.size();
      jumped = true;
      continue;
    }
    if (size > kMaxLabelSize || at + size >= limit || wire->size() - start_size + size + 1 > kMaxNameSize) {
      return Fail();
    }
    wire->append(message_.data() + at, size + 1u);
    at += size + 1u;
    if (size == 0) break;
  }
  if (!jumped) position_ = at;
}

void WireReader::ReadUncompressedName(std::string* wire) {
  const size_t size = WireNameSize(message_.substr(position_, end_ - position_));
  if (size == 0) return Fail();
  const absl::string_view name = ReadBytes(size);
  wire->append(name.data(), name.size());
}

void WireReader::SkipName() {
  while (true) {
    const uint8_t size = ReadU8();
    if (size == 0) return;  // the root, or a failed read
    if ((size & kPointerBits) == kPointerBits) {
      ReadU8();
      return;
    }
    if (size > kMaxLabelSize) return Fail();
    ReadBytes(size);
  }
}

void WireReader::PushLimit(size_t count) {
  if (Need(count)) end_ = position_ + count;
}

void WireReader::PopLimit() {
  const bool all_read = AtEnd();
  end_ = message_.size();
  if (!ok_ || !all_read) Fail();
}

}  // namespace strata::dns
