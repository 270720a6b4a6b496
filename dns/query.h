// A query as it arrives, parsed in place.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_QUERY_H_
#define STRATA_DNS_QUERY_H_

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "dns/edns.h"
#include "dns/header.h"
#include "dns/lookup_name.h"

namespace strata::dns {

// What a server owes the sender of a packet.
enum class QueryVerdict {
  kAnswer,  // a well-formed query with one question
  kDrop,    // silence: a response, or too short to hold a header
  kFormErr,
  kNotImp,   // an opcode other than QUERY
  kBadVers,  // EDNS with a version above 0 (RFC 6891 §6.1.3)
};

// Filled by ParseQuery(); views the packet. Reused from packet to packet, it never allocates.
struct Query {
  uint16_t id = 0;
  uint16_t flags = 0;
  LookupName name;
  uint16_t type = 0;
  uint16_t rr_class = 0;
  // The question section as the client wrote it (it stands at offset kHeaderSize), case kept. Empty when there was none
  // to read.
  absl::string_view question;
  bool has_edns = false;
  Edns edns;

  uint8_t opcode() const { return OpcodeOf(flags); }
  bool recursion_desired() const { return (flags & kRd) != 0; }
  bool checking_disabled() const { return (flags & kCd) != 0; }
  bool authentic_data() const { return (flags & kAd) != 0; }
};

// Total: any octets give a verdict, and `*query` holds whatever was read before it fell (the header for everything but
// a runt) and zeros elsewhere, nothing of a packet before. For kAnswer: exactly one question (RFC 9619), its name
// uncompressed; sections that hold what their counts say and nothing behind; at most one OPT, owned by the root and in
// the additional section (RFC 6891 §6.1.1). Records other than OPT (such as TSIG) are stepped over.
QueryVerdict ParseQuery(absl::string_view packet, Query* query);

}  // namespace strata::dns

#endif  // STRATA_DNS_QUERY_H_
