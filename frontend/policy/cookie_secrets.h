// The secrets of server cookies: one that makes them, and those that are accepted beside it while it is being replaced.
//
// The same file on all frontends lets a client's cookie be good at each of them (RFC 9018 §5): one secret a line, 32
// hexadecimal digits; '#' begins a comment.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_POLICY_COOKIE_SECRETS_H_
#define STRATA_FRONTEND_POLICY_COOKIE_SECRETS_H_

#include <sys/socket.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/published.h"
#include "frontend/policy/server_cookie.h"

namespace strata::frontend {

// Immutable, so thread-safe. Never empty.
class CookieSecrets {
 public:
  static constexpr size_t kMaxSecrets = 8;

  // One that this process alone knows (getrandom(2)).
  CookieSecrets();

  // 1 to kMaxSecrets secrets; the first one makes cookies. The error is "path:line:column: what is wrong", and tells
  // nothing of a secret.
  static absl::StatusOr<CookieSecrets> FromText(absl::string_view path, absl::string_view text);

  size_t size() const { return secrets_.size(); }

  // As MakeServerCookie() and VerifyServerCookie().
  ServerCookie Make(absl::string_view client_cookie, const sockaddr* client, uint32_t now) const {
    return MakeServerCookie(client_cookie, client, now, secrets_.front());
  }
  CookieVerdict Verify(const CookieOption& cookie, const sockaddr* client, uint32_t now) const;

  friend bool operator==(const CookieSecrets& a, const CookieSecrets& b) { return a.secrets_ == b.secrets_; }

 private:
  explicit CookieSecrets(std::vector<CookieSecret> secrets) : secrets_(std::move(secrets)) {}

  std::vector<CookieSecret> secrets_;
};

// A worker keeps a View of it. Holds a secret of the process's own until something is published.
using PublishedCookieSecrets = base::Published<CookieSecrets>;

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_POLICY_COOKIE_SECRETS_H_
