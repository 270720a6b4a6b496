// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/caa_syntax.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "zonec/checks/tag_list.h"

namespace strata::zonec {
namespace {

constexpr uint8_t kCritical = 0x80;

absl::string_view TrimBlanks(absl::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// Letters and digits, and dashes between them: a label of an issuer's name, and the tag of a parameter.
bool IsLabel(absl::string_view text) {
  const auto fits = [](char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-'; };
  return !text.empty() && std::all_of(text.begin(), text.end(), fits) && text.front() != '-' && text.back() != '-';
}

bool IsIssuerName(absl::string_view text) {
  for (const absl::string_view label : absl::StrSplit(text, '.')) {
    if (!IsLabel(label)) return false;
  }
  return true;
}

bool IsParameter(absl::string_view text) {
  const size_t equals = text.find('=');
  if (equals == absl::string_view::npos || !IsLabel(TrimBlanks(text.substr(0, equals)))) return false;
  const absl::string_view value = TrimBlanks(text.substr(equals + 1));
  return std::all_of(value.begin(), value.end(), [](char c) { return c >= 0x21 && c <= 0x7e; });
}

// RFC 8659 §4.2: an issuer, or nothing, and parameters behind semicolons.
absl::Status CheckIssue(absl::string_view tag, absl::string_view value) {
  const size_t semicolon = std::min(value.find(';'), value.size());
  const absl::string_view issuer = TrimBlanks(value.substr(0, semicolon));
  if (!issuer.empty() && !IsIssuerName(issuer)) {
    const bool is_url = issuer.find('/') != absl::string_view::npos;
    return absl::InvalidArgumentError(absl::StrCat(tag, " takes the name of a certification authority, not ",
                                                   Quoted(issuer), is_url ? "; a URL is none" : ""));
  }
  absl::string_view rest = TrimBlanks(value.substr(std::min(semicolon + 1, value.size())));
  // The last may have a semicolon behind it.
  if (rest.size() > 1 && rest.back() == ';') rest.remove_suffix(1);
  if (rest.empty()) return absl::OkStatus();
  for (const absl::string_view parameter : absl::StrSplit(rest, ';')) {
    if (IsParameter(TrimBlanks(parameter))) continue;
    return absl::InvalidArgumentError(
        absl::StrCat(Quoted(TrimBlanks(parameter)), " is no parameter of ", tag, "; one is written name=value"));
  }
  return absl::OkStatus();
}

absl::Status CheckIodef(absl::string_view value) {
  for (const absl::string_view scheme : {"mailto:", "https://", "http://"}) {
    if (absl::StartsWithIgnoreCase(value, scheme) && value.size() > scheme.size()) return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat("iodef takes a URL of mailto, http or https, not ", Quoted(value)));
}

}  // namespace

absl::Status CheckCaa(absl::string_view rdata) {
  if (rdata.size() < 2) return absl::InvalidArgumentError("it is cut short");
  const auto flags = static_cast<uint8_t>(rdata[0]);
  const size_t tag_size = std::min<size_t>(static_cast<uint8_t>(rdata[1]), rdata.size() - 2);
  const std::string tag = absl::AsciiStrToLower(rdata.substr(2, tag_size));
  const absl::string_view value = rdata.substr(2 + tag_size);
  if ((flags & ~kCritical) != 0) {
    return absl::InvalidArgumentError(
        absl::StrCat("the flags are ", flags, "; but for 0 only 128, critical, means anything"));
  }
  if (tag == "issue" || tag == "issuewild" || tag == "issuemail") return CheckIssue(tag, value);
  if (tag == "iodef") return CheckIodef(value);
  // RFC 8659 §9.2's registry; issuevmc is for logos in mail.
  if (tag == "contactemail" || tag == "contactphone" || tag == "issuevmc") return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      Quoted(tag), " is no tag that is known",
      (flags & kCritical) != 0 ? ", and as it is critical, nobody may issue a certificate" : ", so nobody heeds it"));
}

}  // namespace strata::zonec
