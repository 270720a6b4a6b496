// Bounded writes of a DNS message, with name compression (RFC 1035 §4.1.4).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_WIRE_WRITER_H_
#define STRATA_DNS_WIRE_WRITER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "absl/strings/string_view.h"
#include "dns/name.h"

namespace strata::dns {

// Writes big-endian integers, octets and names into `buffer`, which must outlive the writer. Never
// allocates and never writes outside.
//
// Failure is sticky: once something does not fit, ok() is false and nothing more is written, until Rollback() to a mark
// set before. What does not fit leaves no part of itself behind. Not thread-safe.
class WireWriter {
 public:
  // What to return to when the part begun here turns out not to fit.
  struct Mark {
    uint16_t size;
    uint8_t known;
    bool ok;
  };

  // The message starts at `buffer`. At most 65535 octets are written.
  WireWriter(char* buffer, size_t capacity);

  void WriteU8(uint8_t value);
  void WriteU16(uint16_t value);
  void WriteU32(uint32_t value);
  void WriteBytes(absl::string_view bytes);

  // Writes a valid uncompressed name, its longest suffix that stands in the message already replaced by a pointer, and
  // remembers the new suffixes. Letters are matched without regard to case.
  void WriteName(absl::string_view wire);
  // As it is, neither compressed nor remembered (RFC 3597 §4).
  void WriteUncompressedName(absl::string_view wire) { WriteBytes(wire); }
  // A pointer to a name that is known to stand at `offset` (RFC 1035 §4.1.4: below 0x4000).
  void WriteNamePointer(uint16_t offset) { WriteU16(static_cast<uint16_t>(0xc000 | offset)); }

  // Sets two octets that were written before.
  void PatchU16(size_t offset, uint16_t value);

  Mark mark() const { return {size_, known_count_, ok_}; }
  void Rollback(Mark mark);

  // Lowers or raises the limit, within size() and the constructor's capacity.
  void SetCapacity(size_t capacity);

  bool ok() const { return ok_; }
  size_t size() const { return size_; }
  size_t remaining() const { return capacity_ - size_; }
  absl::string_view message() const { return absl::string_view(buffer_, size_); }

 private:
  // The names that stand in the message form a tree: each label is a node below the label to its right. A node is known
  // by its index; kRoot is above them all.
  static constexpr int kRoot = -1;
  // Beyond this many labels, further names are compressed against the first ones only.
  static constexpr int kMaxKnownLabels = 192;

  bool Need(size_t count);
  // The node of the label whose length octet is at `label`, below `parent`; kRoot when it is not known.
  int FindLabel(int parent, const char* label) const;

  char* buffer_;
  uint16_t capacity_;
  const uint16_t max_capacity_;
  uint16_t size_ = 0;
  bool ok_ = true;
  uint8_t known_count_ = 0;
  // By node: what tells most nodes apart, and where the label stands.
  std::array<uint32_t, kMaxKnownLabels> known_keys_;
  std::array<uint16_t, kMaxKnownLabels> known_offsets_;
};

inline bool WireWriter::Need(size_t count) {
  if (ok_ && count <= static_cast<size_t>(capacity_ - size_)) return true;
  ok_ = false;
  return false;
}

inline void WireWriter::WriteU8(uint8_t value) {
  if (Need(1)) buffer_[size_++] = static_cast<char>(value);
}

inline void WireWriter::WriteU16(uint16_t value) {
  if (!Need(2)) return;
  buffer_[size_] = static_cast<char>(value >> 8);
  buffer_[size_ + 1] = static_cast<char>(value);
  size_ += 2;
}

inline void WireWriter::WriteU32(uint32_t value) {
  if (!Need(4)) return;
  const uint32_t big_endian = __builtin_bswap32(value);
  std::memcpy(buffer_ + size_, &big_endian, 4);
  size_ += 4;
}

inline void WireWriter::WriteBytes(absl::string_view bytes) {
  if (!Need(bytes.size()) || bytes.empty()) return;  // memcpy does not take the null pointer of an empty view
  std::memcpy(buffer_ + size_, bytes.data(), bytes.size());
  size_ += static_cast<uint16_t>(bytes.size());
}

}  // namespace strata::dns

#endif  // STRATA_DNS_WIRE_WRITER_H_
