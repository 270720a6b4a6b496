// SPDX-License-Identifier: Apache-2.0
#include "dns/text/old_network_address.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "dns/text/base_encoding.h"

namespace strata::dns {
namespace {

constexpr char kAesa = 0, kE164 = 1;

bool AreDigits(absl::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); });
}

std::string WithoutPoints(absl::string_view text) { return absl::StrReplaceAll(text, {{".", ""}}); }

}  // namespace

bool ParseNsap(absl::string_view text, std::string* octets) {
  if (!absl::ConsumePrefix(&text, "0x") && !absl::ConsumePrefix(&text, "0X")) return false;
  const std::string digits = WithoutPoints(text);
  return !digits.empty() && !DecodeBase(BaseEncoding::kHex, digits, octets);
}

void AppendNsapText(absl::string_view octets, std::string* out) {
  absl::StrAppend(out, "0x");
  AppendBaseEncoded(BaseEncoding::kHex, octets, out);
}

bool IsValidAtmAddress(absl::string_view octets) {
  return octets.size() >= 2 && (octets[0] != kE164 || AreDigits(octets.substr(1)));
}

bool ParseAtmAddress(absl::string_view text, std::string* octets) {
  const bool is_number = absl::ConsumePrefix(&text, "+");
  if (absl::StartsWith(text, ".") || absl::EndsWith(text, ".") || absl::StrContains(text, "..")) return false;
  const std::string digits = WithoutPoints(text);
  if (digits.empty()) return false;
  octets->push_back(is_number ? kE164 : kAesa);
  if (!is_number) return !DecodeBase(BaseEncoding::kHex, digits, octets);
  *octets += digits;
  return AreDigits(digits);
}

bool AppendAtmAddressText(absl::string_view valid, std::string* out) {
  if (valid[0] != kAesa && valid[0] != kE164) return false;
  if (valid[0] == kE164) {
    absl::StrAppend(out, "+", valid.substr(1));
  } else {
    AppendBaseEncoded(BaseEncoding::kHex, valid.substr(1), out);
  }
  return true;
}

}  // namespace strata::dns
