// Bits nobody can guess, cheap enough to spend on every query: IDs and letter case (RFC 5452 §4.3, §9.2).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_NET_RANDOM_BITS_H_
#define STRATA_RECURSOR_NET_RANDOM_BITS_H_

#include <array>
#include <cstddef>
#include <cstdint>

namespace strata::recursor {

// The kernel's generator (getrandom(2)), asked for 4 KiB at a time: 2 ns an ID instead of a system call. Not
// thread-safe: each loop has its own.
class RandomBits {
 public:
  uint16_t U16();
  bool Bit();

 private:
  uint8_t Octet();

  std::array<uint8_t, 4096> buffer_;
  size_t used_ = sizeof(buffer_);
  uint32_t bits_ = 1;  // the bits left of an octet, below a one that marks their end
};

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_NET_RANDOM_BITS_H_
