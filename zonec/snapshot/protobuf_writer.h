// The pieces of protobuf's encoding that a snapshot is made of.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_SNAPSHOT_PROTOBUF_WRITER_H_
#define STRATA_ZONEC_SNAPSHOT_PROTOBUF_WRITER_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "zonec/snapshot/octet_buffer.h"

namespace strata::snapshot {

inline void AppendVarint(uint64_t value, std::string* out) {
  for (; value >= 0x80; value >>= 7) out->push_back(static_cast<char>(value | 0x80));
  out->push_back(static_cast<char>(value));
}

inline size_t VarintSize(uint64_t value) { return (std::bit_width(value | 1) + 6) / 7; }

inline void AppendTag(uint32_t field, uint32_t wire_type, std::string* out) {
  AppendVarint(field << 3 | wire_type, out);
}

template <typename T>  // uint32_t or uint64_t
void AppendFixed(uint32_t field, T value, std::string* out) {
  AppendTag(field, sizeof value == 8 ? 1 : 5, out);
  out->append(reinterpret_cast<const char*>(&value), sizeof value);
}

inline void AppendBytes(uint32_t field, absl::string_view bytes, std::string* out) {
  AppendTag(field, 2, out);
  AppendVarint(bytes.size(), out);
  out->append(bytes.data(), bytes.size());
}

// As the functions above, at `to` instead, where there is room; they return what is behind. Tags are of one octet.
inline char* WriteVarint(uint64_t value, char* to) {
  for (; value >= 0x80; value >>= 7) *to++ = static_cast<char>(value | 0x80);
  *to++ = static_cast<char>(value);
  return to;
}
inline char* WriteSize(uint32_t field, size_t size, char* to) {
  *to++ = static_cast<char>(field << 3 | 2);
  return WriteVarint(size, to);
}
inline char* WriteBytes(uint32_t field, absl::string_view bytes, char* to) {
  to = WriteSize(field, bytes.size(), to);
  return CopyOctets(bytes, to);
}
// proto3 leaves zeros out.
inline char* WriteNumber(uint32_t field, uint32_t value, char* to) {
  if (value == 0) return to;
  *to++ = static_cast<char>(field << 3);
  return WriteVarint(value, to);
}

// Octets that WriteBytes() and WriteNumber() write.
inline size_t BytesSize(size_t size) { return 1 + VarintSize(size) + size; }
inline size_t NumberSize(uint32_t value) { return value == 0 ? 0 : 1 + VarintSize(value); }

}  // namespace strata::snapshot

#endif  // STRATA_ZONEC_SNAPSHOT_PROTOBUF_WRITER_H_
