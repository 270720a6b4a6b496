// SPDX-License-Identifier: Apache-2.0
#include "cache/token_source.h"

#include <unistd.h>

#include <cstdlib>
#include <cstring>

namespace strata::cache {

// getentropy() fails for more than 256 octets, and on kernels without getrandom(), which ours are not.
void FillWithRandomOctets(char* to, size_t size) {
  if (getentropy(to, size) != 0) std::abort();
}

LeaseToken TokenSource::Next() {
  if (used_ == random_.size()) {
    FillWithRandomOctets(random_.data(), random_.size());
    used_ = 0;
  }
  LeaseToken token;
  token[0] = static_cast<char>(part_);
  std::memcpy(token.data() + 1, random_.data() + used_, kRandomOctets);
  used_ += kRandomOctets;
  return token;
}

}  // namespace strata::cache
