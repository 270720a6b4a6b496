// SPDX-License-Identifier: Apache-2.0
#include "dns/testing/random_rdata.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "dns/rdata.h"
#include "dns/rdata_field.h"

namespace strata::dns {
namespace {

std::string WithSize(const std::string& octets) {
  return absl::StrCat(std::string(1, static_cast<char>(octets.size())), octets);
}

std::string U16(uint32_t value) { return {static_cast<char>(value >> 8), static_cast<char>(value & 0xff)}; }

uint8_t At(const std::string& rdata, size_t from_end) { return static_cast<uint8_t>(rdata[rdata.size() - from_end]); }

}  // namespace

std::string RandomRdata::Octets(size_t size) {
  static constexpr absl::string_view kOdd("\"\\;()@$.* \t\r\n\0\x7f\x80\xc3\xbc\xff", 19);
  std::string out;
  for (size_t i = 0; i < size; ++i) {
    out.push_back(OneIn(2) ? kOdd[Below(kOdd.size())] : static_cast<char>(Below(256)));
  }
  return out;
}

std::string RandomRdata::Label() {
  if (OneIn(8)) return "*";
  const uint32_t size = OneIn(20) ? 63 : 1 + Below(8);
  return OneIn(3) ? Octets(size) : std::string(size, static_cast<char>('A' + Below(58)));
}

std::string RandomRdata::WireName() {
  std::string out;
  for (uint32_t labels = Below(5); labels > 0; --labels) {
    const std::string label = Label();
    if (out.size() + 1 + label.size() > 254) break;
    out += WithSize(label);
  }
  return out + '\0';
}

std::string RandomRdata::Rdata(const RdataSchema& schema) {
  for (;;) {
    std::string rdata;
    for (const RdataField* field = schema.fields; field->kind != Kind::kNone; ++field) {
      rdata += Field(field->kind, rdata);
    }
    if (IsValidRdata(schema.type, rdata)) return rdata;
  }
}

std::string RandomRdata::String() { return WithSize(Octets(OneIn(20) ? 255 : Below(12))); }

std::string RandomRdata::Digits(uint32_t at_least) {
  std::string out;
  for (uint32_t size = at_least + Below(9); size > 0; --size) out.push_back(static_cast<char>('0' + Below(10)));
  return out;
}

std::string RandomRdata::Fixed(size_t size) {
  if (OneIn(8)) return std::string(size, OneIn(2) ? '\0' : '\xff');
  if (size > 2 || OneIn(2)) return Octets(size);
  return std::string(size - 1, '\0') + static_cast<char>(Below(18));  // those are the ones that have meanings
}

// RFC 4034 §4.1.2, of one or several windows; there is no type 0.
std::string RandomRdata::TypeBitmap() {
  std::string out;
  for (uint32_t window = Below(3); window < 256; window += 1 + Below(130)) {
    if (OneIn(4)) continue;
    std::string bits = Octets(Below(32));
    if (window == 0 && !bits.empty()) bits[0] = static_cast<char>(bits[0] & 0x7f);
    bits.push_back(static_cast<char>(1 + Below(127)));
    out += static_cast<char>(window) + WithSize(bits);
  }
  return out;
}

// Of types (there is no type 0) or of ports; none is no octets.
std::string RandomRdata::Bits(Kind kind) {
  if (OneIn(5)) return "";
  std::string bits = Octets(Below(15));
  if (kind == Kind::kNxtTypes && !bits.empty()) bits[0] = static_cast<char>(bits[0] & 0x7f);
  bits.push_back(static_cast<char>(1 + Below(127)));
  return bits;
}

std::string RandomRdata::SvcParamValue(uint32_t key) {
  std::string out;
  const uint32_t items = 1 + Below(3);
  switch (key) {
    case 1:  // alpn
      for (uint32_t i = 0; i < items; ++i) out += WithSize(Octets(1 + Below(6)));
      return out;
    case 2:  // no-default-alpn
    case 8:  // ohttp
      return "";
    case 3:  // port
      return Octets(2);
    case 4:  // ipv4hint
      return Octets(4 * items);
    case 6:  // ipv6hint
      return Octets(16 * items);
    default:
      return Octets(Below(20));
  }
}

// Keys ascend; the mandatory ones, which key 0 lists, are there.
std::string RandomRdata::SvcParams() {
  std::string params;
  std::string mandatory;
  for (uint32_t key = 1 + Below(3); key < 65535; key += 1 + Below(key < 12 ? 4 : 60000)) {
    const std::string value = SvcParamValue(key);
    absl::StrAppend(&params, U16(key), U16(static_cast<uint32_t>(value.size())), value);
    if (OneIn(3)) mandatory += U16(key);
  }
  if (mandatory.empty()) return params;
  return absl::StrCat(U16(0), U16(static_cast<uint32_t>(mandatory.size())), mandatory, params);
}

// RFC 3123: no zero octets at the end of an address.
std::string RandomRdata::AddressPrefixes() {
  std::string out;
  for (uint32_t i = Below(4); i > 0; --i) {
    const uint32_t family = 1 + Below(2);
    const uint32_t bits = Below(family == 1 ? 33 : 129);
    std::string address = Octets(Below((bits + 7) / 8 + 1));
    while (!address.empty() && address.back() == '\0') address.pop_back();
    const size_t size = address.size() | (OneIn(2) ? 0x80u : 0u);  // the bit is a negation
    absl::StrAppend(&out, U16(family), std::string(1, static_cast<char>(bits)), std::string(1, static_cast<char>(size)),
                    address);
  }
  return out;
}

// RFC 1876: sizes are a digit and a power of ten.
std::string RandomRdata::Location() {
  std::string out(1, '\0');
  for (int i = 0; i < 3; ++i) {
    const uint32_t digit = Below(10);
    out.push_back(static_cast<char>(digit << 4 | (digit == 0 ? 0 : Below(10))));
  }
  for (const uint32_t most : {324000000u, 648000000u}) {
    const uint32_t value = (1u << 31) - most + Below(2 * most + 1);
    out += U16(value >> 16) + U16(value & 0xffff);
  }
  return out + Octets(4);
}

// How many octets the tag has, an algorithm, how many the key has.
std::string RandomRdata::HipHead() {
  std::string out(1, static_cast<char>(1 + Below(20)));
  out.push_back(static_cast<char>(Below(5)));
  return out + U16(1 + Below(40));
}

std::string RandomRdata::Names() {
  std::string out;
  while (OneIn(2)) out += WireName();
  return out;
}

std::string RandomRdata::Gateway(uint8_t type) {
  switch (type) {
    case 1:
      return Octets(4);
    case 2:
      return Octets(16);
    case 3:
      return WireName();
    default:
      return "";
  }
}

// The bits that the prefix covers are zero (RFC 2874 §3.1.1).
std::string RandomRdata::A6Suffix(uint8_t prefix_bits) {
  if (prefix_bits > 128) return "";
  std::string out = Octets((128 - prefix_bits + 7) / 8);
  if (!out.empty()) out[0] = static_cast<char>(out[0] & 0xff >> prefix_bits % 8);
  return out;
}

std::string RandomRdata::Field(Kind kind, const std::string& before) {
  if (kind == Kind::kHipAlgorithm) return HipHead();
  const size_t size = FixedFieldSize(kind);
  return size != 0 ? Fixed(size) : VariableField(kind, before);
}

std::string RandomRdata::VariableField(Kind kind, const std::string& before) {
  switch (kind) {
    case Kind::kName:
      return WireName();
    case Kind::kString:
      return String();
    case Kind::kOptionalString:
      return OneIn(2) ? "" : String();
    case Kind::kStrings: {
      std::string out = String();
      while (OneIn(2)) out += String();
      return out;
    }
    case Kind::kText:
      return Octets(OneIn(10) ? 300 : Below(20));
    case Kind::kHex:
    case Kind::kBase64:
      return Octets(1 + Below(40));
    case Kind::kDsDigest:
    case Kind::kSshfpDigest:
    case Kind::kZonemdDigest: {
      const size_t required = RequiredDigestSize(kind, At(before, 1));
      return Octets(required != 0 ? required : 12 + Below(40));
    }
    case Kind::kTypes:
    case Kind::kSomeTypes:
      return TypeBitmap();
    case Kind::kSvcParams:
      return OneIn(8) ? "" : SvcParams();
    case Kind::kNxtTypes:
    case Kind::kPorts:
      return Bits(kind);
    default:
      return RareField(kind, before);
  }
}

std::string RandomRdata::RareField(Kind kind, const std::string& before) {
  switch (kind) {
    case Kind::kDigits:
      return WithSize(Digits(4));
    case Kind::kTag:
      return WithSize(Digits(1));
    case Kind::kSalt:
      return WithSize(Octets(Below(9)));
    case Kind::kHashedOwner:
      return WithSize(Octets(1 + Below(30)));
    case Kind::kNsap:
      return Octets(1 + Below(20));
    case Kind::kAtmAddress:
      return OneIn(2) ? '\1' + Digits(1) : '\0' + Octets(20);
    case Kind::kLocation:
      return Location();
    case Kind::kAddressPrefixes:
      return AddressPrefixes();
    case Kind::kNames:
      return Names();
    case Kind::kHipTag:
      return Octets(At(before, 4));
    case Kind::kHipKey:
      return Octets(size_t{static_cast<uint8_t>(before[2])} << 8 | static_cast<uint8_t>(before[3]));
    case Kind::kIpsecGateway:
      return Gateway(At(before, 2));
    case Kind::kRelay:
      return Gateway(At(before, 1) & 0x7f);
    case Kind::kA6Suffix:
      return A6Suffix(At(before, 1));
    case Kind::kA6Prefix:
      return before[0] == '\0' ? "" : WireName();
    case Kind::kRelayType:
      return "";
    default:  // octets that may be missing
      return OneIn(3) ? "" : Octets(1 + Below(40));
  }
}

}  // namespace strata::dns
