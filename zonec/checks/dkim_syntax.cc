// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/dkim_syntax.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "zonec/checks/tag_list.h"

namespace strata::zonec {
namespace {

constexpr size_t kEd25519KeySize = 32;  // RFC 8463 §4.1
// SubjectPublicKeyInfo of the smallest key that a verifier has to take, of 1024 bits (RFC 8301 §3.2), without what
// encodings differ in.
constexpr size_t kSmallestRsaKeySize = 140;

absl::Status CheckKey(const Tag& key, bool is_ed25519) {
  std::string base64, octets;
  for (const char c : key.value) {
    if (!absl::ascii_isspace(static_cast<unsigned char>(c))) base64.push_back(c);
  }
  if (base64.empty()) return absl::OkStatus();
  const bool url_safe = base64.find_first_of("-_") != std::string::npos;  // Abseil's decoder might take them
  if (url_safe || base64.size() % 4 != 0 || !absl::Base64Unescape(base64, &octets)) {
    return absl::InvalidArgumentError("the key behind p= is not base64, or cut short");
  }
  if (is_ed25519 && octets.size() != kEd25519KeySize) {
    return absl::InvalidArgumentError(absl::StrCat("an Ed25519 key has 32 octets; this one has ", octets.size()));
  }
  if (!is_ed25519 && octets.size() < kSmallestRsaKeySize) {
    return absl::InvalidArgumentError(
        absl::StrCat("a key of ", octets.size(), " octets is cut short, or has less than 1024 bits (RFC 8301 §3.2)"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckDkimKey(absl::string_view text) {
  const absl::StatusOr<std::vector<Tag>> tags = ParseTagList(text);
  if (!tags.ok()) return tags.status();
  const Tag* const version = FindTag(*tags, "v");
  if (version != nullptr && (version != &tags->front() || version->value != "DKIM1")) {
    return absl::InvalidArgumentError("v= stands first, and is v=DKIM1");
  }
  const Tag* const type = FindTag(*tags, "k");
  if (type != nullptr && type->value != "rsa" && type->value != "ed25519") {
    return absl::InvalidArgumentError(absl::StrCat("behind k= stands rsa or ed25519, not ", Quoted(type->value)));
  }
  const Tag* const key = FindTag(*tags, "p");
  if (key == nullptr) return absl::InvalidArgumentError("it has no key: the tag p= is missing");
  return CheckKey(*key, type != nullptr && type->value == "ed25519");
}

}  // namespace strata::zonec
