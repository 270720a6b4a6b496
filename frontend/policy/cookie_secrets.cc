// SPDX-License-Identifier: Apache-2.0
#include "frontend/policy/cookie_secrets.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/random_octets.h"

namespace strata::frontend {
namespace {

constexpr size_t kDigits = 2 * sizeof(CookieSecret);
constexpr absl::string_view kBlank = " \t\r";

absl::Status ErrorAt(absl::string_view path, size_t line, size_t column, absl::string_view problem) {
  return absl::InvalidArgumentError(absl::StrCat(path, ":", line, ":", column, ": ", problem));
}

// What is between the blanks, without a comment.
absl::string_view WordsOf(absl::string_view line) {
  line = line.substr(0, line.find('#'));
  const size_t end = line.find_last_not_of(kBlank);
  line = line.substr(0, end == absl::string_view::npos ? 0 : end + 1);
  return line.substr(std::min(line.find_first_not_of(kBlank), line.size()));
}

// How many hexadecimal digits `text` begins with.
size_t CountDigits(absl::string_view text) {
  return static_cast<size_t>(
      std::find_if_not(text.begin(), text.end(), [](char c) { return absl::ascii_isxdigit(c); }) - text.begin());
}

}  // namespace

CookieSecrets::CookieSecrets() : secrets_(1) { base::FillWithRandomOctets(secrets_[0].data(), secrets_[0].size()); }

absl::StatusOr<CookieSecrets> CookieSecrets::FromText(absl::string_view path, absl::string_view text) {
  std::vector<CookieSecret> secrets;
  size_t number = 0;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    const absl::string_view words = WordsOf(line);
    if (words.empty()) continue;
    const size_t column = static_cast<size_t>(words.data() - line.data()) + 1;
    const size_t digits = CountDigits(words);
    if (digits != words.size() && digits <= kDigits) {
      return ErrorAt(path, number, column + digits, "expected a secret of 32 hexadecimal digits and nothing else");
    }
    if (digits != kDigits) {
      return ErrorAt(path, number, column, absl::StrCat("a secret has 32 hexadecimal digits, not ", digits));
    }
    if (secrets.size() == kMaxSecrets) {
      return ErrorAt(path, number, column, absl::StrCat("more than ", kMaxSecrets, " secrets"));
    }
    const std::string octets = absl::HexStringToBytes(words);
    CookieSecret secret;
    std::copy_n(octets.begin(), secret.size(), secret.begin());
    if (std::find(secrets.begin(), secrets.end(), secret) != secrets.end()) {
      return ErrorAt(path, number, column, "this secret is there already");
    }
    secrets.push_back(secret);
  }
  if (secrets.empty()) return ErrorAt(path, number, 1, "no secret: expected a line of 32 hexadecimal digits");
  return CookieSecrets(std::move(secrets));
}

CookieVerdict CookieSecrets::Verify(const CookieOption& cookie, const sockaddr* client, uint32_t now) const {
  for (const CookieSecret& secret : secrets_) {
    const CookieVerdict verdict = VerifyServerCookie(cookie.client, cookie.server, client, now, secret);
    if (verdict == CookieVerdict::kBad) continue;
    return &secret == &secrets_.front() ? verdict : CookieVerdict::kValidRenew;
  }
  return CookieVerdict::kBad;
}

}  // namespace strata::frontend
