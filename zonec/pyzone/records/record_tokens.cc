// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/records/record_tokens.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "dns/rr_type.h"
#include "dns/text/base_encoding.h"
#include "dns/text/character_string.h"

namespace strata::zonec::pyzone {
namespace {

using dns::FieldKind;

bool IsNumeric(FieldKind kind) {
  switch (kind) {
    case FieldKind::kU8:
    case FieldKind::kU16:
    case FieldKind::kU32:
    case FieldKind::kSeconds:
    case FieldKind::kTime:
    case FieldKind::kAlgorithm:
    case FieldKind::kDigestType:
    case FieldKind::kCertAlgorithm:
    case FieldKind::kCertType:
    case FieldKind::kKeyFlags:
    case FieldKind::kKeyProtocol:
    case FieldKind::kHashAlgorithm:
    case FieldKind::kSyncScheme:
    case FieldKind::kProtocol:
    case FieldKind::kHipAlgorithm:
    case FieldKind::kRelayDiscovery:
    case FieldKind::kRelayType:
    case FieldKind::kPorts:
    case FieldKind::kLocation:
      return true;
    default:
      return false;
  }
}

bool IsTypes(FieldKind kind) {
  return kind == FieldKind::kType || kind == FieldKind::kTypes || kind == FieldKind::kSomeTypes ||
         kind == FieldKind::kNxtTypes;
}

// How octets are written in a field of this kind, if it holds octets.
std::optional<dns::BaseEncoding> EncodingOf(FieldKind kind) {
  switch (kind) {
    case FieldKind::kSalt:
    case FieldKind::kHex:
    case FieldKind::kHipTag:
    case FieldKind::kDsDigest:
    case FieldKind::kSshfpDigest:
    case FieldKind::kZonemdDigest:
      return dns::BaseEncoding::kHex;
    case FieldKind::kHashedOwner:
      return dns::BaseEncoding::kBase32Hex;
    case FieldKind::kBase64:
    case FieldKind::kOptionalBase64:
    case FieldKind::kKeyData:
    case FieldKind::kIpsecKey:
    case FieldKind::kHipKey:
    case FieldKind::kDataOrDash:
      return dns::BaseEncoding::kBase64;
    default:
      return std::nullopt;
  }
}

// The text without its quotes.
std::string Escaped(absl::string_view octets) {
  std::string quoted;
  dns::AppendQuotedText(octets, &quoted);
  return quoted.substr(1, quoted.size() - 2);
}

}  // namespace

std::string CheckNameText(Value value) {
  if (!value.IsText()) return absl::StrCat("a name is a str or a bytes, not ", KindName(value.kind()));
  if (value.Is(Kind::kStr) && !value.text().ascii) {
    return absl::StrCat("the name \"", value.octets(), "\" is not ASCII; write its A-labels (xn--...)");
  }
  if (value.octets().empty()) return "the name is empty; the root is written \".\"";
  if (value.octets() == "@") return "\"@\" has no meaning here; names are absolute";
  return "";
}

void RecordTokens::AddRaw(absl::string_view text, bool quoted, Position position) {
  texts_.emplace_back(text);
  tokens_.push_back({texts_.back(), quoted});
  positions_.push_back(position);
}

std::string RecordTokens::Add(const dns::RdataField& field, Value value, Position position) {
  if (value.Is(Kind::kInt) && (IsNumeric(field.kind) || IsTypes(field.kind))) {
    AddRaw(absl::StrCat(IsTypes(field.kind) ? "TYPE" : "", value.integer()), false, position);
    return "";
  }
  if (value.IsText()) return AddText(field, value, position);
  return absl::StrCat("the ", field.name, " is ", IsNumeric(field.kind) ? "an int or a str" : "a str or a bytes",
                      ", not ", KindName(value.kind()));
}

std::string RecordTokens::AddText(const dns::RdataField& field, Value value, Position position) {
  const absl::string_view octets = value.octets();
  switch (field.kind) {
    case FieldKind::kString:
    case FieldKind::kOptionalString:
    case FieldKind::kDigits:
    case FieldKind::kStrings:
    case FieldKind::kText:
      AddRaw(Escaped(octets), /*quoted=*/true, position);
      return "";
    case FieldKind::kPorts:
      if (!value.Is(Kind::kBytes)) break;
      // The map itself, as on the wire: the bits of the ports.
      for (size_t bit = 0; bit < octets.size() * 8; ++bit) {
        if ((octets[bit / 8] & 0x80 >> bit % 8) != 0) AddRaw(absl::StrCat(bit), /*quoted=*/false, position);
      }
      return "";
    case FieldKind::kA6Prefix:
    case FieldKind::kNames:
    case FieldKind::kName: {
      std::string wrong = CheckNameText(value);
      AddRaw(octets, /*quoted=*/false, position);
      return wrong;
    }
    default:
      break;
  }
  const std::optional<dns::BaseEncoding> encoding = EncodingOf(field.kind);
  const bool has_parts = field.kind == FieldKind::kLocation || field.kind == FieldKind::kPorts ||
                         field.kind == FieldKind::kAddressPrefixes;
  if (!encoding && !has_parts) {
    AddRaw(octets, /*quoted=*/false, position);
  } else if (encoding && value.Is(Kind::kBytes)) {
    std::string text;
    dns::AppendBaseEncoded(*encoding, octets, &text);
    if (octets.empty() && (field.kind == FieldKind::kSalt || field.kind == FieldKind::kDataOrDash)) text = "-";
    AddRaw(text, /*quoted=*/false, position);
  } else {
    // Long ones are often written in groups.
    for (const absl::string_view part : absl::StrSplit(octets, absl::ByAnyChar(" \t\n"), absl::SkipEmpty())) {
      AddRaw(part, /*quoted=*/false, position);
    }
  }
  return "";
}

}  // namespace strata::zonec::pyzone
