// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/format/to_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "zonec/pyzone/values/call.h"
#include "zonec/pyzone/values/utf8_text.h"

namespace strata::zonec::pyzone {
namespace {

// Whether repr() writes the number: marks without a shape, blanks but for the space, and what is private.
bool IsHidden(uint32_t c) {
  constexpr std::pair<uint32_t, uint32_t> kHidden[] = {
      {0x0, 0x1f},      {0x7f, 0xa0},     {0xad, 0xad},       {0x600, 0x605},      {0x61c, 0x61c},
      {0x6dd, 0x6dd},   {0x70f, 0x70f},   {0x1680, 0x1680},   {0x180e, 0x180e},    {0x2000, 0x200f},
      {0x2028, 0x202f}, {0x205f, 0x206f}, {0x3000, 0x3000},   {0xe000, 0xf8ff},    {0xfeff, 0xfeff},
      {0xfff0, 0xfffb}, {0xfffe, 0xffff}, {0xe0000, 0xe00ff}, {0xe01f0, 0x10ffff},
  };
  return std::any_of(std::begin(kHidden), std::end(kHidden),
                     [c](const auto& range) { return c >= range.first && c <= range.second; });
}

// Appends the character quoted as in a literal.
void AppendQuoted(uint32_t c, char quote, bool ascii, std::string* out) {
  if (c == '\\' || c == static_cast<unsigned char>(quote)) {
    absl::StrAppend(out, "\\", std::string(1, static_cast<char>(c)));
  } else if (c == '\n') {
    absl::StrAppend(out, "\\n");
  } else if (c == '\r') {
    absl::StrAppend(out, "\\r");
  } else if (c == '\t') {
    absl::StrAppend(out, "\\t");
  } else if (const bool by_number = ascii ? c < 0x20 || c > 0x7e : IsHidden(c); by_number && c < 0x100) {
    absl::StrAppendFormat(out, "\\x%02x", c);
  } else if (by_number && c >= 0x10000) {
    absl::StrAppendFormat(out, "\\U%08x", c);
  } else if (by_number) {
    absl::StrAppendFormat(out, "\\u%04x", c);
  } else {
    AppendUtf8(c, out);
  }
}

bool AppendTextRepr(Value value, Run* run, std::string* out, bool ascii) {
  const absl::string_view octets = value.octets();
  if (!run->Spend(octets.size())) return false;
  const bool bytes = value.Is(Kind::kBytes);
  const bool single = octets.find('\'') == absl::string_view::npos;
  const char quote = single || octets.find('"') != absl::string_view::npos ? '\'' : '"';
  if (bytes) out->push_back('b');
  out->push_back(quote);
  for (size_t at = 0; at < octets.size(); at += bytes ? 1 : Utf8Size(octets[at])) {
    const uint32_t c = bytes ? static_cast<unsigned char>(octets[at]) : FirstCharacter(octets.substr(at));
    AppendQuoted(c, quote, ascii || bytes, out);
  }
  out->push_back(quote);
  return run->CheckSize(out->size());
}

bool AppendItems(const std::vector<Value>& items, absl::string_view brackets, Run* run, std::string* out, bool ascii,
                 size_t depth) {
  out->push_back(brackets[0]);
  for (size_t i = 0; i < items.size(); ++i) {
    if (i > 0) absl::StrAppend(out, ", ");
    if (!AppendRepr(items[i], run, out, ascii, depth + 1)) return false;
  }
  if (items.size() == 1 && brackets[0] == '(') out->push_back(',');
  out->push_back(brackets[1]);
  return true;
}

bool AppendDict(const Dict& dict, Run* run, std::string* out, bool ascii, size_t depth) {
  out->push_back('{');
  for (size_t i = 0; i < dict.entries.size(); ++i) {
    if (i > 0) absl::StrAppend(out, ", ");
    if (!AppendRepr(dict.entries[i].key, run, out, ascii, depth + 1)) return false;
    absl::StrAppend(out, ": ");
    if (!AppendRepr(dict.entries[i].value, run, out, ascii, depth + 1)) return false;
  }
  out->push_back('}');
  return true;
}

}  // namespace

FloatDigits DigitsOf(double positive, int precision) {
  std::string buffer(static_cast<size_t>(precision < 0 ? 0 : precision) + 64, '\0');
  char* const end = buffer.data() + buffer.size();
  const auto result = precision < 0
                          ? std::to_chars(buffer.data(), end, positive, std::chars_format::scientific)
                          : std::to_chars(buffer.data(), end, positive, std::chars_format::scientific, precision);
  buffer.resize(static_cast<size_t>(result.ptr - buffer.data()));
  const size_t e = buffer.find('e');
  FloatDigits out;
  out.exponent = std::atoi(buffer.c_str() + e + 1);
  for (size_t i = 0; i < e; ++i) {
    if (buffer[i] != '.') out.digits += buffer[i];
  }
  return out;
}

std::string LayOut(const FloatDigits& number, bool scientific, bool point) {
  const std::string& digits = number.digits;
  if (scientific) {
    const std::string fraction = digits.size() > 1 ? absl::StrCat(".", digits.substr(1)) : "";
    return absl::StrCat(digits.substr(0, 1), fraction,
                        absl::StrFormat("e%c%02d", number.exponent < 0 ? '-' : '+', std::abs(number.exponent)));
  }
  if (number.exponent < 0) {
    return absl::StrCat("0.", std::string(static_cast<size_t>(-number.exponent - 1), '0'), digits);
  }
  const size_t whole = static_cast<size_t>(number.exponent) + 1;
  if (digits.size() > whole) return absl::StrCat(digits.substr(0, whole), ".", digits.substr(whole));
  return absl::StrCat(digits, std::string(whole - digits.size(), '0'), point ? ".0" : "");
}

std::string FloatText(double value) {
  const std::string sign = std::signbit(value) ? "-" : "";
  const FloatDigits digits = DigitsOf(std::fabs(value));
  return absl::StrCat(sign, LayOut(digits, digits.exponent < -4 || digits.exponent >= 16, /*point=*/true));
}

bool AppendRepr(Value value, Run* run, std::string* out, bool ascii, size_t depth) {
  if (!run->Spend(1) || !run->CheckSize(out->size())) return false;
  if (depth >= run->limits().value_depth) {
    run->Fail(run->at(), "limit", "the values nest too deep to be written out");
    return false;
  }
  switch (value.kind()) {
    case Kind::kNone:
      absl::StrAppend(out, "None");
      return true;
    case Kind::kBool:
      absl::StrAppend(out, value.integer() != 0 ? "True" : "False");
      return true;
    case Kind::kInt:
      absl::StrAppend(out, value.integer());
      return true;
    case Kind::kFloat:
      absl::StrAppend(out, FloatText(value.real()));
      return true;
    case Kind::kStr:
    case Kind::kBytes:
      return AppendTextRepr(value, run, out, ascii);
    case Kind::kList:
      return AppendItems(value.list().items, "[]", run, out, ascii, depth);
    case Kind::kTuple:
      return AppendItems(value.tuple().items, "()", run, out, ascii, depth);
    case Kind::kDict:
      return AppendDict(value.dict(), run, out, ascii, depth);
    case Kind::kRange: {
      const Range& range = value.range();
      absl::StrAppend(out, "range(", range.start, ", ", range.stop);
      if (range.step != 1) absl::StrAppend(out, ", ", range.step);
      absl::StrAppend(out, ")");
      return true;
    }
    default:
      run->Fail(absl::StrCat(KindName(value.kind()), " has no text"));
      return false;
  }
}

bool AppendStr(Value value, Run* run, std::string* out) {
  if (!value.Is(Kind::kStr)) return AppendRepr(value, run, out);
  if (!run->SpendOctets(value.octets().size()) || !run->CheckSize(out->size() + value.octets().size())) return false;
  absl::StrAppend(out, value.octets());
  return true;
}

Value Converted(Value value, char conversion, Run* run) {
  std::string text;
  const bool done = conversion == 's' ? AppendStr(value, run, &text) : AppendRepr(value, run, &text, conversion == 'a');
  return done ? run->NewStr(text) : Value();
}

}  // namespace strata::zonec::pyzone
