// SPDX-License-Identifier: Apache-2.0
// OpenSSL's EVP costs several times what hashing a name does, and these functions stay in OpenSSL 3.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "zonec/snapshot/nsec3_hash.h"

#include <openssl/sha.h>

#include <algorithm>

#include "dns/big_endian.h"
#include "dns/name.h"

namespace strata::snapshot {
namespace {

constexpr size_t kMaxSaltSize = 255;

}  // namespace

std::optional<Nsec3Parameters> ReadNsec3Parameters(absl::string_view rdata) {
  constexpr size_t kFixedSize = 5;
  if (rdata.size() < kFixedSize || rdata[0] != 1) return std::nullopt;
  const auto salt_size = static_cast<uint8_t>(rdata[4]);
  if (rdata.size() < kFixedSize + salt_size) return std::nullopt;
  return Nsec3Parameters{dns::ReadU16(rdata.substr(2)), rdata.substr(kFixedSize, salt_size)};
}

Nsec3Hash HashForNsec3(absl::string_view name, const Nsec3Parameters& parameters) {
  Nsec3Hash hash;
  std::array<unsigned char, dns::kMaxNameSize + kMaxSaltSize> buffer;
  const absl::string_view salt = parameters.salt.substr(0, kMaxSaltSize);
  // The salt stands behind what is hashed, which is the name first and then the last hash.
  const auto digest = [&](auto begin, auto end) {
    const auto salt_at = std::copy(begin, end, buffer.begin());
    const auto message_end = std::copy(salt.begin(), salt.end(), salt_at);
    SHA1(buffer.data(), static_cast<size_t>(message_end - buffer.begin()), hash.data());
  };
  digest(name.begin(), std::min(name.end(), name.begin() + dns::kMaxNameSize));
  for (uint16_t i = 0; i < parameters.iterations; ++i) digest(hash.begin(), hash.end());
  return hash;
}

}  // namespace strata::snapshot
