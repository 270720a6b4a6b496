// Fetches memory into the processor's cache before it is read.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_PREFETCH_H_
#define STRATA_BASE_PREFETCH_H_

namespace strata::base {

// A hint: any address will do, and nothing changes but time.
inline void Prefetch(const void* address) {
  __builtin_prefetch(address);
  // To g++ a function that only prefetches has no effect, and calls of it are removed together with the prefetching. Of
  // this line it cannot say so.
  asm volatile("");
}

}  // namespace strata::base

#endif  // STRATA_BASE_PREFETCH_H_
