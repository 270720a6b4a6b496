// What is asked of a server that does the recursion.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_CORE_UPSTREAM_QUERY_H_
#define STRATA_RECURSOR_CORE_UPSTREAM_QUERY_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "recursor/net/random_bits.h"

namespace strata::recursor {

// What our answers to it may be sized over UDP: fits any path unfragmented (RFC 9715).
inline constexpr uint16_t kUpstreamUdpSize = 1232;

struct UpstreamQuery {
  absl::string_view name;  // wire form, valid
  uint16_t type = 0;
  uint16_t rr_class = 0;
  bool dnssec_ok = false;  // needs `edns`
  bool checking_disabled = false;
  bool edns = true;
  // Each letter of the name is in a random case, which whoever forges a reply has to guess
  // (draft-vixie-dnsext-dns0x20).
  bool mixed_case = true;
};

// Writes a message with RD to `*message`, whose memory is reused. ID 0: the transport's to set.
void WriteUpstreamQuery(const UpstreamQuery& query, RandomBits* random, std::string* message);

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_CORE_UPSTREAM_QUERY_H_
