// SPDX-License-Identifier: Apache-2.0
#include "dns/svcb_param.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "dns/big_endian.h"
#include "dns/text/base_encoding.h"
#include "dns/text/character_string.h"
#include "dns/text/decimal.h"
#include "dns/text/ip_address.h"
#include "dns/text/uri_template.h"
#include "dns/text/utf8.h"

namespace strata::dns {
namespace {

enum class Format { kOctets, kKeys, kStrings, kEmpty, kPort, kIpv4, kIpv6, kBase64, kDohPath };

struct Key {
  uint16_t number;
  const char* name;
  Format format;
};

// One row a key.
constexpr Key kKeys[] = {
    {svcb_key::kMandatory, "mandatory", Format::kKeys},
    {svcb_key::kAlpn, "alpn", Format::kStrings},
    {svcb_key::kNoDefaultAlpn, "no-default-alpn", Format::kEmpty},
    {svcb_key::kPort, "port", Format::kPort},
    {svcb_key::kIpv4Hint, "ipv4hint", Format::kIpv4},
    {svcb_key::kEch, "ech", Format::kBase64},
    {svcb_key::kIpv6Hint, "ipv6hint", Format::kIpv6},
    {svcb_key::kDohPath, "dohpath", Format::kDohPath},
    {svcb_key::kOhttp, "ohttp", Format::kEmpty},
};

const Key* FindKey(uint16_t number) {
  const Key* key = std::find_if(std::begin(kKeys), std::end(kKeys), [&](const Key& k) { return k.number == number; });
  return key == std::end(kKeys) ? nullptr : key;
}

Format FormatOf(uint16_t number) {
  const Key* key = FindKey(number);
  return key == nullptr ? Format::kOctets : key->format;
}

// RFC 9460 §8: ascending, and never `mandatory` itself.
bool AreKeys(absl::string_view value) {
  if (value.empty() || value.size() % 2 != 0) return false;
  for (int last = 0; !value.empty(); value.remove_prefix(2)) {
    if (ReadU16(value) <= last) return false;
    last = ReadU16(value);
  }
  return true;
}

// One or more strings of at least one octet, each behind its size.
bool AreStrings(absl::string_view value) {
  if (value.empty()) return false;
  while (!value.empty()) {
    const auto size = static_cast<uint8_t>(value[0]);
    if (size == 0 || size >= value.size()) return false;
    value.remove_prefix(size + 1);
  }
  return true;
}

bool AreAddresses(absl::string_view value, size_t size) { return !value.empty() && value.size() % size == 0; }

// RFC 9461 §5.
bool IsDohPath(absl::string_view value) {
  return absl::StartsWith(value, "/") && IsUtf8(value) && UriTemplateHasVariable(value, "dns");
}

void AppendKeysText(absl::string_view value, std::string* out) {
  for (const char* comma = ""; !value.empty(); value.remove_prefix(2), comma = ",") {
    absl::StrAppend(out, comma, SvcParamKeyToText(ReadU16(value)));
  }
}

// A list inside a string has escapes of its own, for commas and backslashes (RFC 9460 §A.1); those of the string come
// on top.
void AppendStringsText(absl::string_view value, std::string* out) {
  std::string list;
  while (!value.empty()) {
    const auto size = static_cast<uint8_t>(value[0]);
    if (!list.empty()) list.push_back(',');
    for (char c : value.substr(1, size)) {
      if (c == ',' || c == '\\') list.push_back('\\');
      list.push_back(c);
    }
    value.remove_prefix(size + 1);
  }
  AppendQuotedText(list, out);
}

void AppendAddressesText(absl::string_view value, size_t size, std::string* out) {
  for (const char* comma = ""; !value.empty(); value.remove_prefix(size), comma = ",") {
    absl::StrAppend(out, comma);
    size == 4 ? AppendIpv4Text(value.substr(0, 4), out) : AppendIpv6Text(value.substr(0, 16), out);
  }
}

absl::Status Wrong(absl::string_view text, absl::string_view expected) {
  return absl::InvalidArgumentError(absl::StrCat("\"", text, "\" is not ", expected));
}

absl::Status ParseKeys(absl::string_view text, std::string* value) {
  std::vector<uint16_t> keys;
  for (absl::string_view name : absl::StrSplit(text, ',')) {
    const std::optional<uint16_t> key = SvcParamKeyFromText(name);
    if (!key) return Wrong(name, "a service parameter key");
    if (*key == svcb_key::kMandatory) return absl::InvalidArgumentError("it may not list itself");
    keys.push_back(*key);
  }
  std::sort(keys.begin(), keys.end());
  const auto twice = std::adjacent_find(keys.begin(), keys.end());
  if (twice != keys.end())
    return absl::InvalidArgumentError(absl::StrCat(SvcParamKeyToText(*twice), " is listed twice"));
  for (uint16_t key : keys) AppendU16(key, value);
  return absl::OkStatus();
}

absl::Status AppendString(absl::string_view item, std::string* value) {
  if (item.empty()) return absl::InvalidArgumentError("an empty item in the list");
  if (item.size() > kMaxCharacterStringSize) {
    return absl::InvalidArgumentError(absl::StrCat("an item has ", item.size(), " octets; the most is 255"));
  }
  value->push_back(static_cast<char>(item.size()));
  value->append(item.data(), item.size());
  return absl::OkStatus();
}

// `list` is what the string's own escapes left.
absl::Status ParseStrings(absl::string_view list, std::string* value) {
  std::string item;
  for (size_t i = 0; i < list.size(); ++i) {
    if (list[i] == ',') {
      absl::Status status = AppendString(item, value);
      if (!status.ok()) return status;
      item.clear();
      continue;
    }
    if (list[i] == '\\' && (++i == list.size() || (list[i] != ',' && list[i] != '\\'))) {
      return absl::InvalidArgumentError("in a list a backslash stands before a comma or a backslash only");
    }
    item.push_back(list[i]);
  }
  return AppendString(item, value);
}

absl::Status ParseAddresses(absl::string_view text, size_t size, std::string* value) {
  for (absl::string_view address : absl::StrSplit(text, ',')) {
    if (!(size == 4 ? ParseIpv4(address, value) : ParseIpv6(address, value))) {
      return Wrong(address, size == 4 ? "an IPv4 address" : "an IPv6 address");
    }
  }
  return absl::OkStatus();
}

}  // namespace

std::string SvcParamKeyToText(uint16_t key) {
  const Key* row = FindKey(key);
  return row != nullptr ? row->name : absl::StrCat("key", key);
}

std::optional<uint16_t> SvcParamKeyFromText(absl::string_view text) {
  for (const Key& key : kKeys) {
    if (text == key.name) return key.number;
  }
  if (!absl::StartsWith(text, "key")) return std::nullopt;
  text.remove_prefix(3);
  if (text.size() > 1 && text[0] == '0') return std::nullopt;
  return ParseDecimal(text, 65535);
}

bool IsValidSvcParamValue(uint16_t key, absl::string_view value) {
  switch (FormatOf(key)) {
    case Format::kOctets:
      return true;
    case Format::kKeys:
      return AreKeys(value);
    case Format::kStrings:
      return AreStrings(value);
    case Format::kEmpty:
      return value.empty();
    case Format::kPort:
      return value.size() == 2;
    case Format::kIpv4:
      return AreAddresses(value, 4);
    case Format::kIpv6:
      return AreAddresses(value, 16);
    case Format::kBase64:
      return !value.empty();
    case Format::kDohPath:
      return IsDohPath(value);
  }
  return false;
}

void AppendSvcParamValueText(uint16_t key, absl::string_view value, std::string* out) {
  switch (FormatOf(key)) {
    case Format::kKeys:
      return AppendKeysText(value, out);
    case Format::kStrings:
      return AppendStringsText(value, out);
    case Format::kPort:
      return absl::StrAppend(out, ReadU16(value));
    case Format::kIpv4:
      return AppendAddressesText(value, 4, out);
    case Format::kIpv6:
      return AppendAddressesText(value, 16, out);
    case Format::kBase64:
      return AppendBaseEncoded(BaseEncoding::kBase64, value, out);
    case Format::kOctets:
    case Format::kEmpty:
    case Format::kDohPath:
      return AppendQuotedText(value, out);
  }
}

absl::Status ParseSvcParamValue(uint16_t key, bool raw, absl::string_view text, std::string* value) {
  std::string octets;
  absl::Status status = UnescapeText(text, &octets);
  if (!status.ok()) return status;
  const Format format = raw ? Format::kOctets : FormatOf(key);
  if (octets.empty() && format != Format::kOctets && format != Format::kEmpty) {
    return absl::InvalidArgumentError("it needs a value");
  }
  switch (format) {
    case Format::kKeys:
      return ParseKeys(octets, value);
    case Format::kStrings:
      return ParseStrings(octets, value);
    case Format::kPort: {
      const std::optional<uint32_t> port = ParseDecimal(octets, 65535);
      if (!port) return Wrong(text, "a number from 0 to 65535");
      AppendU16(static_cast<uint16_t>(*port), value);
      return absl::OkStatus();
    }
    case Format::kIpv4:
      return ParseAddresses(octets, 4, value);
    case Format::kIpv6:
      return ParseAddresses(octets, 16, value);
    case Format::kBase64: {
      const std::optional<BaseDecodeError> error = DecodeBase(BaseEncoding::kBase64, octets, value);
      return error ? absl::InvalidArgumentError(error->message) : absl::OkStatus();
    }
    case Format::kOctets:
    case Format::kEmpty:
    case Format::kDohPath:
      break;
  }
  if (!IsValidSvcParamValue(key, octets)) {
    return Wrong(text, format == Format::kEmpty     ? "expected: it takes no value"
                       : format == Format::kDohPath ? "a path with the template variable \"dns\", as /dns-query{?dns}"
                                                    : "a value of its format");
  }
  *value += octets;
  return absl::OkStatus();
}

}  // namespace strata::dns
