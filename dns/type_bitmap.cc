// SPDX-License-Identifier: Apache-2.0
#include "dns/type_bitmap.h"

#include <algorithm>
#include <cstddef>

namespace strata::dns {
namespace {

constexpr size_t kMaxWindowSize = 32;

// One window block: the number of the window, the size of its bitmap, the bitmap. The first bit is type 256 × number.
struct Window {
  uint8_t number;
  absl::string_view bits;
};

// REQUIRES: a whole window at the start of `*bitmap`, which it is taken off.
Window TakeWindow(absl::string_view* bitmap) {
  const Window window{static_cast<uint8_t>((*bitmap)[0]), bitmap->substr(2, static_cast<uint8_t>((*bitmap)[1]))};
  bitmap->remove_prefix(2 + window.bits.size());
  return window;
}

}  // namespace

bool IsValidTypeBitmap(absl::string_view bitmap) {
  for (int last = -1; !bitmap.empty();) {
    if (bitmap.size() < 2) return false;
    const auto size = static_cast<uint8_t>(bitmap[1]);
    if (size == 0 || size > kMaxWindowSize || bitmap.size() < 2u + size) return false;
    const Window window = TakeWindow(&bitmap);
    if (window.number <= last || window.bits.back() == '\0') return false;
    last = window.number;
  }
  return true;
}

bool TypeBitmapContains(absl::string_view bitmap, uint16_t type) {
  while (!bitmap.empty()) {
    const Window window = TakeWindow(&bitmap);
    if (window.number != type >> 8) continue;
    const size_t octet = (type & 0xff) / 8;
    return octet < window.bits.size() && (window.bits[octet] & 0x80 >> type % 8) != 0;
  }
  return false;
}

std::vector<uint16_t> TypesOfBitmap(absl::string_view bitmap) {
  std::vector<uint16_t> types;
  while (!bitmap.empty()) {
    const Window window = TakeWindow(&bitmap);
    for (size_t bit = 0; bit < window.bits.size() * 8; ++bit) {
      if ((window.bits[bit / 8] & 0x80 >> bit % 8) != 0)
        types.push_back(static_cast<uint16_t>(window.number * 256 + bit));
    }
  }
  return types;
}

std::string MakeTypeBitmap(std::vector<uint16_t> types) {
  std::sort(types.begin(), types.end());
  std::string bitmap;
  int number = -1;
  size_t start = 0;  // of the window's bits in `bitmap`
  for (uint16_t type : types) {
    if (type >> 8 != number) {
      number = type >> 8;
      bitmap.push_back(static_cast<char>(number));
      bitmap.push_back('\0');
      start = bitmap.size();
    }
    const size_t octet = (type & 0xff) / 8;
    if (bitmap.size() <= start + octet) bitmap.resize(start + octet + 1);
    bitmap[start + octet] = static_cast<char>(bitmap[start + octet] | 0x80 >> type % 8);
    bitmap[start - 1] = static_cast<char>(bitmap.size() - start);
  }
  return bitmap;
}

}  // namespace strata::dns
