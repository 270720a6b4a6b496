// DNS cookies (RFC 7873) as servers that share a secret make them (RFC 9018 §4).
//
//   server cookie = version 1 | 3 octets reserved | time in seconds, 32 bits | SipHash-2-4 of all that and the client
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_POLICY_SERVER_COOKIE_H_
#define STRATA_FRONTEND_POLICY_SERVER_COOKIE_H_

#include <sys/socket.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"

namespace strata::frontend {

inline constexpr size_t kClientCookieSize = 8;
inline constexpr size_t kServerCookieSize = 16;

using CookieSecret = std::array<uint8_t, 16>;
using ServerCookie = std::array<char, kServerCookieSize>;

// A COOKIE option's value; views the query.
struct CookieOption {
  absl::string_view client;  // kClientCookieSize octets
  absl::string_view server;  // empty, or 8 to 32 octets
};

// Nullopt: not 8 or 16 to 40 octets long, which is FORMERR (RFC 7873 §5.2.2).
std::optional<CookieOption> ParseCookieOption(absl::string_view option_value);

enum class CookieVerdict {
  kValid,
  kValidRenew,  // valid, but made more than half an hour ago or with a secret on its way out: send a new one
  kBad,         // not made for this client with this secret, more than an hour old, or more than five minutes ahead
};

// The three functions below are thread-safe and do not allocate. `client_cookie` has kClientCookieSize octets; `client`
// is an AF_INET or AF_INET6 address, of which an IPv4-mapped one counts as the IPv4 one; `now` is Unix time, whose
// wrap-around is reckoned with (RFC 1982).

ServerCookie MakeServerCookie(absl::string_view client_cookie, const sockaddr* client, uint32_t now,
                              const CookieSecret& secret);

// Any octets may be given as `server_cookie`.
CookieVerdict VerifyServerCookie(absl::string_view client_cookie, absl::string_view server_cookie,
                                 const sockaddr* client, uint32_t now, const CookieSecret& secret);

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_POLICY_SERVER_COOKIE_H_
