// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/signed/ds_digest.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "openssl/evp.h"

namespace strata::zonec {
namespace {

// "" for a digest type that is not known.
std::string Digest(uint8_t type, absl::string_view owner, absl::string_view dnskey) {
  const EVP_MD* const md = type == 1 ? EVP_sha1() : type == 2 ? EVP_sha256() : type == 4 ? EVP_sha384() : nullptr;
  if (md == nullptr) return "";
  const std::string message = absl::StrCat(owner, dnskey);
  unsigned char hash[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  EVP_Digest(message.data(), message.size(), hash, &size, md, nullptr);
  return std::string(reinterpret_cast<const char*>(hash), size);
}

}  // namespace

bool RefersTo(absl::string_view ds, const ZoneKey& key, absl::string_view owner) {
  const auto octet = [&](size_t at) { return static_cast<uint8_t>(ds[at]); };
  if ((octet(0) << 8 | octet(1)) != key.tag || octet(2) != key.algorithm) return false;
  const std::string digest = Digest(octet(3), owner, key.rdata);
  return digest.empty() || ds.substr(4) == digest;
}

}  // namespace strata::zonec
