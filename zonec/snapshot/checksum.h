// SHA-256, for a snapshot's checksum and its zone's identity.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_SNAPSHOT_CHECKSUM_H_
#define STRATA_ZONEC_SNAPSHOT_CHECKSUM_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "zonec/snapshot/octet_buffer.h"

struct evp_md_ctx_st;

namespace strata::snapshot {

// Hashes what it is given piece by piece. Not thread-safe.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void Add(absl::string_view bytes);
  // The 32 octets of the digest. Once.
  std::string Digest();

 private:
  evp_md_ctx_st* context_;
};

// The identity of a zone: SHA-256 over its records in canonical order, each as in RFC 4034 §6: owner in lower case,
// type, class, TTL, RDLENGTH, canonical RDATA.
class IdentityHash {
 public:
  void Add(absl::string_view lower_owner, uint16_t type, uint16_t rr_class, uint32_t ttl,
           absl::string_view canonical_rdata);
  std::string Digest();

 private:
  // Hashing a few octets costs as much for the call as for themselves, and a zone has millions of records.
  static constexpr size_t kMostWaiting = size_t{64} << 10;

  void Flush();

  Sha256 hash_;
  OctetBuffer waiting_;
};

}  // namespace strata::snapshot

#endif  // STRATA_ZONEC_SNAPSHOT_CHECKSUM_H_
