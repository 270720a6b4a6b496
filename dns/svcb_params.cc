// SPDX-License-Identifier: Apache-2.0
#include "dns/svcb_params.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "dns/big_endian.h"
#include "dns/svcb_param.h"

namespace strata::dns {
namespace {

// On the wire: key (2 octets), size of the value (2), value.
struct Param {
  uint16_t key;
  absl::string_view value;
};

// Takes the first parameter off `*rest`; nullopt when there is no whole one.
std::optional<Param> TakeParam(absl::string_view* rest) {
  if (rest->size() < 4) return std::nullopt;
  const size_t size = ReadU16(rest->substr(2));
  if (rest->size() - 4 < size) return std::nullopt;
  const Param param{ReadU16(*rest), rest->substr(4, size)};
  rest->remove_prefix(4 + size);
  return param;
}

bool Contains(absl::string_view params, uint16_t key) {
  while (std::optional<Param> param = TakeParam(&params)) {
    if (param->key == key) return true;
  }
  return false;
}

// The first key that `params` refer to and lack.
std::optional<uint16_t> MissingKey(absl::string_view params) {
  absl::string_view rest = params;
  while (std::optional<Param> param = TakeParam(&rest)) {
    if (param->key == svcb_key::kNoDefaultAlpn && !Contains(params, svcb_key::kAlpn)) return svcb_key::kAlpn;
    if (param->key != svcb_key::kMandatory) continue;
    for (absl::string_view keys = param->value; !keys.empty(); keys.remove_prefix(2)) {
      if (!Contains(params, ReadU16(keys))) return ReadU16(keys);
    }
  }
  return std::nullopt;
}

struct ParsedParam {
  uint16_t key;
  size_t token;
  std::string value;
};

// The inside of `text` if it is one quoted string, `text` itself if it holds no quotes; nullopt otherwise.
std::optional<absl::string_view> Unquote(absl::string_view text) {
  const bool quoted = !text.empty() && text[0] == '"';
  for (size_t i = quoted ? 1 : 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      if (!quoted || i + 1 != text.size()) return std::nullopt;
      return text.substr(1, i - 1);
    }
  }
  return quoted ? std::nullopt : std::optional<absl::string_view>(text);
}

// Parses one token; the result is what is wrong, empty when nothing is.
std::string ParseParam(const TextToken& token, ParsedParam* param) {
  if (token.quoted) return "quotes stand around a service parameter's value, not around the whole: key=\"value\"";
  const size_t equals = token.text.find('=');
  const absl::string_view key = token.text.substr(0, equals);
  const std::optional<uint16_t> number = SvcParamKeyFromText(key);
  if (!number) {
    return absl::StrCat("\"", key, "\" is not a service parameter key (those without a name are written key65280)");
  }
  param->key = *number;
  absl::string_view text;
  if (equals != absl::string_view::npos) {
    const std::optional<absl::string_view> inside = Unquote(token.text.substr(equals + 1));
    if (!inside) return absl::StrCat("the value of ", key, " is not one string in quotes");
    text = *inside;
  }
  // A number for a key announces raw octets even where the key has a name.
  const bool raw = key.substr(0, 3) == "key";
  const absl::Status status = ParseSvcParamValue(*number, raw, text, &param->value);
  if (!status.ok()) return absl::StrCat(key, ": ", status.message());
  if (param->value.size() > 65535) return absl::StrCat("the value of ", key, " exceeds 65535 octets");
  return "";
}

}  // namespace

bool AreValidSvcParams(absl::string_view params) {
  absl::string_view rest = params;
  for (int last = -1; !rest.empty();) {
    const std::optional<Param> param = TakeParam(&rest);
    if (!param || param->key <= last || !IsValidSvcParamValue(param->key, param->value)) return false;
    last = param->key;
  }
  return !MissingKey(params);
}

void AppendSvcParamsText(absl::string_view params, std::string* out) {
  const size_t start = out->size();
  while (std::optional<Param> param = TakeParam(&params)) {
    if (out->size() != start) out->push_back(' ');
    absl::StrAppend(out, SvcParamKeyToText(param->key));
    if (param->value.empty()) continue;
    out->push_back('=');
    AppendSvcParamValueText(param->key, param->value, out);
  }
}

std::optional<RdataTextError> ParseSvcParams(absl::Span<const TextToken> tokens, std::string* params) {
  std::vector<ParsedParam> parsed(tokens.size());
  for (size_t i = 0; i < tokens.size(); ++i) {
    parsed[i].token = i;
    std::string wrong = ParseParam(tokens[i], &parsed[i]);
    if (!wrong.empty()) return RdataTextError{i, std::move(wrong)};
  }
  std::stable_sort(parsed.begin(), parsed.end(),
                   [](const ParsedParam& a, const ParsedParam& b) { return a.key < b.key; });
  std::string wire;
  for (size_t i = 0; i < parsed.size(); ++i) {
    if (i > 0 && parsed[i].key == parsed[i - 1].key) {
      return RdataTextError{parsed[i].token, absl::StrCat(SvcParamKeyToText(parsed[i].key), " is given twice")};
    }
    AppendU16(parsed[i].key, &wire);
    AppendU16(static_cast<uint16_t>(parsed[i].value.size()), &wire);
    wire += parsed[i].value;
  }
  if (const std::optional<uint16_t> missing = MissingKey(wire)) {
    // Keys that demand others are the lowest: 0 and 2.
    const bool by_list = parsed[0].key == svcb_key::kMandatory && *missing != svcb_key::kAlpn;
    return RdataTextError{tokens.size(), absl::StrCat(SvcParamKeyToText(*missing), " is missing, which ",
                                                      by_list ? "mandatory lists" : "other parameters demand")};
  }
  *params += wire;
  return std::nullopt;
}

}  // namespace strata::dns
