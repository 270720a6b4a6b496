// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/format/format_spec.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "zonec/pyzone/format/to_text.h"
#include "zonec/pyzone/values/utf8_text.h"

namespace strata::zonec::pyzone {
namespace {

bool IsAlign(absl::string_view text) { return text == "<" || text == ">" || text == "^" || text == "="; }

bool Fail(Run* run, std::string message) {
  run->Fail(std::move(message));
  return false;
}

// Takes one character of `choices`, if it is next.
char AcceptAny(absl::string_view choices, absl::string_view* spec) {
  if (spec->empty() || choices.find((*spec)[0]) == absl::string_view::npos) return 0;
  const char c = (*spec)[0];
  spec->remove_prefix(1);
  return c;
}

// Digits; false: too large a number.
bool AcceptNumber(absl::string_view* spec, size_t max, Run* run, size_t* number) {
  const size_t digits = std::min(spec->find_first_not_of("0123456789"), spec->size());
  uint64_t value = 0;
  if (digits > 0 && (!absl::SimpleAtoi(spec->substr(0, digits), &value) || value > max)) {
    run->Fail(run->at(), "limit",
              absl::StrCat("a width or precision of ", spec->substr(0, digits), "; the most is ", max));
    return false;
  }
  spec->remove_prefix(digits);
  *number = static_cast<size_t>(value);
  return true;
}

bool ParseSpec(absl::string_view text, Run* run, FormatSpec* out) {
  absl::string_view spec = text;
  const size_t first = spec.empty() ? 0 : Utf8Size(spec[0]);
  if (spec.size() > first && IsAlign(spec.substr(first, 1))) {
    out->fill = std::string(spec.substr(0, first));
    spec.remove_prefix(first);
  }
  out->align = AcceptAny("<>^=", &spec);
  out->sign = AcceptAny("+- ", &spec);
  out->alternate = AcceptAny("#", &spec) != 0;
  if (AcceptAny("0", &spec) != 0 && out->align == 0) {
    out->align = '=';
    out->fill = "0";
  }
  if (!AcceptNumber(&spec, run->limits().value_size, run, &out->width)) return false;
  out->grouping = AcceptAny(",_", &spec);
  if (AcceptAny(".", &spec) != 0) {
    if (spec.empty() || !absl::ascii_isdigit(static_cast<unsigned char>(spec[0]))) {
      return Fail(run, absl::StrCat("the format \"", text, "\" has no number behind the point"));
    }
    size_t precision = 0;
    if (!AcceptNumber(&spec, run->limits().value_size, run, &precision)) return false;
    out->precision = precision;
  }
  out->type = AcceptAny("bcdeEfFgGosxX%", &spec);
  return spec.empty() || Fail(run, absl::StrCat("the format \"", text, "\" cannot be read at \"", spec, "\""));
}

// A separator between groups of `size` digits, from the right.
std::string Grouped(absl::string_view digits, char separator, size_t size) {
  std::string out;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % size == 0) out += separator;
    out += digits[i];
  }
  return out;
}

// `sign` and `prefix` stand left of the filling of `=`.
bool AppendPadded(absl::string_view sign, absl::string_view body, char default_align, const FormatSpec& spec, Run* run,
                  std::string* out) {
  const size_t size = CountCharacters(body) + sign.size();
  const size_t filling = spec.width > size ? spec.width - size : 0;
  const char align = spec.align != 0 ? spec.align : default_align;
  const size_t before = align == '<' ? 0 : align == '^' ? filling / 2 : filling;
  const size_t more = filling * spec.fill.size() + body.size();
  if (!run->CheckSize(out->size() + more) || !run->SpendOctets(more)) return false;
  if (align == '=') absl::StrAppend(out, sign);
  for (size_t i = 0; i < before; ++i) absl::StrAppend(out, spec.fill);
  if (align != '=') absl::StrAppend(out, sign);
  absl::StrAppend(out, body);
  for (size_t i = before; i < filling; ++i) absl::StrAppend(out, spec.fill);
  return true;
}

std::string SignText(bool negative, const FormatSpec& spec) {
  if (negative) return "-";
  return spec.sign == '+' || spec.sign == ' ' ? std::string(1, spec.sign) : "";
}

// Zeros that fill up and separators between digits would have to mix.
bool CheckGrouping(const FormatSpec& spec, Run* run) {
  if (spec.grouping == 0 || spec.fill != "0" || spec.align != '=') return true;
  return Fail(run, "a format with both zeros in front and separators is not part of the language");
}

std::string FloatBody(double positive, const FormatSpec& spec, char type) {
  const int precision = static_cast<int>(spec.precision.value_or(6));
  if (type == 'f') {
    std::string buffer(static_cast<size_t>(precision) + 400, '\0');
    const auto result =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), positive, std::chars_format::fixed, precision);
    buffer.resize(static_cast<size_t>(result.ptr - buffer.data()));
    return buffer;
  }
  if (type == 'e') return LayOut(DigitsOf(positive, precision), /*scientific=*/true, /*point=*/false);
  const int significant = std::max(precision, 1);
  FloatDigits digits = DigitsOf(positive, significant - 1);
  digits.digits.resize(std::max<size_t>(digits.digits.find_last_not_of('0') + 1, 1));
  // Without a type there is always a digit behind the point, which has to fit as well.
  const bool plain = type == 0;
  const bool scientific = digits.exponent < -4 || digits.exponent >= significant - (plain ? 1 : 0);
  return LayOut(digits, scientific, plain);
}

}  // namespace

