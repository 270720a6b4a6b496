// Octets that nobody can guess.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_RANDOM_OCTETS_H_
#define STRATA_BASE_RANDOM_OCTETS_H_

#include <cstddef>

namespace strata::base {

// From the kernel's generator (getrandom(2)), any number of them. The process ends where the kernel has none to give:
// guessable ones would be worse. Thread-safe.
void FillWithRandomOctets(void* to, size_t size);

}  // namespace strata::base

#endif  // STRATA_BASE_RANDOM_OCTETS_H_
