// SPDX-License-Identifier: Apache-2.0
#include "dns/rdata_field_parser.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "dns/address_prefixes.h"
#include "dns/big_endian.h"
#include "dns/location.h"
#include "dns/plain_name.h"
#include "dns/rdata_field.h"
#include "dns/rr_type.h"
#include "dns/svcb_params.h"
#include "dns/text/character_string.h"
#include "dns/text/decimal.h"
#include "dns/text/ip_address.h"
#include "dns/text/service_mnemonic.h"
#include "dns/type_bitmap.h"

namespace strata::dns {
namespace {

// A bit that is not there yet makes the bits longer.
void SetBit(size_t start, size_t bit, std::string* rdata) {
  const size_t octet = start + bit / 8;
  if (rdata->size() <= octet) rdata->resize(octet + 1);
  (*rdata)[octet] = static_cast<char>((*rdata)[octet] | 0x80 >> bit % 8);
}

}  // namespace

RdataFieldParser::Error RdataFieldParser::Parse(const RdataField& field) {
  field_ = &field;
  if (const TokenField* one = FindTokenField(field.kind)) return ParseToken(one->expected, one->append);
  switch (field.kind) {
    case FieldKind::kName:
      return ParseName();
    case FieldKind::kOptionalString:
      return AtEnd() ? std::nullopt : ParseString();
    case FieldKind::kString:
      return ParseString();
    case FieldKind::kDigits:
      return ParseDigits();
    case FieldKind::kStrings:
      return ParseStrings();
    case FieldKind::kText:
      return ParseText();
    case FieldKind::kHashedOwner:
      return ParseHashedOwner();
    case FieldKind::kHex:
      return ParseBase(BaseEncoding::kHex, "hexadecimal data");
    case FieldKind::kDsDigest:
    case FieldKind::kSshfpDigest:
    case FieldKind::kZonemdDigest:
      return ParseDigest();
    case FieldKind::kOptionalBase64:
      return AtEnd() ? std::nullopt : ParseBase(BaseEncoding::kBase64, "base64 data");
    case FieldKind::kBase64:
      return ParseBase(BaseEncoding::kBase64, "base64 data");
    case FieldKind::kSomeTypes:
      return AtEnd() ? Missing("at least one RR type") : ParseTypes();
    case FieldKind::kTypes:
      return ParseTypes();
    case FieldKind::kSvcParams:
      return ParseSvcParams();
    case FieldKind::kDataOrDash:
      if (AtEnd() || tokens_[next_].text != "-") return ParseBase(BaseEncoding::kBase64, "base64 data, or -");
      ++next_;
      return std::nullopt;
    case FieldKind::kNames:
      return ParseNames();
    case FieldKind::kNxtTypes:
      return ParseNxtTypes();
    case FieldKind::kPorts:
      return ParsePorts();
    case FieldKind::kAddressPrefixes:
      return ParseAddressPrefixes();
    case FieldKind::kLocation:
      return ParseLocation();
    default:
      return ParseDependent();
  }
}

RdataFieldParser::Error RdataFieldParser::ParseToken(absl::string_view expected, TokenField::Append append) {
  if (AtEnd()) return Missing(expected);
  const TextToken& token = tokens_[next_++];
  if (token.quoted || !append(token.text, &rdata_)) return Wrong(expected);
  return std::nullopt;
}

RdataFieldParser::Error RdataFieldParser::ParseName() {
  constexpr absl::string_view kExpected = "a domain name";
  if (AtEnd()) return Missing(kExpected);
  const TextToken& token = tokens_[next_++];
  if (token.quoted) return Wrong(kExpected);
  NameBuffer plain;
  if (const size_t size = ReadPlainName(token.text, origin_.wire(), &plain); size != 0) {
    rdata_.append(plain.octets, size);
    return std::nullopt;
  }
  const absl::StatusOr<Name> name = Name::FromText(token.text, origin_);
  if (!name.ok()) return WrongBecause(name.status().message());
  rdata_.append(name->wire().data(), name->wire().size());
  return std::nullopt;
}

RdataFieldParser::Error RdataFieldParser::Unescape(std::string* octets) {
  if (AtEnd()) return Missing("a string");
  const absl::Status status = UnescapeText(tokens_[next_++].text, octets);
  if (!status.ok()) return WrongBecause(status.message());
  return std::nullopt;
}

RdataFieldParser::Error RdataFieldParser::ParseString() {
  std::string octets;
  if (Error error = Unescape(&octets)) return error;
  if (octets.size() > kMaxCharacterStringSize) {
    return RdataTextError{next_ - 1, absl::StrCat("the ", field_->name, " has a string of ", octets.size(),
                                                  " octets; the most is ", kMaxCharacterStringSize)};
  }
  rdata_.push_back(static_cast<char>(octets.size()));
  rdata_ += octets;
  return std::nullopt;
}

RdataFieldParser::Error RdataFieldParser::ParseStrings() {
  do {
    if (Error error = ParseString()) return error;
  } while (!AtEnd());
  return std::nullopt;
}

RdataFieldParser::Error RdataFieldParser::ParseText() { return Unescape(&rdata_); }

RdataFieldParser::Error RdataFieldParser::ParseBase(BaseEncoding encoding, absl::string_view expected) {
  if (AtEnd()) return Missing(expected);
  const size_t first = next_;
  std::string joined;
  while (!AtEnd()) {
    const TextToken& token = tokens_[next_++];
    if (token.quoted) return Wrong(expected);
    if (next_ > first + 1 || !AtEnd()) joined.append(token.text.data(), token.text.size());
  }
  // Mostly it is one token.
  const bool one = next_ == first + 1;
  const std::optional<BaseDecodeError> wrong = DecodeBase(encoding, one ? tokens_[first].text : joined, &rdata_);
  if (!wrong) return std::nullopt;
  // Back to the token that holds the position; what is missing is missing behind the last.
  size_t token = first;
  for (size_t end = tokens_[token].text.size(); end <= wrong->position && token + 1 < next_;) {
    end += tokens_[++token].text.size();
  }
  return RdataTextError{token, absl::StrCat("the ", field_->name, " is not ", expected, ": ", wrong->message)};
}

RdataFieldParser::Error RdataFieldParser::ParseHashedOwner() {
  constexpr absl::string_view kExpected = "base32hex data of up to 255 octets";
  if (AtEnd()) return Missing(kExpected);
  const TextToken& token = tokens_[next_++];
  std::string hash;
  if (token.quoted || DecodeBase(BaseEncoding::kBase32Hex, token.text, &hash) || !AppendSized(hash, &rdata_)) {
    return Wrong(kExpected);
  }
  // The algorithm is the first octet of NSEC3 (RFC 5155 §3.2).
  return CheckSize(hash.size(), static_cast<uint8_t>(rdata_[0]), next_ - 1);
}

RdataFieldParser::Error RdataFieldParser::ParseDigest() {
  const size_t first = next_;
  const size_t start = rdata_.size();
  if (Error error = ParseBase(BaseEncoding::kHex, "hexadecimal data")) return error;
  const size_t size = rdata_.size() - start;
  if (Error error = CheckSize(size, static_cast<uint8_t>(rdata_[start - 1]), first)) return error;
  if (RdataFieldSize(field_->kind, rdata_, start)) return std::nullopt;
  return RdataTextError{first, absl::StrCat("the ", field_->name, " is too short: its size is ", size)};
}

RdataFieldParser::Error RdataFieldParser::CheckSize(size_t size, uint8_t algorithm, size_t token) const {
  const size_t required = RequiredDigestSize(field_->kind, algorithm);
  if (required == 0 || size == required) return std::nullopt;
  return RdataTextError{token, absl::StrCat("the ", field_->name, "'s size is ", size, "; algorithm ", algorithm,
                                            " makes ", required, " octets")};
}

RdataFieldParser::Error RdataFieldParser::ParseTypes() {
  std::vector<uint16_t> types;
  while (!AtEnd()) {
    const TextToken& token = tokens_[next_++];
    const std::optional<uint16_t> type = TypeFromText(token.text);
    if (token.quoted || !type) return Wrong("an RR type");
    types.push_back(*type);
  }
  rdata_ += MakeTypeBitmap(std::move(types));
  return std::nullopt;
}

RdataFieldParser::Error RdataFieldParser::ParseSvcParams() {
  Error error = dns::ParseSvcParams(tokens_.subspan(next_), &rdata_);
  if (error) error->token += next_;
  next_ = tokens_.size();
  return error;
}

RdataFieldParser::Error RdataFieldParser::ParseDigits() {
  const size_t start = rdata_.size() + 1;
  if (Error error = ParseString()) return error;
  return AreX25Digits(absl::string_view(rdata_).substr(start)) ? std::nullopt : Wrong("at least four digits");
}

RdataFieldParser::Error RdataFieldParser::ParseNames() {
  while (!AtEnd()) {
    if (Error error = ParseName()) return error;
  }
  return std::nullopt;
}

RdataFieldParser::Error RdataFieldParser::ParseNxtTypes() {
  const size_t start = rdata_.size();
  while (!AtEnd()) {
    const TextToken& token = tokens_[next_++];
    const std::optional<uint16_t> type = TypeOrNumber(token.text);
    if (token.quoted || !type || *type == 0 || *type > 127) return Wrong("an RR type from 1 to 127");
    SetBit(start, *type, &rdata_);
  }
  return std::nullopt;
}

RdataFieldParser::Error RdataFieldParser::ParsePorts() {
  const size_t start = rdata_.size();
  while (!AtEnd()) {
    const TextToken& token = tokens_[next_++];
    const std::optional<uint16_t> port = PortFromText(token.text);
    if (token.quoted || !port) return Wrong("a port's number or a service's name such as smtp");
    SetBit(start, *port, &rdata_);
  }
  return std::nullopt;
}

RdataFieldParser::Error RdataFieldParser::ParseAddressPrefixes() {
  while (!AtEnd()) {
    if (Error error = ParseToken("an address prefix such as 1:192.0.2.0/24 or !2:2001:db8::/32", ParseAddressPrefix)) {
      return error;
    }
  }
  return std::nullopt;
}

RdataFieldParser::Error RdataFieldParser::ParseLocation() {
  Error error = dns::ParseLocation(tokens_.subspan(next_), &rdata_);
  if (error) error->token += next_;
  next_ = tokens_.size();
  return error;
}

RdataFieldParser::Error RdataFieldParser::ParseDependent() {
  switch (field_->kind) {
    case FieldKind::kHipTag:
    case FieldKind::kHipKey:
      return ParseHip();
    case FieldKind::kKeyData:
      // After flags that say so nothing may follow; what does is left over.
      if (HasNoKey(ReadU16(rdata_))) return std::nullopt;
      return ParseBase(BaseEncoding::kBase64, "base64 data");
    case FieldKind::kIpsecKey:
      if (AtEnd() && rdata_[2] == '\0') return std::nullopt;
      return ParseBase(BaseEncoding::kBase64, "base64 data");
    case FieldKind::kIpsecGateway:
    case FieldKind::kRelay:
      return ParseGateway();
    case FieldKind::kA6Suffix:
      return ParseA6Suffix();
    case FieldKind::kA6Prefix:
      return rdata_[0] == '\0' ? std::nullopt : ParseName();
    default:
      return std::nullopt;
  }
}

// The sizes of both stand in the first octets (RFC 8005 §5).
RdataFieldParser::Error RdataFieldParser::ParseHip() {
  const bool is_tag = field_->kind == FieldKind::kHipTag;
  const absl::string_view expected = is_tag ? "hexadecimal data of up to 255 octets" : "base64 data";
  if (AtEnd()) return Missing(expected);
  const TextToken& token = tokens_[next_++];
  std::string octets;
  if (token.quoted || DecodeBase(is_tag ? BaseEncoding::kHex : BaseEncoding::kBase64, token.text, &octets) ||
      octets.empty() || octets.size() > (is_tag ? 0xffu : 0xffffu)) {
    return Wrong(expected);
  }
  if (is_tag) {
    rdata_[0] = static_cast<char>(octets.size());
  } else {
    rdata_[2] = static_cast<char>(octets.size() >> 8);
    rdata_[3] = static_cast<char>(octets.size());
  }
  rdata_ += octets;
  return std::nullopt;
}

RdataFieldParser::Error RdataFieldParser::ParseGateway() {
  switch (GatewayTypeOf(field_->kind, rdata_, rdata_.size())) {
    case GatewayType::kNone:
      return ParseToken("`.`: its type is 0", [](absl::string_view text, std::string*) { return text == "."; });
    case GatewayType::kIpv4:
      return ParseToken("an IPv4 address: its type is 1", ParseIpv4);
    case GatewayType::kIpv6:
      return ParseToken("an IPv6 address: its type is 2", ParseIpv6);
    case GatewayType::kName:
      return ParseName();
  }
  const size_t type = static_cast<uint8_t>(rdata_[rdata_.size() - 2]);
  return RdataTextError{1, absl::StrCat("the ", field_->name, "'s type is ", type, "; there are 0 to 3")};
}

RdataFieldParser::Error RdataFieldParser::ParseA6Suffix() {
  constexpr size_t kAddressSize = 16;
  const size_t prefix_bits = static_cast<uint8_t>(rdata_[0]);
  if (prefix_bits > 8 * kAddressSize) {
    return RdataTextError{0, absl::StrCat("prefix length \"", tokens_[0].text, "\" is not a number from 0 to 128")};
  }
  if (prefix_bits == 8 * kAddressSize) return std::nullopt;
  std::string suffix;
  if (AtEnd()) return Missing("an IPv6 address");
  const TextToken& token = tokens_[next_++];
  if (token.quoted || !ParseIpv6(token.text, &suffix)) return Wrong("an IPv6 address");
  suffix.erase(0, prefix_bits / 8);
  suffix[0] = static_cast<char>(suffix[0] & 0xff >> prefix_bits % 8);
  rdata_ += suffix;
  return std::nullopt;
}

RdataFieldParser::Error RdataFieldParser::Missing(absl::string_view expected) const {
  return RdataTextError{tokens_.size(), absl::StrCat("the ", field_->name, " is missing: ", expected, " is expected")};
}

RdataFieldParser::Error RdataFieldParser::Wrong(absl::string_view expected) const {
  const TextToken& token = tokens_[next_ - 1];
  return RdataTextError{next_ - 1, absl::StrCat(field_->name, token.quoted ? " in quotes, \"" : " \"", token.text,
                                                token.quoted ? "\", is not " : "\" is not ", expected)};
}

RdataFieldParser::Error RdataFieldParser::WrongBecause(absl::string_view reason) const {
  return RdataTextError{next_ - 1, absl::StrCat(field_->name, " \"", tokens_[next_ - 1].text, "\": ", reason)};
}

}  // namespace strata::dns
