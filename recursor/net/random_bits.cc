// SPDX-License-Identifier: Apache-2.0
#include "recursor/net/random_bits.h"

#include "base/random_octets.h"

namespace strata::recursor {

uint16_t RandomBits::U16() {
  const uint16_t high = Octet();
  return static_cast<uint16_t>(high << 8 | Octet());
}

bool RandomBits::Bit() {
  if (bits_ == 1) bits_ = 0x100u | Octet();
  const bool bit = (bits_ & 1) != 0;
  bits_ >>= 1;
  return bit;
}

uint8_t RandomBits::Octet() {
  if (used_ == buffer_.size()) {
    base::FillWithRandomOctets(buffer_.data(), buffer_.size());
    used_ = 0;
  }
  return buffer_[used_++];
}

}  // namespace strata::recursor
