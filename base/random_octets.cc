// SPDX-License-Identifier: Apache-2.0
#include "base/random_octets.h"

#include <sys/random.h>
#include <sys/types.h>

#include <cerrno>
#include <cstdlib>

namespace strata::base {

void FillWithRandomOctets(void* to, size_t size) {
  for (size_t filled = 0; filled < size;) {
    const ssize_t got = getrandom(static_cast<char*>(to) + filled, size - filled, 0);
    // Kernels without the call are older than all we run on.
    if (got < 0 && errno != EINTR) std::abort();
    if (got > 0) filled += static_cast<size_t>(got);
  }
}

}  // namespace strata::base
