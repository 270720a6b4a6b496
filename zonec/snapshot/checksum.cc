// SPDX-License-Identifier: Apache-2.0
#include "zonec/snapshot/checksum.h"

#include <openssl/evp.h>

#include <cstdlib>

#include "dns/header.h"

namespace strata::snapshot {
namespace {

// Only a broken OpenSSL can make these fail; a snapshot without a checksum must not come of it.
void Require(bool done) {
  if (!done) std::abort();
}

}  // namespace

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  Require(context_ != nullptr && EVP_DigestInit_ex(context_, EVP_sha256(), nullptr) == 1);
}

Sha256::~Sha256() { EVP_MD_CTX_free(context_); }

void Sha256::Add(absl::string_view bytes) { Require(EVP_DigestUpdate(context_, bytes.data(), bytes.size()) == 1); }

std::string Sha256::Digest() {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  Require(EVP_DigestFinal_ex(context_, digest, &size) == 1);
  return std::string(reinterpret_cast<char*>(digest), size);
}

void IdentityHash::Add(absl::string_view lower_owner, uint16_t type, uint16_t rr_class, uint32_t ttl,
                       absl::string_view canonical_rdata) {
  char fixed[10];
  dns::SetU16(fixed, 0, type);
  dns::SetU16(fixed, 2, rr_class);
  dns::SetU16(fixed, 4, static_cast<uint16_t>(ttl >> 16));
  dns::SetU16(fixed, 6, static_cast<uint16_t>(ttl));
  dns::SetU16(fixed, 8, static_cast<uint16_t>(canonical_rdata.size()));
  if (waiting_.size() > kMostWaiting) Flush();
  char* to = waiting_.Extend(lower_owner.size() + sizeof fixed + canonical_rdata.size());
  to = CopyOctets(lower_owner, to);
  to = CopyOctets({fixed, sizeof fixed}, to);
  CopyOctets(canonical_rdata, to);
}

std::string IdentityHash::Digest() {
  Flush();
  return hash_.Digest();
}

void IdentityHash::Flush() {
  hash_.Add(waiting_.view());
  waiting_.clear();
}

}  // namespace strata::snapshot
