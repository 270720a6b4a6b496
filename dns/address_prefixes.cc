// SPDX-License-Identifier: Apache-2.0
#include "dns/address_prefixes.h"

#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "dns/big_endian.h"
#include "dns/text/decimal.h"
#include "dns/text/ip_address.h"

namespace strata::dns {
namespace {

constexpr uint16_t kIpv4 = 1, kIpv6 = 2;
constexpr uint8_t kNegated = 0x80;

// Octets of an address, 0 for families that we do not know.
size_t AddressSize(uint16_t family) { return family == kIpv4 ? 4 : family == kIpv6 ? 16 : 0; }

// On the wire (RFC 3123 §4): the family (2 octets), the length of the prefix in bits, whether it is negated together
// with the number of octets that follow, and those: the address without the zeros at its end.
struct Prefix {
  uint16_t family;
  uint8_t bits;
  bool negated;
  absl::string_view address;
};

// Takes the first prefix off `*rest`; nullopt when there is no whole one.
std::optional<Prefix> TakePrefix(absl::string_view* rest) {
  constexpr size_t kHeadSize = 4;
  if (rest->size() < kHeadSize) return std::nullopt;
  const auto last = static_cast<uint8_t>((*rest)[3]);
  const size_t size = last & ~kNegated;
  if (rest->size() < kHeadSize + size) return std::nullopt;
  const Prefix prefix{ReadU16(*rest), static_cast<uint8_t>((*rest)[2]), (last & kNegated) != 0,
                      rest->substr(kHeadSize, size)};
  rest->remove_prefix(kHeadSize + size);
  return prefix;
}

bool IsValid(const Prefix& prefix) {
  const size_t size = AddressSize(prefix.family);
  if (!prefix.address.empty() && prefix.address.back() == '\0') return false;
  return size == 0 || (prefix.address.size() <= size && prefix.bits <= size * 8);
}

}  // namespace

bool AreValidAddressPrefixes(absl::string_view octets) {
  while (!octets.empty()) {
    const std::optional<Prefix> prefix = TakePrefix(&octets);
    if (!prefix || !IsValid(*prefix)) return false;
  }
  return true;
}

bool AppendAddressPrefixesText(absl::string_view valid, std::string* out) {
  const char* blank = "";
  while (const std::optional<Prefix> prefix = TakePrefix(&valid)) {
    const size_t size = AddressSize(prefix->family);
    if (size == 0) return false;
    std::string address(prefix->address);
    address.resize(size);
    absl::StrAppend(out, blank, prefix->negated ? "!" : "", prefix->family, ":");
    size == 4 ? AppendIpv4Text(address, out) : AppendIpv6Text(address, out);
    absl::StrAppend(out, "/", prefix->bits);
    blank = " ";
  }
  return true;
}

bool ParseAddressPrefix(absl::string_view text, std::string* octets) {
  const bool negated = absl::ConsumePrefix(&text, "!");
  const size_t colon = text.find(':');
  const size_t slash = text.rfind('/');
  if (colon == absl::string_view::npos || slash == absl::string_view::npos || slash < colon) return false;
  const std::optional<uint32_t> family = ParseDecimal(text.substr(0, colon), kIpv6);
  const size_t size = AddressSize(static_cast<uint16_t>(family.value_or(0)));
  if (size == 0) return false;
  const std::optional<uint32_t> bits = ParseDecimal(text.substr(slash + 1), static_cast<uint32_t>(size * 8));
  const absl::string_view written = text.substr(colon + 1, slash - colon - 1);
  std::string address;
  if (!bits || !(size == 4 ? ParseIpv4(written, &address) : ParseIpv6(written, &address))) return false;
  while (!address.empty() && address.back() == '\0') address.pop_back();
  AppendU16(static_cast<uint16_t>(*family), octets);
  octets->push_back(static_cast<char>(*bits));
  octets->push_back(static_cast<char>(address.size() | (negated ? kNegated : 0)));
  *octets += address;
  return true;
}

}  // namespace strata::dns
