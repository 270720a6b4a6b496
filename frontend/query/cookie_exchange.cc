// SPDX-License-Identifier: Apache-2.0
#include "frontend/query/cookie_exchange.h"

#include <cstring>
#include <optional>

#include "absl/time/time.h"
#include "frontend/policy/server_cookie.h"

namespace strata::frontend {

CookieState CookieExchange::Read(absl::string_view option_value, const Client& client, QueryEcho* query) {
  const std::optional<CookieOption> cookie = ParseCookieOption(option_value);
  if (!cookie.has_value()) return CookieState::kMalformed;
  const CookieSecrets& secrets = secrets_.Refresh();
  const auto* address = reinterpret_cast<const sockaddr*>(&client.peer);
  const auto now = static_cast<uint32_t>(absl::ToUnixSeconds(clock_.Now()));
  CookieState state = CookieState::kClientOnly;
  CookieVerdict verdict = CookieVerdict::kBad;
  if (!cookie->server.empty()) {
    verdict = secrets.Verify(*cookie, address, now);
    state = verdict == CookieVerdict::kBad ? CookieState::kBad : CookieState::kValid;
  }
  query->proven |= state == CookieState::kValid;
  query->options.has_cookie = true;
  char* out = query->options.cookie.data();
  static_assert(kCookieSize == kClientCookieSize + kServerCookieSize);
  std::memcpy(out, cookie->client.data(), kClientCookieSize);
  out += kClientCookieSize;
  if (verdict == CookieVerdict::kValid) {
    std::memcpy(out, cookie->server.data(), kServerCookieSize);
  } else {
    std::memcpy(out, secrets.Make(cookie->client, address, now).data(), kServerCookieSize);
  }
  return state;
}

}  // namespace strata::frontend
