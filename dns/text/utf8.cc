// SPDX-License-Identifier: Apache-2.0
#include "dns/text/utf8.h"

#include <cstddef>
#include <cstdint>

namespace strata::dns {
namespace {

// The octets that the sequence starting with `lead` has, 0 when none starts so.
size_t SequenceSize(uint8_t lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead < 0xe0) return 2;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  return lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
}

// RFC 3629 §4: where the second octet is confined further.
bool IsSecondOctet(uint8_t lead, uint8_t second) {
  const uint8_t low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
  const uint8_t high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
  return second >= low && second <= high;
}

}  // namespace

bool IsUtf8(absl::string_view text) {
  while (!text.empty()) {
    const auto lead = static_cast<uint8_t>(text[0]);
    const size_t size = SequenceSize(lead);
    if (size == 0 || size > text.size()) return false;
    if (size > 1 && !IsSecondOctet(lead, static_cast<uint8_t>(text[1]))) return false;
    for (size_t i = 2; i < size; ++i) {
      if ((static_cast<uint8_t>(text[i]) & 0xc0) != 0x80) return false;
    }
    text.remove_prefix(size);
  }
  return true;
}

}  // namespace strata::dns
