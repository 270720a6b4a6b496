// What tells a reply from a forged one, or from one to an earlier query (RFC 5452 §9.1).
//
// c-ares would take a reply whose question differs in letter case, whose QR bit is not set or whose opcode is another:
// this is asked first.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_NET_REPLY_CHECK_H_
#define STRATA_RECURSOR_NET_REPLY_CHECK_H_

#include <cstddef>

#include "absl/strings/string_view.h"

namespace strata::recursor {

// Octets of the header and the one question of `query`; 0 when it has not one question, uncompressed.
size_t QueryHeadSize(absl::string_view query);

// Whether `reply`, any octets, is a response to the query that begins with `query_head`: QR, opcode and ID, and its
// question octet for octet. Nothing after the question is looked at. REQUIRES: QueryHeadSize() octets.
bool IsReplyTo(absl::string_view query_head, absl::string_view reply);

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_NET_REPLY_CHECK_H_
