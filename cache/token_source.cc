// SPDX-License-Identifier: Apache-2.0
#include "cache/token_source.h"

#include <cstring>

#include "base/random_octets.h"

namespace strata::cache {

LeaseToken TokenSource::Next() {
  if (used_ == random_.size()) {
    base::FillWithRandomOctets(random_.data(), random_.size());
    used_ = 0;
  }
  LeaseToken token;
  token[0] = static_cast<char>(part_);
  std::memcpy(token.data() + 1, random_.data() + used_, kRandomOctets);
  used_ += kRandomOctets;
  return token;
}

}  // namespace strata::cache
