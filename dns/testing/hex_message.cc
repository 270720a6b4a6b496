// SPDX-License-Identifier: Apache-2.0
#include "dns/testing/hex_message.h"

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "gtest/gtest.h"

namespace strata::dns {

std::string HexMessage(absl::string_view text) {
  std::string digits;
  bool in_comment = false;
  for (char c : text) {
    if (c == ';') in_comment = true;
    if (c == '\n') in_comment = false;
    if (in_comment || absl::ascii_isspace(c)) continue;
    if (!absl::ascii_isxdigit(c)) ADD_FAILURE() << "'" << c << "' is no hex digit in: " << text;
    digits.push_back(c);
  }
  if (digits.size() % 2 != 0) ADD_FAILURE() << "an odd number of hex digits in: " << text;
  return absl::HexStringToBytes(digits);
}

std::string ToHex(absl::string_view octets) { return absl::BytesToHexString(octets); }

}  // namespace strata::dns
