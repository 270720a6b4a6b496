// SPDX-License-Identifier: Apache-2.0
#include "recursor/core/reverse_name.h"

#include <cstdint>

#include "absl/strings/str_cat.h"

namespace strata::recursor {
namespace {

constexpr char kHexDigits[] = "0123456789abcdef";

void AppendLabel(absl::string_view label, std::string* wire) {
  wire->push_back(static_cast<char>(label.size()));
  wire->append(label.data(), label.size());
}

}  // namespace

std::string ReverseName(absl::string_view address) {
  std::string wire;
  for (auto octet = address.rbegin(); octet != address.rend(); ++octet) {
    const auto value = static_cast<uint8_t>(*octet);
    if (address.size() == 4) {
      AppendLabel(absl::StrCat(value), &wire);
    } else {
      AppendLabel(absl::string_view(kHexDigits + (value & 0xf), 1), &wire);
      AppendLabel(absl::string_view(kHexDigits + (value >> 4), 1), &wire);
    }
  }
  AppendLabel(address.size() == 4 ? "in-addr" : "ip6", &wire);
  AppendLabel("arpa", &wire);
  wire.push_back('\0');
  return wire;
}

}  // namespace strata::recursor