bool AppendInteger(int64_t value, const FormatSpec& spec, Run* run, std::string* out) {
  if (spec.type != 0 && absl::string_view("eEfFgG%").find(spec.type) != absl::string_view::npos) {
    return AppendFloat(static_cast<double>(value), spec, run, out);
  }
  if (spec.precision) return Fail(run, "the format of an integer has no precision");
  if (!CheckGrouping(spec, run)) return false;
  if (spec.type == 'c') {
    if (value < 0 || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) {
      return Fail(run, "there is no character of this number");
    }
    std::string character;
    AppendUtf8(static_cast<uint32_t>(value), &character);
    return AppendPadded("", character, '<', spec, run, out);
  }
  if (spec.type == 's') return Fail(run, "the format s takes a str, not an int");
  const char type = absl::ascii_tolower(static_cast<unsigned char>(spec.type));
  const int base = type == 'x' ? 16 : type == 'o' ? 8 : type == 'b' ? 2 : 10;
  char buffer[72];
  const uint64_t magnitude = value < 0 ? uint64_t{0} - static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
  std::string digits(buffer, std::to_chars(buffer, buffer + sizeof(buffer), magnitude, base).ptr);
  if (spec.grouping == ',' && base != 10) return Fail(run, "`,` separates decimal digits only; write _");
  if (spec.grouping != 0) digits = Grouped(digits, spec.grouping, base == 10 ? 3 : 4);
  std::string sign = SignText(value < 0, spec);
  if (spec.alternate && base != 10) absl::StrAppend(&sign, "0", std::string(1, spec.type));
  if (spec.type == 'X') absl::AsciiStrToUpper(&digits);
  return AppendPadded(sign, digits, '>', spec, run, out);
}

bool AppendFloat(double value, const FormatSpec& spec, Run* run, std::string* out) {
  if (spec.alternate) return Fail(run, "`#` in the format of a float is not part of the language");
  if (spec.precision.value_or(0) > kMaxPrecision) {
    run->Fail(run->at(), "limit", absl::StrCat("a precision of ", *spec.precision, "; the most is ", kMaxPrecision));
    return false;
  }
  if (!CheckGrouping(spec, run)) return false;
  char type = absl::ascii_tolower(static_cast<unsigned char>(spec.type));
  double positive = std::fabs(value);
  if (type == '%') {
    type = 'f';
    positive *= 100;
    if (!std::isfinite(positive)) return Fail(run, "the number is too large for a float");
  } else if (type != 0 && type != 'e' && type != 'f' && type != 'g') {
    return Fail(run, absl::StrCat("the format ", std::string(1, spec.type), " does not take a float"));
  }
  std::string body = type == 0 && !spec.precision ? FloatText(positive) : FloatBody(positive, spec, type);
  if (spec.grouping != 0) {
    const size_t whole = std::min(body.find_first_not_of("0123456789"), body.size());
    body = absl::StrCat(Grouped(absl::string_view(body).substr(0, whole), spec.grouping, 3), body.substr(whole));
  }
  if (spec.type == '%') body += '%';
  if (spec.type == 'E' || spec.type == 'G') absl::AsciiStrToUpper(&body);
  return AppendPadded(SignText(std::signbit(value), spec), body, '>', spec, run, out);
}

bool AppendText(absl::string_view utf8, const FormatSpec& spec, Run* run, std::string* out) {
  if (!run->SpendOctets(utf8.size())) return false;
  if (spec.precision) utf8 = utf8.substr(0, OffsetOfCharacter(utf8, *spec.precision));
  return AppendPadded("", utf8, '<', spec, run, out);
}

bool AppendFormatted(Value value, absl::string_view text, Run* run, std::string* out) {
  if (text.empty()) return AppendStr(value, run, out);
  FormatSpec spec;
  if (!ParseSpec(text, run, &spec)) return false;
  if (value.IsInteger()) return AppendInteger(value.integer(), spec, run, out);
  if (value.Is(Kind::kFloat)) return AppendFloat(value.real(), spec, run, out);
  if (!value.Is(Kind::kStr)) {
    return Fail(run, absl::StrCat(KindName(value.kind()), " takes no format; make a str of it by !s"));
  }
  // Zeros in front are for numbers, but fill a str as well, as in Python.
  if (spec.align == '=' && spec.fill == "0" && text.find('=') == absl::string_view::npos) spec.align = '<';
  const bool for_numbers = spec.align == '=' || spec.sign != 0 || spec.alternate || spec.grouping != 0;
  if (for_numbers || (spec.type != 0 && spec.type != 's')) {
    return Fail(run, absl::StrCat("the format \"", text, "\" is one for numbers; int() makes a number of a str"));
  }
  return AppendText(value.octets(), spec, run, out);
}

}  // namespace strata::zonec::pyzone
