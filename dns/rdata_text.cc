// SPDX-License-Identifier: Apache-2.0
#include "dns/rdata_text.h"

#include <cstddef>

#include "absl/strings/str_cat.h"
#include "dns/rdata.h"
#include "dns/rdata_field.h"
#include "dns/rdata_field_parser.h"
#include "dns/rdata_field_text.h"
#include "dns/rdata_schema.h"
#include "dns/rr_type.h"
#include "dns/text/base_encoding.h"
#include "dns/text/decimal.h"

namespace strata::dns {
namespace {

constexpr size_t kMaxRdataSize = 65535;
constexpr absl::string_view kGenericMark = "\\#";

// RFC 3597 §5: \# SIZE HEX...
std::optional<RdataTextError> ParseGeneric(uint16_t type, absl::Span<const TextToken> tokens, std::string* rdata) {
  constexpr RdataField kHexData = {FieldKind::kHex, "RDATA"};
  if (tokens.size() < 2) return RdataTextError{1, "the size of the RDATA is missing behind \\#"};
  const std::optional<uint32_t> size = ParseDecimal(tokens[1].text, kMaxRdataSize);
  if (!size) {
    return RdataTextError{1, absl::StrCat("RDATA size \"", tokens[1].text, "\" is not a number from 0 to 65535")};
  }
  if (tokens.size() > 2) {
    const Name no_origin;
    RdataFieldParser parser(tokens.subspan(2), no_origin, rdata);
    if (std::optional<RdataTextError> error = parser.Parse(kHexData)) {
      error->token += 2;
      return error;
    }
  }
  if (rdata->size() != *size) {
    return RdataTextError{1, absl::StrCat("the RDATA has ", rdata->size(), " octets, not the ", *size, " announced")};
  }
  if (!IsValidRdata(type, *rdata)) {
    return RdataTextError{0, absl::StrCat("these octets are not well-formed ", TypeToText(type), " RDATA")};
  }
  return std::nullopt;
}

void AppendGeneric(absl::string_view rdata, std::string* out) {
  absl::StrAppend(out, kGenericMark, " ", rdata.size());
  if (rdata.empty()) return;
  out->push_back(' ');
  AppendBaseEncoded(BaseEncoding::kHex, rdata, out);
}

}  // namespace

std::optional<RdataTextError> ParseRdataText(uint16_t type, absl::Span<const TextToken> tokens, const Name& origin,
                                             std::string* rdata) {
  rdata->clear();
  if (!tokens.empty() && !tokens[0].quoted && tokens[0].text == kGenericMark) return ParseGeneric(type, tokens, rdata);
  const RdataSchema* schema = FindRdataSchema(type);
  if (schema == nullptr) {
    return RdataTextError{0, absl::StrCat(TypeToText(type), " has no text form here; write its RDATA as \\# SIZE HEX")};
  }
  RdataFieldParser parser(tokens, origin, rdata);
  const RdataField* field = schema->fields;
  for (; field->kind != FieldKind::kNone; ++field) {
    if (std::optional<RdataTextError> error = parser.Parse(*field)) return error;
  }
  if (!parser.AtEnd()) {
    return RdataTextError{parser.position(), absl::StrCat("\"", tokens[parser.position()].text, "\" is left over: the ",
                                                          (field - 1)->name, " is the last of ", TypeToText(type))};
  }
  if (rdata->size() > kMaxRdataSize) {
    return RdataTextError{0, absl::StrCat("the RDATA has ", rdata->size(), " octets; the most is ", kMaxRdataSize)};
  }
  return std::nullopt;
}

void AppendRdataText(uint16_t type, absl::string_view rdata, std::string* out) {
  const RdataSchema* schema = FindRdataSchema(type);
  if (schema == nullptr || !IsValidRdata(type, rdata)) return AppendGeneric(rdata, out);
  const size_t start = out->size();
  size_t at = 0;
  for (const RdataField* field = schema->fields; field->kind != FieldKind::kNone; ++field) {
    const size_t size = *RdataFieldSize(field->kind, rdata, at);
    const size_t before = out->size();
    if (before != start) out->push_back(' ');
    const size_t behind_blank = out->size();
    if (!AppendRdataFieldText(field->kind, rdata, at, size, out)) {
      out->resize(start);
      return AppendGeneric(rdata, out);
    }
    if (out->size() == behind_blank) out->resize(before);
    at += size;
  }
}

}  // namespace strata::dns
