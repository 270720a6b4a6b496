// What the EDNS options of a query ask for.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_QUERY_CLIENT_OPTIONS_H_
#define STRATA_FRONTEND_QUERY_CLIENT_OPTIONS_H_

#include <optional>

#include "absl/strings/string_view.h"

namespace strata::frontend {

// Views the message. Where an option comes more than once, the first counts (RFC 7873 §5.2).
struct ClientOptions {
  // The value of COOKIE, of any form.
  std::optional<absl::string_view> cookie;
  // NSID and edns-tcp-keepalive are there. A query's have no value (RFC 5001 §2.1, RFC 7828 §3.2.1), and as with BIND
  // and Knot none is looked at.
  bool nsid = false;
  bool keepalive = false;
  // ZONEVERSION is there; in a form that makes the query malformed: with a value, or twice (RFC 9660 §3.2.1).
  bool zone_version = false;
  bool malformed_zone_version = false;
};

// Of the options in `octets`; what is not well formed ends them. Unknown ones are stepped over (RFC 6891 §6.1.2).
ClientOptions ReadClientOptions(absl::string_view octets);

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_QUERY_CLIENT_OPTIONS_H_
