// SPDX-License-Identifier: Apache-2.0
// OpenSSL's EVP, and its SHA1() of OpenSSL 3, which is made of it, cost several times what hashing a name does. What is
// below them stays in OpenSSL 3.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "zonec/snapshot/nsec3_hash.h"

#include <openssl/sha.h>

#include "dns/big_endian.h"

namespace strata::snapshot {

std::optional<Nsec3Parameters> ReadNsec3Parameters(absl::string_view rdata) {
  constexpr size_t kFixedSize = 5;
  if (rdata.size() < kFixedSize || rdata[0] != 1) return std::nullopt;
  const auto salt_size = static_cast<uint8_t>(rdata[4]);
  if (rdata.size() < kFixedSize + salt_size) return std::nullopt;
  return Nsec3Parameters{dns::ReadU16(rdata.substr(2)), rdata.substr(kFixedSize, salt_size)};
}

Nsec3Hash HashForNsec3(absl::string_view name, const Nsec3Parameters& parameters) {
  Nsec3Hash hash;
  // The salt stands behind what is hashed, which is the name first and then the last hash.
  const auto digest = [&](const void* octets, size_t size) {
    SHA_CTX sha1;
    SHA1_Init(&sha1);
    SHA1_Update(&sha1, octets, size);
    SHA1_Update(&sha1, parameters.salt.data(), parameters.salt.size());
    SHA1_Final(hash.data(), &sha1);
  };
  digest(name.data(), name.size());
  for (uint16_t i = 0; i < parameters.iterations; ++i) digest(hash.data(), hash.size());
  return hash;
}

}  // namespace strata::snapshot
