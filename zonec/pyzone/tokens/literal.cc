// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/tokens/literal.h"

#include <cmath>
#include <limits>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "zonec/pyzone/values/utf8_text.h"

namespace strata::zonec::pyzone {
namespace {

// The value of a digit in any base up to 16, or 16.
uint32_t DigitValue(char c) {
  if (c >= '0' && c <= '9') return static_cast<uint32_t>(c - '0');
  const char lower = absl::ascii_tolower(static_cast<unsigned char>(c));
  return lower >= 'a' && lower <= 'f' ? static_cast<uint32_t>(lower - 'a' + 10) : 16;
}

// Digits with single underscores between them.
std::optional<LiteralError> ParseInteger(absl::string_view text, uint32_t base, size_t start, Value* value) {
  int64_t sum = 0;
  bool digit_before = start > 0;  // 0x_1 is right
  if (start == text.size()) return LiteralError{0, absl::StrCat("\"", text, "\" is not a number")};
  for (size_t i = start; i < text.size(); ++i) {
    if (text[i] == '_' && digit_before && i + 1 < text.size()) {
      digit_before = false;
      continue;
    }
    const uint32_t digit = DigitValue(text[i]);
    if (digit >= base) return LiteralError{i, absl::StrCat("\"", text, "\" is not a number")};
    digit_before = true;
    if (__builtin_mul_overflow(sum, int64_t{base}, &sum) || __builtin_add_overflow(sum, int64_t{digit}, &sum)) {
      return LiteralError{0, "the number is too large; the largest is 9223372036854775807"};
    }
  }
  *value = Value::Int(sum);
  return std::nullopt;
}

std::optional<LiteralError> ParseFloat(absl::string_view text, Value* value) {
  std::string digits;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool between = i > 0 && i + 1 < text.size() && absl::ascii_isdigit(static_cast<unsigned char>(text[i - 1])) &&
                         absl::ascii_isdigit(static_cast<unsigned char>(text[i + 1]));
    if (text[i] != '_') digits += text[i];
    if (text[i] == '_' && !between) return LiteralError{i, absl::StrCat("\"", text, "\" is not a number")};
  }
  if (absl::ascii_tolower(static_cast<unsigned char>(text.back())) == 'j') {
    return LiteralError{0, "complex numbers are not part of the language"};
  }
  double number = 0;
  if (digits.find_first_not_of("0123456789.eE+-") != std::string::npos || !absl::SimpleAtod(digits, &number)) {
    return LiteralError{0, absl::StrCat("\"", text, "\" is not a number")};
  }
  // Nothing else makes infinities, and they have no text.
  if (!std::isfinite(number)) return LiteralError{0, "the number is too large for a float"};
  *value = Value::Float(number);
  return std::nullopt;
}

// Up to `max` digits in `base` from `at` on.
size_t CountDigits(absl::string_view text, size_t at, uint32_t base, size_t max) {
  size_t count = 0;
  while (count < max && at + count < text.size() && DigitValue(text[at + count]) < base) ++count;
  return count;
}

uint32_t DigitsValue(absl::string_view digits, uint32_t base) {
  uint32_t value = 0;
  for (const char c : digits) value = value * base + DigitValue(c);
  return value;
}

constexpr absl::string_view kSimpleEscapes = "\\'\"abfnrtv";
constexpr absl::string_view kSimpleValues = "\\'\"\a\b\f\n\r\t\v";

// Appends the character with that number.
std::optional<LiteralError> AppendNumbered(const StringLiteral& literal, uint32_t number, size_t at, std::string* out) {
  if (literal.bytes) {
    out->push_back(static_cast<char>(number));
  } else if (number > 0x10ffff || (number >= 0xd800 && number <= 0xdfff)) {
    return LiteralError{at, "there is no character of this number"};
  } else {
    AppendUtf8(number, out);
  }
  return std::nullopt;
}

// One escape at `*at`, which is that of its backslash; ends behind it.
std::optional<LiteralError> DecodeEscape(const StringLiteral& literal, absl::string_view body, size_t* at,
                                         std::string* out) {
  const size_t start = *at;
  const char c = body[start + 1];
  *at += 2;
  if (c == '\n') return std::nullopt;
  if (c == '\r') {
    if (*at < body.size() && body[*at] == '\n') ++*at;
    return std::nullopt;
  }
  if (const size_t simple = kSimpleEscapes.find(c); simple != absl::string_view::npos) {
    out->push_back(kSimpleValues[simple]);
    return std::nullopt;
  }
  if (DigitValue(c) < 8) {
    const size_t digits = CountDigits(body, start + 1, 8, 3);
    *at = start + 1 + digits;
    const uint32_t number = DigitsValue(body.substr(start + 1, digits), 8);
    if (literal.bytes && number > 255) return LiteralError{start, "there is no octet of this number"};
    return AppendNumbered(literal, number, start, out);
  }
  const size_t wanted = c == 'x' ? 2 : literal.bytes ? 0 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
  if (wanted > 0) {
    if (CountDigits(body, *at, 16, wanted) < wanted) {
      return LiteralError{start,
                          absl::StrCat("\\", absl::string_view(&c, 1), " takes ", wanted, " hexadecimal digits")};
    }
    *at += wanted;
    return AppendNumbered(literal, DigitsValue(body.substr(*at - wanted, wanted), 16), start, out);
  }
  if (c == 'N' && !literal.bytes) {
    return LiteralError{start, "\\N{...} is not part of the language; write the character itself, or \\uXXXX"};
  }
  // Python keeps the backslash of what is no escape.
  out->append(body.data() + start, 2);
  return std::nullopt;
}

}  // namespace

