// SPDX-License-Identifier: Apache-2.0
// OpenSSL's EVP costs several times what hashing a name does, and these functions stay in OpenSSL 3.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "zonec/checks/signed/nsec3_hash.h"

#include <openssl/sha.h>

namespace strata::zonec {

Nsec3Hash Nsec3Hasher::operator()(absl::string_view name) {
  Nsec3Hash hash;
  const auto digest = [&] {
    SHA1(reinterpret_cast<const unsigned char*>(buffer_.data()), buffer_.size(), hash.data());
  };
  buffer_.assign(name.data(), name.size());
  buffer_ += salt_;
  digest();
  for (uint16_t i = 0; i < iterations_; ++i) {
    buffer_.assign(reinterpret_cast<const char*>(hash.data()), hash.size());
    buffer_ += salt_;
    digest();
  }
  return hash;
}

}  // namespace strata::zonec
