// SPDX-License-Identifier: Apache-2.0
#include "dns/rdata_field_text.h"

#include <cstddef>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "dns/address_prefixes.h"
#include "dns/big_endian.h"
#include "dns/location.h"
#include "dns/name.h"
#include "dns/rdata_field.h"
#include "dns/rr_type.h"
#include "dns/svcb_params.h"
#include "dns/text/base_encoding.h"
#include "dns/text/character_string.h"
#include "dns/text/dnssec_mnemonic.h"
#include "dns/text/ip_address.h"
#include "dns/text/old_network_address.h"
#include "dns/text/time_text.h"
#include "dns/type_bitmap.h"

namespace strata::dns {
namespace {

void AppendNumber(absl::string_view octets, std::string* out) {
  uint32_t number = 0;
  for (char octet : octets) number = number << 8 | static_cast<uint8_t>(octet);
  absl::StrAppend(out, number);
}

void AppendStrings(absl::string_view octets, std::string* out) {
  for (const char* blank = ""; !octets.empty(); blank = " ") {
    const auto size = static_cast<uint8_t>(octets[0]);
    absl::StrAppend(out, blank);
    AppendQuotedText(octets.substr(1, size), out);
    octets.remove_prefix(size + 1);
  }
}

void AppendEui(absl::string_view octets, std::string* out) {
  const char* dash = "";
  for (char octet : octets) {
    absl::StrAppendFormat(out, "%s%02x", dash, static_cast<uint8_t>(octet));
    dash = "-";
  }
}

// All digits, as in the examples of RFC 6742: some readers take nothing else.
void AppendNodeId(absl::string_view octets, std::string* out) {
  absl::StrAppendFormat(out, "%04x:%04x:%04x:%04x", ReadU16(octets), ReadU16(octets.substr(2)),
                        ReadU16(octets.substr(4)), ReadU16(octets.substr(6)));
}

void AppendSalt(absl::string_view octets, std::string* out) {
  if (octets.size() == 1) {
    out->push_back('-');
  } else {
    AppendBaseEncoded(BaseEncoding::kHex, octets.substr(1), out);
  }
}

void AppendTypes(absl::string_view bitmap, std::string* out) {
  const char* blank = "";
  for (uint16_t type : TypesOfBitmap(bitmap)) {
    absl::StrAppend(out, blank, TypeToText(type));
    blank = " ";
  }
}

void AppendNames(absl::string_view names, std::string* out) {
  for (const char* blank = ""; !names.empty(); blank = " ") {
    const size_t size = WireNameSize(names);
    absl::StrAppend(out, blank, WireNameToText(names.substr(0, size)));
    names.remove_prefix(size);
  }
}

// The numbers of the bits that are set, each by the text that `text_of` makes of it.
template <typename TextOf>
void AppendBits(absl::string_view bits, std::string* out, TextOf text_of) {
  const char* blank = "";
  for (size_t bit = 0; bit < bits.size() * 8; ++bit) {
    if ((bits[bit / 8] & 0x80 >> bit % 8) == 0) continue;
    absl::StrAppend(out, blank, text_of(static_cast<uint16_t>(bit)));
    blank = " ";
  }
}

bool AppendGateway(GatewayType type, absl::string_view octets, std::string* out) {
  switch (type) {
    case GatewayType::kNone:
      out->push_back('.');
      return true;
    case GatewayType::kIpv4:
      AppendIpv4Text(octets, out);
      return true;
    case GatewayType::kIpv6:
      AppendIpv6Text(octets, out);
      return true;
    case GatewayType::kName:
      absl::StrAppend(out, WireNameToText(octets));
      return true;
  }
  return false;
}

// False when bits that belong to the prefix are not 0.
bool AppendA6Suffix(uint8_t prefix_bits, absl::string_view octets, std::string* out) {
  if (octets.empty()) return true;
  if (static_cast<uint8_t>(octets[0]) >> (8 - prefix_bits % 8) != 0) return false;
  AppendIpv6Text(absl::StrCat(std::string(16 - octets.size(), '\0'), octets), out);
  return true;
}

bool AppendKey(bool may_be_missing, bool may_be_there, absl::string_view octets, std::string* out) {
  AppendBaseEncoded(BaseEncoding::kBase64, octets, out);
  return octets.empty() ? may_be_missing : may_be_there;
}

// The kinds that look at what is before them, or may have no text.
bool AppendDependentFieldText(FieldKind kind, absl::string_view rdata, size_t at, absl::string_view octets,
                              std::string* out) {
  switch (kind) {
    case FieldKind::kAtmAddress:
      return AppendAtmAddressText(octets, out);
    case FieldKind::kLocation:
      return AppendLocationText(octets, out);
    case FieldKind::kAddressPrefixes:
      return AppendAddressPrefixesText(octets, out);
    case FieldKind::kDigits:
      AppendStrings(octets, out);
      return AreX25Digits(octets.substr(1));
    case FieldKind::kKeyData: {
      const bool no_key = HasNoKey(ReadU16(rdata));
      return AppendKey(no_key, !no_key, octets, out);
    }
    case FieldKind::kIpsecKey:
      return AppendKey(rdata[2] == '\0', true, octets, out);
    case FieldKind::kIpsecGateway:
    case FieldKind::kRelay:
      return AppendGateway(GatewayTypeOf(kind, rdata, at), octets, out);
    case FieldKind::kRelayDiscovery:
      absl::StrAppend(out, static_cast<uint8_t>(octets[0]) >> 7);
      return true;
    case FieldKind::kRelayType:
      absl::StrAppend(out, rdata[at - 1] & 0x7f);
      return true;
    case FieldKind::kA6Suffix:
      return AppendA6Suffix(static_cast<uint8_t>(rdata[0]), octets, out);
    case FieldKind::kA6Prefix:
      if (!octets.empty()) absl::StrAppend(out, WireNameToText(octets));
      return true;
    default:
      return false;
  }
}

// False for the other kinds.
bool AppendPlainFieldText(FieldKind kind, absl::string_view octets, std::string* out) {
  switch (kind) {
    case FieldKind::kNone:
      return true;
    case FieldKind::kU8:
    case FieldKind::kU16:
    case FieldKind::kU32:
    case FieldKind::kSeconds:
    case FieldKind::kAlgorithm:
    case FieldKind::kDigestType:
    case FieldKind::kKeyFlags:
    case FieldKind::kKeyProtocol:
    case FieldKind::kHashAlgorithm:
    case FieldKind::kSyncScheme:
    case FieldKind::kProtocol:
      AppendNumber(octets, out);
      return true;
    case FieldKind::kTime:
      AppendTimeText(ReadU32(octets), out);
      return true;
    case FieldKind::kType:
      absl::StrAppend(out, TypeToText(ReadU16(octets)));
      return true;
    case FieldKind::kCertAlgorithm:
      absl::StrAppend(out, DnssecAlgorithmToText(static_cast<uint8_t>(octets[0])));
      return true;
    case FieldKind::kCertType:
      absl::StrAppend(out, CertTypeToText(ReadU16(octets)));
      return true;
    case FieldKind::kIpv4:
      AppendIpv4Text(octets, out);
      return true;
    case FieldKind::kIpv6:
      AppendIpv6Text(octets, out);
      return true;
    case FieldKind::kEui48:
    case FieldKind::kEui64:
      AppendEui(octets, out);
      return true;
    case FieldKind::kNodeId:
      AppendNodeId(octets, out);
      return true;
    case FieldKind::kName:
      absl::StrAppend(out, WireNameToText(octets));
      return true;
    case FieldKind::kString:
    case FieldKind::kOptionalString:
    case FieldKind::kStrings:
      AppendStrings(octets, out);
      return true;
    case FieldKind::kTag:
      absl::StrAppend(out, octets.substr(1));
      return true;
    case FieldKind::kSalt:
      AppendSalt(octets, out);
      return true;
    case FieldKind::kHashedOwner:
      AppendBaseEncoded(BaseEncoding::kBase32Hex, octets.substr(1), out);
      return true;
    case FieldKind::kText:
      AppendQuotedText(octets, out);
      return true;
    case FieldKind::kHex:
    case FieldKind::kHipTag:
    case FieldKind::kDsDigest:
    case FieldKind::kSshfpDigest:
    case FieldKind::kZonemdDigest:
      AppendBaseEncoded(BaseEncoding::kHex, octets, out);
      return true;
    case FieldKind::kBase64:
    case FieldKind::kHipKey:
    case FieldKind::kOptionalBase64:
      AppendBaseEncoded(BaseEncoding::kBase64, octets, out);
      return true;
    case FieldKind::kTypes:
    case FieldKind::kSomeTypes:
      AppendTypes(octets, out);
      return true;
    case FieldKind::kNsap:
      AppendNsapText(octets, out);
      return true;
    case FieldKind::kHipAlgorithm:
      AppendNumber(octets.substr(1, 1), out);
      return true;
    case FieldKind::kDataOrDash:
      AppendBaseEncoded(BaseEncoding::kBase64, octets, out);
      if (octets.empty()) out->push_back('-');
      return true;
    case FieldKind::kNames:
      AppendNames(octets, out);
      return true;
    case FieldKind::kNxtTypes:
      AppendBits(octets, out, TypeToText);
      return true;
    case FieldKind::kPorts:
      AppendBits(octets, out, [](uint16_t port) { return absl::StrCat(port); });
      return true;
    case FieldKind::kSvcParams:
      AppendSvcParamsText(octets, out);
      return true;
    default:
      return false;
  }
}

}  // namespace

bool AppendRdataFieldText(FieldKind kind, absl::string_view rdata, size_t at, size_t size, std::string* out) {
  const absl::string_view octets = rdata.substr(at, size);
  return AppendPlainFieldText(kind, octets, out) || AppendDependentFieldText(kind, rdata, at, octets, out);
}

}  // namespace strata::dns