std::optional<LiteralError> ParseNumber(absl::string_view text, Value* value) {
  const char second = text.size() > 1 ? absl::ascii_tolower(static_cast<unsigned char>(text[1])) : '\0';
  if (text[0] == '0' && second == 'x') return ParseInteger(text, 16, 2, value);
  if (text[0] == '0' && second == 'o') return ParseInteger(text, 8, 2, value);
  if (text[0] == '0' && second == 'b') return ParseInteger(text, 2, 2, value);
  if (text.find_first_of(".eEjJ") != absl::string_view::npos) return ParseFloat(text, value);
  if (text[0] == '0' && text.find_first_not_of("0_") != absl::string_view::npos) {
    return LiteralError{0, "a number does not start with 0; octal ones are written 0o17"};
  }
  return ParseInteger(text, 10, 0, value);
}

StringLiteral SplitStringLiteral(absl::string_view token) {
  StringLiteral literal;
  size_t quote = 0;
  for (; token[quote] != '"' && token[quote] != '\''; ++quote) {
    const char prefix = absl::ascii_tolower(static_cast<unsigned char>(token[quote]));
    literal.bytes |= prefix == 'b';
    literal.raw |= prefix == 'r';
    literal.formatted |= prefix == 'f';
  }
  const size_t size = token.size() - quote;
  const bool triple = size >= 6 && token[quote + 1] == token[quote] && token[quote + 2] == token[quote];
  const size_t quotes = triple ? 3 : 1;
  literal.body = token.substr(quote + quotes, size - 2 * quotes);
  return literal;
}

std::optional<LiteralError> DecodeString(const StringLiteral& literal, absl::string_view body, std::string* out) {
  for (size_t at = 0; at < body.size();) {
    const char c = body[at];
    if (literal.bytes && static_cast<unsigned char>(c) >= 128) {
      return LiteralError{at, "a bytes literal holds ASCII only; other octets are written \\xNN"};
    }
    if (c == '\\' && !literal.raw && at + 1 < body.size()) {
      if (literal.bytes && static_cast<unsigned char>(body[at + 1]) >= 128) {
        return LiteralError{at + 1, "a bytes literal holds ASCII only; other octets are written \\xNN"};
      }
      if (std::optional<LiteralError> error = DecodeEscape(literal, body, &at, out)) return error;
      continue;
    }
    ++at;
    if (c == '\r') {
      // As Python reads files.
      if (at < body.size() && body[at] == '\n') ++at;
      out->push_back('\n');
    } else {
      out->push_back(c);
    }
  }
  return std::nullopt;
}

}  // namespace strata::zonec::pyzone
