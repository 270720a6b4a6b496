// SPDX-License-Identifier: Apache-2.0
#include "dns/rdata_token_field.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <optional>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "dns/big_endian.h"
#include "dns/rdata_field.h"
#include "dns/rr_type.h"
#include "dns/text/base_encoding.h"
#include "dns/text/decimal.h"
#include "dns/text/dnssec_mnemonic.h"
#include "dns/text/ip_address.h"
#include "dns/text/old_network_address.h"
#include "dns/text/service_mnemonic.h"
#include "dns/text/time_text.h"

namespace strata::dns {

bool AppendSized(absl::string_view octets, std::string* rdata) {
  if (octets.empty() || octets.size() > 255) return false;
  rdata->push_back(static_cast<char>(octets.size()));
  rdata->append(octets.data(), octets.size());
  return true;
}

std::optional<uint16_t> TypeOrNumber(absl::string_view text) {
  if (const std::optional<uint16_t> type = TypeFromText(text)) return type;
  return ParseDecimal(text, 0xffff);
}

namespace {

constexpr uint32_t kMaxU32 = std::numeric_limits<uint32_t>::max();

bool AppendIf(const std::optional<uint8_t>& value, std::string* rdata) {
  if (value) rdata->push_back(static_cast<char>(*value));
  return value.has_value();
}
bool AppendIf(const std::optional<uint16_t>& value, std::string* rdata) {
  if (value) AppendU16(*value, rdata);
  return value.has_value();
}
bool AppendIf(const std::optional<uint32_t>& value, std::string* rdata) {
  if (value) AppendU32(*value, rdata);
  return value.has_value();
}

// `count` octets as two hex digits each, dashes between (RFC 7043 §3.2).
bool AppendEui(absl::string_view text, size_t count, std::string* rdata) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '-');
  return parts.size() == count && std::all_of(parts.begin(), parts.end(), [&](absl::string_view part) {
           return part.size() == 2 && !DecodeBase(BaseEncoding::kHex, part, rdata);
         });
}

// Four groups of one to four hex digits (RFC 6742 §2.1.1).
bool AppendNodeId(absl::string_view text, std::string* rdata) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, ':');
  return parts.size() == 4 && std::all_of(parts.begin(), parts.end(), [&](absl::string_view part) {
           if (part.empty() || part.size() > 4) return false;
           const std::string padded = absl::StrCat(absl::string_view("0000").substr(part.size()), part);
           return !DecodeBase(BaseEncoding::kHex, padded, rdata);
         });
}

bool AppendSalt(absl::string_view text, std::string* rdata) {
  if (text == "-") {
    rdata->push_back('\0');
    return true;
  }
  std::string salt;
  return !DecodeBase(BaseEncoding::kHex, text, &salt) && AppendSized(salt, rdata);
}

bool AppendFlag(absl::string_view text, std::string* rdata) {
  const std::optional<uint32_t> flag = ParseDecimal(text, 1);
  if (flag) rdata->push_back(static_cast<char>(*flag << 7));
  return flag.has_value();
}

// Into the octet that has the flag already.
bool AddRelayType(absl::string_view text, std::string* rdata) {
  const std::optional<uint32_t> type = ParseDecimal(text, static_cast<uint32_t>(GatewayType::kName));
  if (type) rdata->back() = static_cast<char>(rdata->back() | static_cast<char>(*type));
  return type.has_value();
}

// The sizes before and behind it are set by the fields that follow.
bool AppendHipAlgorithm(absl::string_view text, std::string* rdata) {
  const std::optional<uint32_t> algorithm = ParseDecimal(text, 0xff);
  if (algorithm) rdata->append({'\0', static_cast<char>(*algorithm), '\0', '\0'});
  return algorithm.has_value();
}

