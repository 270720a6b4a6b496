// The EDNS options of an answer.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_QUERY_ANSWER_OPTIONS_H_
#define STRATA_FRONTEND_QUERY_ANSWER_OPTIONS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"
#include "dns/edns.h"

namespace strata::frontend {

// Octets of a cookie that we send: the client's 8 and ours, 16 (RFC 9018 §4).
inline constexpr size_t kCookieSize = 24;

// So that header, question and all options fit into 512 octets.
inline constexpr size_t kMaxNsidSize = 128;

// What the query's own options get, known from the moment it comes: an answer is made to fit beside it.
struct AnswerOptions {
  bool has_cookie = false;
  std::array<char, kCookieSize> cookie{};
  // RFC 5001; empty: not asked for, or none to tell. Views memory that outlives the query.
  absl::string_view nsid;
  // RFC 7828, in units of 100 ms.
  std::optional<uint16_t> keepalive;
  // RFC 9660: asked for, so that there is to be room for it; and the value, once the authority has told it.
  bool wants_zone_version = false;
  std::optional<std::array<char, dns::kZoneVersionSize>> zone_version;
};

// What an answer may not lack: the cookie (RFC 7873 §5.2). The others are courtesies, and go to nobody who may not be
// there: a forged query would have them sent to a victim.
inline AnswerOptions MandatoryOptions(const AnswerOptions& options) {
  return {.has_cookie = options.has_cookie,
          .cookie = options.cookie,
          .nsid = {},
          .keepalive = {},
          .wants_zone_version = false,
          .zone_version = {}};
}

// An extended error (RFC 8914) to go with the answer; no text: number only.
struct ExtendedErrorView {
  uint16_t info_code = 0;
  absl::string_view text;
};

// What an authority says to the options that a client is sent (proto/resolve/v1): the version of its zone. Anything
// else in there, or of another form, is left out.
std::optional<std::array<char, dns::kZoneVersionSize>> ReadZoneVersion(absl::string_view options);

// Octets in wire form, those of a zone version that is still to come too.
size_t SizeOf(const AnswerOptions& options);
// The same of an extended error; its text is cut to what a person reads, and stays UTF-8.
size_t SizeOf(const ExtendedErrorView& error);

// Writes wire form to `out`, which has room, and return the octet behind.
char* WriteOptions(const AnswerOptions& options, char* out);
char* WriteExtendedError(const ExtendedErrorView& error, char* out);

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_QUERY_ANSWER_OPTIONS_H_
