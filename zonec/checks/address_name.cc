// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/address_name.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace strata::zonec {
namespace {

absl::string_view FirstLabel(absl::string_view name) { return name.substr(1, static_cast<uint8_t>(name[0])); }
absl::string_view Parent(absl::string_view name) { return name.substr(static_cast<uint8_t>(name[0]) + 1u); }

bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }

bool IsReverseName(absl::string_view name) {
  constexpr absl::string_view kReverse("\7in-addr\4arpa\0", 14);
  return name.size() >= kReverse.size() &&
         absl::AsciiStrToLower(name.substr(name.size() - kReverse.size())) == kReverse;
}

}  // namespace

std::string AddressInName(absl::string_view name) {
  const absl::string_view first = FirstLabel(name);
  if (std::count(first.begin(), first.end(), ':') >= 2) {
    uint8_t address[16];
    return inet_pton(AF_INET6, std::string(first).c_str(), address) == 1 ? std::string(first) : "";
  }
  // Most names are done with here.
  if (first.empty() || first.size() > 3 || !IsDigit(first[0]) || IsReverseName(name)) return "";
  std::string text(first);
  for (int i = 1; i < 4; ++i) {
    name = Parent(name);
    if (name.size() == 1) return "";
    absl::StrAppend(&text, ".", FirstLabel(name));
  }
  uint8_t address[4];
  return inet_pton(AF_INET, text.c_str(), address) == 1 ? text : "";
}

}  // namespace strata::zonec