constexpr TokenField kTokenFields[] = {
    {FieldKind::kU8, "a number from 0 to 255",
     [](absl::string_view text, std::string* rdata) {
       const std::optional<uint32_t> number = ParseDecimal(text, 0xff);
       if (number) rdata->push_back(static_cast<char>(*number));
       return number.has_value();
     }},
    {FieldKind::kU16, "a number from 0 to 65535",
     [](absl::string_view text, std::string* rdata) {
       const std::optional<uint32_t> number = ParseDecimal(text, 0xffff);
       if (number) AppendU16(static_cast<uint16_t>(*number), rdata);
       return number.has_value();
     }},
    {FieldKind::kU32, "a number from 0 to 4294967295",
     [](absl::string_view text, std::string* rdata) { return AppendIf(ParseDecimal(text, kMaxU32), rdata); }},
    {FieldKind::kSeconds, "a number of seconds such as 3600 or 1h",
     [](absl::string_view text, std::string* rdata) { return AppendIf(ParseSeconds(text, kMaxU32), rdata); }},
    {FieldKind::kTime, "a time such as 20260131235959, or in seconds since 1970",
     [](absl::string_view text, std::string* rdata) { return AppendIf(ParseTime(text), rdata); }},
    {FieldKind::kType, "an RR type",
     [](absl::string_view text, std::string* rdata) { return AppendIf(TypeOrNumber(text), rdata); }},
    {FieldKind::kAlgorithm, "a DNSSEC algorithm's number or mnemonic",
     [](absl::string_view text, std::string* rdata) { return AppendIf(DnssecAlgorithmFromText(text), rdata); }},
    {FieldKind::kCertAlgorithm, "a DNSSEC algorithm's number or mnemonic",
     [](absl::string_view text, std::string* rdata) { return AppendIf(DnssecAlgorithmFromText(text), rdata); }},
    {FieldKind::kDigestType, "a DS digest type's number or mnemonic",
     [](absl::string_view text, std::string* rdata) { return AppendIf(DsDigestTypeFromText(text), rdata); }},
    {FieldKind::kCertType, "a certificate type's number or mnemonic",
     [](absl::string_view text, std::string* rdata) { return AppendIf(CertTypeFromText(text), rdata); }},
    {FieldKind::kKeyFlags, "a number from 0 to 65535, or mnemonics such as ZONE|KSK",
     [](absl::string_view text, std::string* rdata) { return AppendIf(KeyFlagsFromText(text), rdata); }},
    {FieldKind::kKeyProtocol, "a protocol's number or mnemonic such as DNSSEC",
     [](absl::string_view text, std::string* rdata) { return AppendIf(KeyProtocolFromText(text), rdata); }},
    {FieldKind::kHashAlgorithm, "a number from 0 to 255, or SHA-1",
     [](absl::string_view text, std::string* rdata) { return AppendIf(HashAlgorithmFromText(text), rdata); }},
    {FieldKind::kSyncScheme, "a number from 0 to 255, or NOTIFY",
     [](absl::string_view text, std::string* rdata) { return AppendIf(SyncSchemeFromText(text), rdata); }},
    {FieldKind::kProtocol, "a protocol's number or name such as tcp",
     [](absl::string_view text, std::string* rdata) { return AppendIf(ProtocolFromText(text), rdata); }},
    {FieldKind::kNsap, "an NSAP such as 0x47.0005.80.ffff", ParseNsap},
    {FieldKind::kAtmAddress, "an ATM address such as 47.0005.80.ffff or +61.200.000000", ParseAtmAddress},
    {FieldKind::kHipAlgorithm, "a number from 0 to 255", AppendHipAlgorithm},
    {FieldKind::kRelayDiscovery, "0 or 1", AppendFlag},
    {FieldKind::kRelayType, "a number from 0 to 3: none, IPv4, IPv6 or name", AddRelayType},
    {FieldKind::kIpv4, "an IPv4 address", ParseIpv4},
    {FieldKind::kIpv6, "an IPv6 address", ParseIpv6},
    {FieldKind::kEui48, "an EUI-48 address such as 00-00-5e-00-53-2a",
     [](absl::string_view text, std::string* rdata) { return AppendEui(text, 6, rdata); }},
    {FieldKind::kEui64, "an EUI-64 address such as 00-00-5e-ef-10-00-00-2a",
     [](absl::string_view text, std::string* rdata) { return AppendEui(text, 8, rdata); }},
    {FieldKind::kNodeId, "four groups of hexadecimal digits such as 0014:4fff:ff20:ee64", AppendNodeId},
    {FieldKind::kTag, "a word of up to 255 letters and digits",
     [](absl::string_view text, std::string* rdata) {
       return std::all_of(text.begin(), text.end(), absl::ascii_isalnum) && AppendSized(text, rdata);
     }},
    {FieldKind::kSalt, "hexadecimal data of up to 255 octets, or -", AppendSalt},
};

// By kind: the row's place counted from 1, or 0.
constexpr std::array<uint8_t, 256> MakeIndex() {
  std::array<uint8_t, 256> index{};
  for (uint8_t i = 0; i < std::size(kTokenFields); ++i) index[static_cast<uint8_t>(kTokenFields[i].kind)] = i + 1;
  return index;
}
constexpr std::array<uint8_t, 256> kIndex = MakeIndex();

}  // namespace

const TokenField* FindTokenField(FieldKind kind) {
  const uint8_t place = kIndex[static_cast<uint8_t>(kind)];
  return place == 0 ? nullptr : &kTokenFields[place - 1];
}

}  // namespace strata::dns
