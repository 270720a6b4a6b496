// SPDX-License-Identifier: Apache-2.0
#include "dns/rdata_field.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "dns/address_prefixes.h"
#include "dns/big_endian.h"
#include "dns/location.h"
#include "dns/name.h"
#include "dns/svcb_params.h"
#include "dns/text/old_network_address.h"
#include "dns/type_bitmap.h"

namespace strata::dns {
namespace {

struct DigestSize {
  FieldKind kind;
  uint8_t algorithm;
  uint8_t size;
};

constexpr DigestSize kDigestSizes[] = {
    {FieldKind::kDsDigest, 1, 20},      // SHA-1, RFC 4034 §A.2
    {FieldKind::kDsDigest, 2, 32},      // SHA-256, RFC 4509
    {FieldKind::kDsDigest, 3, 32},      // GOST R 34.11-94, RFC 5933
    {FieldKind::kDsDigest, 4, 48},      // SHA-384, RFC 6605
    {FieldKind::kDsDigest, 5, 32},      // GOST R 34.11-2012, RFC 9558
    {FieldKind::kDsDigest, 6, 32},      // SM3, RFC 9563
    {FieldKind::kSshfpDigest, 1, 20},   // SHA-1, RFC 4255
    {FieldKind::kSshfpDigest, 2, 32},   // SHA-256, RFC 6594
    {FieldKind::kZonemdDigest, 1, 48},  // SHA-384, RFC 8976
    {FieldKind::kZonemdDigest, 2, 64},  // SHA-512
    {FieldKind::kHashedOwner, 1, 20},   // SHA-1, RFC 5155 §11
};

// RFC 8976 §2.2.4: of any algorithm.
constexpr size_t kMinZonemdDigestSize = 12;

// Size with its length octet of the character-string at the start of `rest`, 0 when there is none.
size_t StringSize(absl::string_view rest) {
  if (rest.empty()) return 0;
  const size_t size = static_cast<uint8_t>(rest[0]) + 1u;
  return size <= rest.size() ? size : 0;
}

bool AreStrings(absl::string_view rest) {
  if (rest.empty()) return false;
  while (!rest.empty()) {
    const size_t size = StringSize(rest);
    if (size == 0) return false;
    rest.remove_prefix(size);
  }
  return true;
}

bool IsTag(absl::string_view tag) { return !tag.empty() && std::all_of(tag.begin(), tag.end(), absl::ascii_isalnum); }

std::optional<size_t> SizeIf(bool valid, size_t size) { return valid ? std::optional<size_t>(size) : std::nullopt; }

std::optional<size_t> DigestFieldSize(FieldKind kind, absl::string_view rdata, size_t at) {
  const size_t size = rdata.size() - at;
  const size_t required = RequiredDigestSize(kind, static_cast<uint8_t>(rdata[at - 1]));
  if (required != 0) return SizeIf(size == required, size);
  return SizeIf(size >= (kind == FieldKind::kZonemdDigest ? kMinZonemdDigestSize : 1), size);
}

// NSEC3 alone has this field; its hash algorithm is the first octet of the RDATA (RFC 5155 §3.2).
std::optional<size_t> HashedOwnerSize(absl::string_view rdata, size_t at) {
  const size_t size = StringSize(rdata.substr(at));
  const size_t required = RequiredDigestSize(FieldKind::kHashedOwner, static_cast<uint8_t>(rdata[0]));
  return SizeIf(size > 1 && (required == 0 || size == 1 + required), size);
}

std::optional<size_t> NameSize(absl::string_view rest) {
  const size_t size = WireNameSize(rest);
  return SizeIf(size != 0, size);
}

bool AreNames(absl::string_view rest) {
  while (!rest.empty()) {
    const size_t size = WireNameSize(rest);
    if (size == 0) return false;
    rest.remove_prefix(size);
  }
  return true;
}

// Bits, of which the last octet has one that is set.
std::optional<size_t> BitsSize(absl::string_view rest, size_t max) {
  return SizeIf(rest.size() <= max && (rest.empty() || rest.back() != '\0'), rest.size());
}

// Of a gateway of a type that is not defined the form is unknown: all that is left.
std::optional<size_t> GatewaySize(GatewayType type, absl::string_view rest) {
  switch (type) {
    case GatewayType::kNone:
      return 0;
    case GatewayType::kIpv4:
      return SizeIf(rest.size() >= 4, 4);
    case GatewayType::kIpv6:
      return SizeIf(rest.size() >= 16, 16);
    case GatewayType::kName:
      return NameSize(rest);
  }
  return rest.size();
}

// RFC 2874 §3.1. What the bits are that belong to the prefix does not matter to a receiver.
std::optional<size_t> A6SuffixSize(absl::string_view rdata, absl::string_view rest) {
  const auto prefix_bits = static_cast<uint8_t>(rdata[0]);
  if (prefix_bits > 128) return std::nullopt;
  const size_t size = 16 - prefix_bits / 8;
  return SizeIf(rest.size() >= size, size);
}

// The kinds that depend on fields before them, and those that follow only such.
std::optional<size_t> DependentFieldSize(FieldKind kind, absl::string_view rdata, size_t at) {
  const absl::string_view rest = rdata.substr(at);
  switch (kind) {
    case FieldKind::kHipTag: {
      const auto size = static_cast<uint8_t>(rdata[0]);
      return SizeIf(size != 0 && rest.size() >= size, size);
    }
    case FieldKind::kHipKey: {
      const size_t size = ReadU16(rdata.substr(2));
      return SizeIf(size != 0 && rest.size() >= size, size);
    }
    case FieldKind::kKeyData:
    case FieldKind::kIpsecKey:
      return rest.size();
    case FieldKind::kIpsecGateway:
    case FieldKind::kRelay:
      return GatewaySize(GatewayTypeOf(kind, rdata, at), rest);
    case FieldKind::kRelayType:
      return 0;
    case FieldKind::kA6Suffix:
      return A6SuffixSize(rdata, rest);
    case FieldKind::kA6Prefix:
      return rdata[0] == '\0' ? 0 : NameSize(rest);
    default:
      return std::nullopt;
  }
}

}  // namespace

bool AreX25Digits(absl::string_view text) {
  return text.size() >= 4 && std::all_of(text.begin(), text.end(), absl::ascii_isdigit);
}

GatewayType GatewayTypeOf(FieldKind kind, absl::string_view rdata, size_t at) {
  const auto octet = static_cast<uint8_t>(rdata[kind == FieldKind::kRelay ? at - 1 : at - 2]);
  return static_cast<GatewayType>(kind == FieldKind::kRelay ? octet & 0x7f : octet);
}

size_t RequiredDigestSize(FieldKind kind, uint8_t algorithm) {
  for (const DigestSize& row : kDigestSizes) {
    if (row.kind == kind && row.algorithm == algorithm) return row.size;
  }
  return 0;
}

std::optional<size_t> RdataFieldSize(FieldKind kind, absl::string_view rdata, size_t at) {
  const absl::string_view rest = rdata.substr(at);
  if (const size_t fixed = FixedFieldSize(kind); fixed != 0) return SizeIf(rest.size() >= fixed, fixed);
  switch (kind) {
    case FieldKind::kName:
      return NameSize(rest);
    case FieldKind::kNames:
      return SizeIf(AreNames(rest), rest.size());
    case FieldKind::kOptionalString:
      if (rest.empty()) return 0;
      [[fallthrough]];
    case FieldKind::kString:
    case FieldKind::kDigits:
    case FieldKind::kSalt: {
      const size_t size = StringSize(rest);
      return SizeIf(size != 0, size);
    }
    case FieldKind::kTag: {
      const size_t size = StringSize(rest);
      return SizeIf(size != 0 && IsTag(rest.substr(1, size - 1)), size);
    }
    case FieldKind::kHashedOwner:
      return HashedOwnerSize(rdata, at);
    case FieldKind::kStrings:
      return SizeIf(AreStrings(rest), rest.size());
    case FieldKind::kText:
    case FieldKind::kOptionalBase64:
    case FieldKind::kDataOrDash:
      return rest.size();
    case FieldKind::kNsap:
    case FieldKind::kHex:
    case FieldKind::kBase64:
      return SizeIf(!rest.empty(), rest.size());
    case FieldKind::kDsDigest:
    case FieldKind::kSshfpDigest:
    case FieldKind::kZonemdDigest:
      return DigestFieldSize(kind, rdata, at);
    case FieldKind::kTypes:
      return SizeIf(IsValidTypeBitmap(rest), rest.size());
    case FieldKind::kSomeTypes:
      return SizeIf(!rest.empty() && IsValidTypeBitmap(rest), rest.size());
    case FieldKind::kSvcParams:
      return SizeIf(AreValidSvcParams(rest), rest.size());
    case FieldKind::kNxtTypes:
      return BitsSize(rest, 128 / 8);
    case FieldKind::kPorts:
      return BitsSize(rest, 65536 / 8);
    case FieldKind::kAtmAddress:
      return SizeIf(IsValidAtmAddress(rest), rest.size());
    case FieldKind::kLocation:
      return SizeIf(IsValidLocation(rest), rest.size());
    case FieldKind::kAddressPrefixes:
      return SizeIf(AreValidAddressPrefixes(rest), rest.size());
    default:
      return DependentFieldSize(kind, rdata, at);
  }
}

}  // namespace strata::dns
