// SPDX-License-Identifier: Apache-2.0
#include "recursor/net/random_bits.h"

#include <sys/random.h>

#include <cerrno>
#include <cstdlib>

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
    for (size_t filled = 0; filled < buffer_.size();) {
      const ssize_t got = getrandom(buffer_.data() + filled, buffer_.size() - filled, 0);
      // A guess instead would be worse than no resolver. Kernels without the call are older than all we run on.
      if (got < 0 && errno != EINTR) std::abort();
      if (got > 0) filled += static_cast<size_t>(got);
    }
    used_ = 0;
  }
  return buffer_[used_++];
}

}  // namespace strata::recursor
