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

// proto3 leaves zeros out.
inline void AppendNumber(uint32_t field, uint32_t value, std::string* out) {
  if (value == 0) return;
  AppendTag(field, 0, out);
  AppendVarint(value, out);
}

}  // namespace strata::snapshot

#endif  // STRATA_ZONEC_SNAPSHOT_PROTOBUF_WRITER_H_
