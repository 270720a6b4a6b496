// What stands behind a value: calls, attributes, subscripts.
//
// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "absl/strings/str_cat.h"
#include "zonec/pyzone/syntax/expression_parser.h"
#include "zonec/pyzone/tokens/foreign_words.h"

namespace strata::zonec::pyzone {

ExprPointer ExpressionParser::ParseCall(ExprPointer callee) {
  auto call = std::make_unique<CallExpr>(callee->position);
  call->callee = std::move(callee);
  tokens_.Advance();
  while (!tokens_.Is(")")) {
    if (!ParseArgument(call.get())) return nullptr;
    if (!tokens_.Accept(",")) break;
  }
  if (!tokens_.Expect(")", "or a comma")) return nullptr;
  return call;
}

bool ExpressionParser::ParseArgument(CallExpr* call) {
  const Position at = tokens_.position();
  CallExpr::Argument argument;
  if (tokens_.Accept("**")) {
    argument.stars = 2;
  } else if (tokens_.Accept("*")) {
    argument.stars = 1;
  }
  const size_t mark = state_.scopes.Mark();
  argument.value = ParseExpression();
  if (argument.value == nullptr) return false;
  const bool plain = argument.stars == 0;
  if (plain && tokens_.Is("=")) {
    if (argument.value->kind != ExprKind::kName || argument.value->parenthesized) {
      return tokens_.Fail("before `=` in a call stands the name of a parameter");
    }
    argument.name = static_cast<NameExpr*>(argument.value.get())->name;
    state_.scopes.Forget(mark);
    constexpr size_t kMaxNamed = 255;
    if (++call->named_count > kMaxNamed) return tokens_.Fail(at, "limit", "more than 255 arguments by name");
    for (const CallExpr::Argument& other : call->arguments) {
      if (other.name != argument.name) continue;
      return tokens_.Fail(at, "syntax", absl::StrCat("`", state_.program->names[*argument.name], "` is given twice"));
    }
    tokens_.Advance();
    argument.value = ParseExpression();
    if (argument.value == nullptr) return false;
  } else if (plain && tokens_.Is("for")) {
    auto generator = std::make_unique<Comprehension>(at);
    generator->result = Comprehension::Result::kGenerator;
    generator->element = std::move(argument.value);
    if (!ParseClauses(mark, generator.get())) return false;
    if (!call->arguments.empty() || !tokens_.Is(")")) {
      return tokens_.Fail(at, "syntax", "a generator expression beside other arguments needs parentheses of its own");
    }
    argument.value = std::move(generator);
  }
  if (!argument.name && argument.stars < 2 && !call->arguments.empty()) {
    const CallExpr::Argument& before = call->arguments.back();
    if (before.stars == 2 || (before.name && plain)) {
      return tokens_.Fail(at, "syntax", "arguments without a name stand before those with one");
    }
  }
  call->arguments.push_back(std::move(argument));
  return true;
}

ExprPointer ExpressionParser::ParseAttribute(ExprPointer object) {
  tokens_.Advance();
  if (!tokens_.Is(TokenKind::kName)) {
    tokens_.FailUnexpected("a name");
    return nullptr;
  }
  auto attribute =
      std::make_unique<Attribute>(tokens_.position(), std::move(object), state_.Intern(tokens_.current().text));
  tokens_.Advance();
  return attribute;
}

ExprPointer ExpressionParser::ParseSubscript(ExprPointer object) {
  auto subscript = std::make_unique<Subscript>(tokens_.position());
  subscript->object = std::move(object);
  tokens_.Advance();
  ExprPointer* const parts[] = {&subscript->start, &subscript->stop, &subscript->step};
  for (ExprPointer* part : parts) {
    if (!tokens_.Is(":") && !tokens_.Is("]")) {
      *part = ParseExpression();
      if (*part == nullptr) return nullptr;
    }
    if (part == &subscript->step || !tokens_.Accept(":")) break;
    subscript->is_slice = true;
  }
  if (!subscript->is_slice && subscript->start == nullptr) {
    tokens_.FailUnexpected("an index");
    return nullptr;
  }
  if (!subscript->is_slice && tokens_.Is(",")) {
    auto key = std::make_unique<Display>(subscript->start->position);
    key->is_tuple = true;
    key->items.push_back(std::move(subscript->start));
    if (!ParseItems("]", key.get())) return nullptr;
    subscript->start = std::move(key);
    return subscript;
  }
  if (!tokens_.Expect("]", "")) return nullptr;
  return subscript;
}

}  // namespace strata::zonec::pyzone
