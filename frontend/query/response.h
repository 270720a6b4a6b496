// Makes what a client is sent: header bits, OPT, size (design: the frontend owns everything hop by hop).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_QUERY_RESPONSE_H_
#define STRATA_FRONTEND_QUERY_RESPONSE_H_

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "base/clock.h"
#include "dns/edns.h"
#include "dns/tsig.h"
#include "frontend/query/answer_options.h"

namespace strata::frontend {

// What an answer must know of its query: kept while a backend works on it.
struct QueryEcho {
  uint16_t id = 0;
  uint16_t flags = 0;  // of the query's header
  bool has_edns = false;
  bool dnssec_ok = false;
  // Recursion is on offer to its client.
  bool recursion_available = false;
  // The answer may have AA: it is one of the authority.
  bool authoritative = true;
  // Its sender is where it says to be: it came over a connection, or with a cookie of ours (RFC 7873).
  bool proven = false;
  // What fits the client, OPT included.
  uint16_t max_size = 512;
  AnswerOptions options{};
  base::MonotonicTime received{};
  // The question section octet for octet as the client wrote it; views memory of the caller.
  absl::string_view question;
};

// The size of the OPT record that an answer gets, extended errors aside; 0 without EDNS: what a backend leaves free.
inline size_t OptSize(const QueryEcho& query) {
  return query.has_edns ? dns::kOptFixedSize + SizeOf(query.options) : 0;
}

// Sizes that we announce and accept.
inline constexpr uint16_t kMinUdpSize = 512;
inline constexpr uint16_t kDefaultMaxUdpSize = 1232;  // DNS Flag Day 2020
inline constexpr uint16_t kMaxUdpSizeLimit = 4096;    // the most that may be configured

// The answer of a backend, made ready for the client: writes it to `out`, which holds `query.max_size` octets, and
// returns its size, or 0 when `wire` is not an answer to this question (RFC 5452 §3: then nothing of it counts). What
// does not fit `max_size` becomes header, question and OPT with TC set.
size_t WriteAnswer(const QueryEcho& query, absl::string_view wire, const ExtendedErrorView* error,
                   uint16_t our_udp_size, char* out);

// An answer of our own: header, question (as far as there is one) and OPT. `rcode` may be an extended one; without EDNS
// the client gets its lower four bits.
size_t WriteError(const QueryEcho& query, uint16_t rcode, const ExtendedErrorView* error, uint16_t our_udp_size,
                  char* out);

// An answer of ours with records: `answer` (its wire form, owners compressed to the question) is the whole answer
// section, of `count` records. As WriteAnswer() where it does not fit.
size_t WriteOwnAnswer(const QueryEcho& query, absl::string_view answer, uint16_t count, uint16_t our_udp_size,
                      char* out);

// NOTAUTH, with a TSIG record that says that we don't know the key (RFC 8945 §5.2.1), if it came in a form that can be
// repeated and has room.
size_t WriteUnknownKey(const QueryEcho& query, const dns::Tsig& tsig, uint16_t our_udp_size, char* out);

// Turns `answer`, which is one of the above and has the (whole) `rcode`, into the shortest that still says it: header,
// question and OPT, with TC set where `truncate`. Of the options only the cookie stays: without it a client that knows
// us would take the answer for a forgery (RFC 7873 §5.3). Returns its size: that of a query with a whole cookie, or
// with none, at most.
size_t Shorten(const QueryEcho& query, uint16_t rcode, bool truncate, uint16_t our_udp_size, char* answer);

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_QUERY_RESPONSE_H_
