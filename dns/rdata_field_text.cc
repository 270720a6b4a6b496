// SPDX-License-Identifier: Apache-2.0
#include "dns/rdata_field_text.h"

#include <cstddef>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "dns/big_endian.h"
#include "dns/name.h"
#include "dns/rr_type.h"
#include "dns/svcb_params.h"
#include "dns/text/base_encoding.h"
#include "dns/text/character_string.h"
#include "dns/text/dnssec_mnemonic.h"
#include "dns/text/ip_address.h"
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

}  // namespace

void AppendRdataFieldText(FieldKind kind, absl::string_view octets, std::string* out) {
  switch (kind) {
    case FieldKind::kNone:
      return;
    case FieldKind::kU8:
    case FieldKind::kU16:
    case FieldKind::kU32:
    case FieldKind::kSeconds:
    case FieldKind::kAlgorithm:
    case FieldKind::kDigestType:
      return AppendNumber(octets, out);
    case FieldKind::kTime:
      return AppendTimeText(ReadU32(octets), out);
    case FieldKind::kType:
      return absl::StrAppend(out, TypeToText(ReadU16(octets)));
    case FieldKind::kCertAlgorithm:
      return absl::StrAppend(out, DnssecAlgorithmToText(static_cast<uint8_t>(octets[0])));
    case FieldKind::kCertType:
      return absl::StrAppend(out, CertTypeToText(ReadU16(octets)));
    case FieldKind::kIpv4:
      return AppendIpv4Text(octets, out);
    case FieldKind::kIpv6:
      return AppendIpv6Text(octets, out);
    case FieldKind::kEui48:
    case FieldKind::kEui64:
      return AppendEui(octets, out);
    case FieldKind::kNodeId:
      return AppendNodeId(octets, out);
    case FieldKind::kName:
      return absl::StrAppend(out, WireNameToText(octets));
    case FieldKind::kString:
    case FieldKind::kOptionalString:
    case FieldKind::kStrings:
      return AppendStrings(octets, out);
    case FieldKind::kTag:
      return absl::StrAppend(out, octets.substr(1));
    case FieldKind::kSalt:
      return AppendSalt(octets, out);
    case FieldKind::kHashedOwner:
      return AppendBaseEncoded(BaseEncoding::kBase32Hex, octets.substr(1), out);
    case FieldKind::kText:
      return AppendQuotedText(octets, out);
    case FieldKind::kHex:
    case FieldKind::kDsDigest:
    case FieldKind::kSshfpDigest:
    case FieldKind::kZonemdDigest:
      return AppendBaseEncoded(BaseEncoding::kHex, octets, out);
    case FieldKind::kBase64:
    case FieldKind::kOptionalBase64:
      return AppendBaseEncoded(BaseEncoding::kBase64, octets, out);
    case FieldKind::kTypes:
    case FieldKind::kSomeTypes:
      return AppendTypes(octets, out);
    case FieldKind::kSvcParams:
      return AppendSvcParamsText(octets, out);
  }
}

}  // namespace strata::dns
