// String literals, and the fields of f-strings.
//
// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <optional>

#include "absl/strings/str_cat.h"
#include "zonec/pyzone/syntax/expression_parser.h"
#include "zonec/pyzone/tokens/literal.h"

namespace strata::zonec::pyzone {
namespace {

// Where the field that starts behind the brace at `at` ends: its closing brace, or npos. Knows brackets and strings.
size_t FindFieldEnd(absl::string_view body, size_t at) {
  size_t depth = 0;
  char quote = 0;
  for (++at; at < body.size(); ++at) {
    const char c = body[at];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '(' || c == '[' || c == '{') {
      ++depth;
    } else if (c == '}' && depth == 0) {
      return at;
    } else if ((c == ')' || c == ']' || c == '}') && depth > 0) {
      --depth;
    }
  }
  return absl::string_view::npos;
}

// Where the expression of a field ends: at `!` (but not at `!=`) or `:` outside of brackets and strings.
size_t FindExpressionEnd(absl::string_view field) {
  size_t depth = 0;
  char quote = 0;
  for (size_t at = 0; at < field.size(); ++at) {
    const char c = field[at];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '(' || c == '[' || c == '{') {
      ++depth;
    } else if (c == ')' || c == ']' || c == '}') {
      if (depth > 0) --depth;
    } else if (depth == 0 && (c == ':' || (c == '!' && field.substr(at + 1, 1) != "="))) {
      return at;
    }
  }
  return field.size();
}

}  // namespace

ExprPointer ExpressionParser::ParseStrings() {
  const Position at = tokens_.position();
  const bool bytes = SplitStringLiteral(tokens_.current().text).bytes;
  auto joined = std::make_unique<FString>(at);
  joined->parts.emplace_back();
  for (; tokens_.Is(TokenKind::kString); tokens_.Advance()) {
    const StringLiteral literal = SplitStringLiteral(tokens_.current().text);
    if (literal.bytes != bytes) return Fail(tokens_.position(), "str and bytes literals cannot be joined");
    if (!AddString(tokens_.current(), literal, joined.get())) return nullptr;
  }
  if (tokens_.Is(TokenKind::kError)) {
    tokens_.FailUnexpected("");
    return nullptr;
  }
  if (joined->parts.size() > 1) return joined;
  state_.run->set_at(at);
  return MakeConstant(at, state_.run->NewText(bytes ? Kind::kBytes : Kind::kStr, joined->parts[0].literal));
}

bool ExpressionParser::AddString(const Token& token, const StringLiteral& literal, FString* out) {
  if (literal.formatted) return ParseFields(literal, literal.body, /*in_format=*/false, out);
  return AddLiteralText(literal, literal.body, &out->parts.back().literal);
}

bool ExpressionParser::AddLiteralText(const StringLiteral& literal, absl::string_view body, std::string* out) {
  const std::optional<LiteralError> error = DecodeString(literal, body, out);
  if (!error) return true;
  return tokens_.Fail(tokens_.PositionOf(OffsetOf(body) + error->offset), "syntax", error->message);
}

bool ExpressionParser::ParseFields(const StringLiteral& literal, absl::string_view body, bool in_format, FString* out) {
  size_t start = 0;
  for (size_t at = 0; at < body.size();) {
    const char c = body[at];
    const bool doubled = !in_format && (c == '{' || c == '}') && body.substr(at + 1, 1) == body.substr(at, 1);
    if ((c != '{' && c != '}')) {
      ++at;
      continue;
    }
    if (!AddLiteralText(literal, body.substr(start, at - start + (doubled ? 1 : 0)), &out->parts.back().literal)) {
      return false;
    }
    if (doubled) {
      at += 2;
    } else if (c == '}') {
      return tokens_.Fail(tokens_.PositionOf(OffsetOf(body) + at), "syntax",
                          "a single } in an f-string; one that is meant is written }}");
    } else {
      if (!ParseField(literal, body, &at, &out->parts.back())) return false;
      out->parts.emplace_back();
    }
    start = at;
  }
  return AddLiteralText(literal, body.substr(start), &out->parts.back().literal);
}

bool ExpressionParser::ParseField(const StringLiteral& literal, absl::string_view body, size_t* at,
                                  FString::Part* part) {
  const size_t end = FindFieldEnd(body, *at);
  const Position position = tokens_.PositionOf(OffsetOf(body) + *at);
  if (end == absl::string_view::npos) {
    return tokens_.Fail(position, "syntax", "the { of an f-string is never closed; one that is meant is written {{");
  }
  const NestingLevel level(&state_, tokens_);
  if (!level.ok() || !ParseFieldParts(literal, body.substr(*at + 1, end - *at - 1), part)) return false;
  *at = end + 1;
  return true;
}

bool ExpressionParser::ParseFieldParts(const StringLiteral& literal, absl::string_view field, FString::Part* part) {
  const size_t begin = OffsetOf(field);
  size_t at = FindExpressionEnd(field);
  const absl::string_view expression = field.substr(0, at);
  if (const size_t backslash = expression.find('\\'); backslash != absl::string_view::npos) {
    return tokens_.Fail(tokens_.PositionOf(begin + backslash), "syntax",
                        "a backslash inside of {} in an f-string; use a variable");
  }
  TokenStream inner(Lexer(state_.text, begin, begin + at), tokens_.file(), state_.run);
  ExpressionParser parser(&state_, &inner);
  part->field = parser.ParseExpressions();
  if (part->field == nullptr) return false;
  if (inner.Is("=")) {
    return inner.Fail(inner.position(), "not-supported",
                      "`{value=}` is not part of the language: write the name as text");
  }
  if (!inner.Is(TokenKind::kEnd)) return inner.FailUnexpected("the end of the expression");
  if (field.substr(at, 1) == "!") {
    const absl::string_view conversion = field.substr(at + 1, 1);
    if (conversion != "s" && conversion != "r" && conversion != "a") {
      return tokens_.Fail(tokens_.PositionOf(begin + at), "syntax", "behind ! stands s, r or a");
    }
    part->conversion = conversion[0];
    at += 2;
  }
  if (at == field.size()) return true;
  if (field[at] != ':') return tokens_.Fail(tokens_.PositionOf(begin + at), "syntax", "`:` or `}` is missing");
  auto format = std::make_unique<FString>(tokens_.PositionOf(begin + at));
  format->parts.emplace_back();
  if (!ParseFields(literal, field.substr(at + 1), /*in_format=*/true, format.get())) return false;
  part->format = std::move(format);
  return true;
}

}  // namespace strata::zonec::pyzone
