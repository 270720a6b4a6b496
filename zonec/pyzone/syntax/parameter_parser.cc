// Parameters of functions, and lambda.
//
// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <utility>

#include "zonec/pyzone/syntax/expression_parser.h"
#include "zonec/pyzone/tokens/foreign_words.h"

namespace strata::zonec::pyzone {

std::optional<NameId> ExpressionParser::ParseName() {
  if (!tokens_.Is(TokenKind::kName) || IsKeyword(tokens_.current().text)) {
    tokens_.FailUnexpected("a name");
    return std::nullopt;
  }
  const NameId name = state_.Intern(tokens_.current().text);
  tokens_.Advance();
  return name;
}

bool ExpressionParser::ParseParameters(absl::string_view close, DefStatement* def) {
  bool keyword_only = false;
  std::optional<NameId> rest, keywords;
  while (!tokens_.Is(close)) {
    const Position at = tokens_.position();
    if (keywords) return tokens_.Fail("nothing stands behind the ** parameter");
    if (tokens_.Accept("**")) {
      keywords = ParseName();
      if (!keywords) return false;
    } else if (tokens_.Accept("*")) {
      if (keyword_only) return tokens_.Fail(at, "syntax", "a second * parameter");
      keyword_only = true;
      if (!tokens_.Is(",")) {
        rest = ParseName();
        if (!rest) return false;
      }
    } else if (tokens_.Is("/")) {
      return tokens_.Fail(at, "not-supported", "`/` between parameters is not part of the language: leave it out");
    } else if (!ParseParameter(keyword_only, /*annotated=*/close == ")", def)) {
      return false;
    }
    if (!tokens_.Accept(",")) break;
  }
  def->has_rest = rest.has_value();
  def->has_keywords = keywords.has_value();
  if (rest) def->parameters.push_back(*rest);
  if (keywords) def->parameters.push_back(*keywords);
  for (size_t i = 0; i < def->parameters.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      if (def->parameters[i] == def->parameters[j]) return tokens_.Fail("two parameters have the same name");
    }
  }
  return tokens_.Expect(close, "or a comma");
}

bool ExpressionParser::ParseParameter(bool keyword_only, bool annotated, DefStatement* def) {
  constexpr size_t kMaxParameters = 255;
  const Position at = tokens_.position();
  const std::optional<NameId> name = ParseName();
  if (!name) return false;
  if (annotated && tokens_.Is(":")) {
    return tokens_.Fail(tokens_.position(), "not-supported",
                        "annotations are not part of the language: leave them out");
  }
  if (def->parameters.size() >= kMaxParameters) return tokens_.Fail(at, "limit", "more than 255 parameters");
  ExprPointer value;
  if (tokens_.Accept("=")) {
    value = ParseExpression();
    if (value == nullptr) return false;
  } else if (!keyword_only && !def->defaults.empty() && def->defaults.back() != nullptr) {
    return tokens_.Fail(at, "syntax", "a parameter without a default stands behind one with a default");
  }
  def->parameters.push_back(*name);
  def->defaults.push_back(std::move(value));
  if (!keyword_only) ++def->positional_count;
  return true;
}

ExprPointer ExpressionParser::ParseLambda() {
  const Position at = tokens_.position();
  const NestingLevel level(&state_, tokens_);
  if (!level.ok()) return nullptr;
  auto def = std::make_shared<DefStatement>(at);
  def->name_text = tokens_.current().text;
  tokens_.Advance();
  def->name = state_.Intern("lambda");
  if (!ParseParameters(":", def.get())) return nullptr;
  state_.scopes.Open();
  for (const NameId parameter : def->parameters) state_.scopes.Declare(parameter);
  const Position start = tokens_.position();
  ExprPointer value = ParseExpression();
  if (value == nullptr) return nullptr;
  def->body.push_back(std::make_unique<ExprStatement>(StatementKind::kReturn, start, std::move(value)));
  def->slot_names = state_.scopes.Close().names;
  return std::make_unique<Lambda>(at, std::move(def));
}

}  // namespace strata::zonec::pyzone
