// SPDX-License-Identifier: Apache-2.0
#include "frontend/query/answer_options.h"

#include <algorithm>
#include <cstring>

#include "dns/edns.h"
#include "dns/header.h"

namespace strata::frontend {
namespace {

using dns::SetU16;

constexpr size_t kOptionHeader = 4;  // code and size

// What stays of the text when there is little room: a client needs the number.
constexpr size_t kMaxErrorText = 120;

// What is sent of an extended error's text, which is UTF-8 (RFC 8914 §2) and stays so: no character is cut.
absl::string_view ErrorText(const ExtendedErrorView& error) {
  size_t size = std::min(error.text.size(), kMaxErrorText);
  const auto continues = [&error](size_t at) { return (static_cast<uint8_t>(error.text[at]) & 0xc0) == 0x80; };
  while (size > 0 && size < error.text.size() && continues(size)) --size;
  return error.text.substr(0, size);
}

char* WriteOptionHeader(uint16_t code, size_t size, char* out) {
  SetU16(out, 0, code);
  SetU16(out, 2, static_cast<uint16_t>(size));
  return out + kOptionHeader;
}

char* WriteOption(uint16_t code, absl::string_view value, char* out) {
  out = WriteOptionHeader(code, value.size(), out);
  std::memcpy(out, value.data(), value.size());
  return out + value.size();
}

}  // namespace

size_t SizeOf(const AnswerOptions& options) {
  return (options.has_cookie ? kOptionHeader + kCookieSize : 0) +
         (options.nsid.empty() ? 0 : kOptionHeader + options.nsid.size()) +
         (options.keepalive.has_value() ? kOptionHeader + 2 : 0) +
         (options.wants_zone_version ? kOptionHeader + dns::kZoneVersionSize : 0);
}

std::optional<std::array<char, dns::kZoneVersionSize>> ReadZoneVersion(absl::string_view options) {
  for (dns::EdnsOptionCursor option(options); option.Next();) {
    if (option.code() != dns::edns_option::kZoneVersion || option.value().size() != dns::kZoneVersionSize) continue;
    std::array<char, dns::kZoneVersionSize> value;
    std::copy(option.value().begin(), option.value().end(), value.begin());
    return value;
  }
  return std::nullopt;
}

size_t SizeOf(const ExtendedErrorView& error) { return kOptionHeader + 2 + ErrorText(error).size(); }

char* WriteOptions(const AnswerOptions& options, char* out) {
  if (options.has_cookie) {
    out = WriteOption(dns::edns_option::kCookie, absl::string_view(options.cookie.data(), kCookieSize), out);
  }
  if (!options.nsid.empty()) out = WriteOption(dns::edns_option::kNsid, options.nsid, out);
  if (options.keepalive.has_value()) {
    out = WriteOptionHeader(dns::edns_option::kTcpKeepalive, 2, out);
    SetU16(out, 0, *options.keepalive);
    out += 2;
  }
  if (options.wants_zone_version && options.zone_version.has_value()) {
    const absl::string_view value(options.zone_version->data(), options.zone_version->size());
    out = WriteOption(dns::edns_option::kZoneVersion, value, out);
  }
  return out;
}

char* WriteExtendedError(const ExtendedErrorView& error, char* out) {
  const absl::string_view text = ErrorText(error);
  out = WriteOptionHeader(dns::edns_option::kExtendedError, 2 + text.size(), out);
  SetU16(out, 0, error.info_code);
  std::memcpy(out + 2, text.data(), text.size());
  return out + 2 + text.size();
}

}  // namespace strata::frontend
