// Octets that are written one behind the other, and used together.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_SNAPSHOT_OCTET_BUFFER_H_
#define STRATA_ZONEC_SNAPSHOT_OCTET_BUFFER_H_

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <utility>

#include "absl/strings/string_view.h"

namespace strata::snapshot {

// Copies to where there is room; returns what is behind. Without a call for the few octets of most names and RDATA.
inline char* CopyOctets(absl::string_view octets, char* to) {
  const char* const from = octets.data();
  const size_t size = octets.size();
  if (size > 32) {
    std::memcpy(to, from, size);
  } else if (size >= 16) {  // the two copies may share octets, here and below
    std::memcpy(to, from, 16);
    std::memcpy(to + size - 16, from + size - 16, 16);
  } else if (size >= 8) {
    std::memcpy(to, from, 8);
    std::memcpy(to + size - 8, from + size - 8, 8);
  } else if (size >= 4) {
    std::memcpy(to, from, 4);
    std::memcpy(to + size - 4, from + size - 4, 4);
  } else {
    for (size_t i = 0; i < size; ++i) to[i] = from[i];
  }
  return to + size;
}

// Faster than a string, which fills what it grows by with zeros first. Keeps its memory when cleared. Move only, not
// thread-safe.
class OctetBuffer {
 public:
  // Room for `count` more octets, which count as written.
  char* Extend(size_t count) {
    if (capacity_ - size_ < count) Grow(count);
    size_ += count;
    return octets_.get() + size_ - count;
  }
  void clear() { size_ = 0; }
  size_t size() const { return size_; }
  absl::string_view view() const { return {octets_.get(), size_}; }

 private:
  void Grow(size_t count) {
    capacity_ = std::max(size_ + count, capacity_ * 2);
    std::unique_ptr<char[]> larger(new char[capacity_]);  // not make_unique, which would write zeros
    if (size_ > 0) std::memcpy(larger.get(), octets_.get(), size_);
    octets_ = std::move(larger);
  }

  std::unique_ptr<char[]> octets_;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace strata::snapshot

#endif  // STRATA_ZONEC_SNAPSHOT_OCTET_BUFFER_H_
