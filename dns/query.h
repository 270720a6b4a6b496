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
#include "dns/tsig.h"

namespace strata::dns {

// What a server owes the sender of a packet.
enum class QueryVerdict {
  kAnswer,  // a well-formed query with one question
  kDrop,    // silence: a response, or too short to hold a header
  kFormErr,
  kNotImp,      // an opcode other than QUERY
  kBadVers,     // EDNS with a version above 0 (RFC 6891 §6.1.3)
  kNoQuestion,  // well-formed but for that: FORMERR, or what is asked by options alone (RFC 7873 §5.4)
  kUnknownKey,  // as kAnswer, but signed, and we have no keys: NOTAUTH (RFC 8945 §5.2.1)
};

// Filled by ParseQuery(); views the packet. Reused from packet to packet.
struct Query {
  uint16_t id = 0;
  uint16_t flags = 0;
  LookupName name;
  uint16_t type = 0;
  uint16_t rr_class = 0;
  // The question section as the client wrote it (it stands at offset kHeaderSize), case kept. Empty when there was none
  // to read, or an opcode that may mean something else by it.
  absl::string_view question;
  // Not for kFormErr: what is not understood is answered without OPT, as others do.
  bool has_edns = false;
  Edns edns;
  // For kUnknownKey.
  Tsig tsig;

  uint8_t opcode() const { return OpcodeOf(flags); }
  bool recursion_desired() const { return (flags & kRd) != 0; }
  bool checking_disabled() const { return (flags & kCd) != 0; }
  bool authentic_data() const { return (flags & kAd) != 0; }
};

// Total: any octets give a verdict, and `*query` holds whatever was read before it fell (the header for everything but
// a runt) and zeros elsewhere, nothing of a packet before. Allocates nothing for a query that holds no record but OPT.
//
// For kAnswer: exactly one question (RFC 9619), its name uncompressed; sections that hold what their counts say; at
// most one OPT, owned by the root and in the additional section (RFC 6891 §6.1.1); no TSIG. Other records are stepped
// over if they are sound: of no type that only questions may have, in the question's class, and if that is IN with
// RDATA of their type's form. Octets behind the last section are ignored, as NSD, BIND and Unbound do.
QueryVerdict ParseQuery(absl::string_view packet, Query* query);

}  // namespace strata::dns

#endif  // STRATA_DNS_QUERY_H_
