// Brackets of all kinds, comprehensions, and what can be assigned to.
//
// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "zonec/pyzone/syntax/expression_parser.h"

namespace strata::zonec::pyzone {

ExprPointer ExpressionParser::ParseItem() {
  const Position at = tokens_.position();
  if (!tokens_.Accept("*")) return ParseExpression();
  const NestingLevel level(&state_, tokens_);
  ExprPointer value = level.ok() ? ParseBinary(1) : nullptr;
  if (value == nullptr) return nullptr;
  return std::make_unique<Starred>(at, std::move(value));
}

bool ExpressionParser::ParseItems(absl::string_view close, Display* display) {
  while (tokens_.Accept(",")) {
    if (tokens_.Is(close)) break;
    display->items.push_back(ParseItem());
    if (display->items.back() == nullptr) return false;
  }
  return tokens_.Expect(close, "or a comma");
}

ExprPointer ExpressionParser::ParseParentheses() {
  const Position at = tokens_.position();
  tokens_.Advance();
  auto tuple = std::make_unique<Display>(at);
  tuple->is_tuple = true;
  tuple->parenthesized = true;
  if (tokens_.Accept(")")) return tuple;
  const size_t mark = state_.scopes.Mark();
  ExprPointer first = ParseItem();
  if (first == nullptr) return nullptr;
  if (tokens_.Is("for")) {
    auto generator = std::make_unique<Comprehension>(at);
    generator->result = Comprehension::Result::kGenerator;
    generator->element = std::move(first);
    if (!ParseClauses(mark, generator.get()) || !tokens_.Expect(")", "")) return nullptr;
    return generator;
  }
  if (!tokens_.Is(",")) {
    if (!tokens_.Expect(")", "or a comma")) return nullptr;
    if (first->kind == ExprKind::kStarred) return Fail(at, "* stands here only in a list, a tuple or a call");
    first->parenthesized = true;
    return first;
  }
  tuple->items.push_back(std::move(first));
  if (!ParseItems(")", tuple.get())) return nullptr;
  return tuple;
}

ExprPointer ExpressionParser::ParseList() {
  const Position at = tokens_.position();
  tokens_.Advance();
  auto list = std::make_unique<Display>(at);
  if (tokens_.Accept("]")) return list;
  const size_t mark = state_.scopes.Mark();
  ExprPointer first = ParseItem();
  if (first == nullptr) return nullptr;
  if (tokens_.Is("for")) {
    auto comprehension = std::make_unique<Comprehension>(at);
    comprehension->element = std::move(first);
    if (!ParseClauses(mark, comprehension.get()) || !tokens_.Expect("]", "")) return nullptr;
    return comprehension;
  }
  list->items.push_back(std::move(first));
  if (!ParseItems("]", list.get())) return nullptr;
  return list;
}

ExprPointer ExpressionParser::ParseBraces() {
  const Position at = tokens_.position();
  tokens_.Advance();
  auto dict = std::make_unique<DictDisplay>(at);
  const size_t mark = state_.scopes.Mark();
  while (!tokens_.Is("}")) {
    ExprPointer key;
    const bool merged = tokens_.Accept("**");
    if (!merged) {
      key = ParseExpression();
      if (key == nullptr) return nullptr;
      const bool set = tokens_.Is(",") || tokens_.Is("}") || tokens_.Is("for");
      if (set && dict->items.empty()) {
        tokens_.Fail(at, "not-supported",
                     "sets are not part of the language: dict.fromkeys(items) keeps each item once, and in order");
        return nullptr;
      }
      if (!tokens_.Expect(":", "between key and value")) return nullptr;
    }
    ExprPointer value = ParseExpression();
    if (value == nullptr) return nullptr;
    if (tokens_.Is("for") && !merged && dict->items.empty()) {
      auto comprehension = std::make_unique<Comprehension>(at);
      comprehension->result = Comprehension::Result::kDict;
      comprehension->element = std::move(key);
      comprehension->value = std::move(value);
      if (!ParseClauses(mark, comprehension.get()) || !tokens_.Expect("}", "")) return nullptr;
      return comprehension;
    }
    dict->items.emplace_back(std::move(key), std::move(value));
    if (!tokens_.Accept(",")) break;
  }
  if (!tokens_.Expect("}", "or a comma")) return nullptr;
  return dict;
}

bool ExpressionParser::ParseClauses(size_t mark, Comprehension* comprehension) {
  if (comprehension->element->kind == ExprKind::kStarred) {
    Fail(comprehension->element->position, "* stands only in a list, a tuple or a call, not in a comprehension");
    return false;
  }
  state_.scopes.OpenFrom(mark);
  while (tokens_.Accept("for")) {
    if (!ParseClause(comprehension->clauses.empty(), comprehension)) return false;
  }
  if (comprehension->clauses.size() > state_.run->limits().nesting) {
    Fail(comprehension->position, "the comprehension has too many loops");
    return false;
  }
  comprehension->slot_count = static_cast<uint32_t>(state_.scopes.Close().names.size());
  return true;
}

bool ExpressionParser::ParseClause(bool first, Comprehension* comprehension) {
  Comprehension::Clause clause;
  clause.target = ParseLoopTarget();
  if (clause.target == nullptr || !tokens_.Expect("in", "behind what `for` assigns")) return false;
  // The first is worked out before the comprehension's own variables exist.
  Scopes::Scope own;
  if (first) own = state_.scopes.TakeAside();
  clause.iterable = ParseOr();
  if (first) state_.scopes.PutBack(std::move(own));
  if (clause.iterable == nullptr) return false;
  while (tokens_.Accept("if")) {
    clause.conditions.push_back(ParseOr());
    if (clause.conditions.back() == nullptr) return false;
  }
  comprehension->clauses.push_back(std::move(clause));
  return true;
}

ExprPointer ExpressionParser::ParseTargetItem() {
  const Position at = tokens_.position();
  const bool starred = tokens_.Accept("*");
  ExprPointer target = ParsePostfix();
  if (target == nullptr || !starred) return target;
  return std::make_unique<Starred>(at, std::move(target));
}

ExprPointer ExpressionParser::ParseLoopTarget() {
  const NestingLevel level(&state_, tokens_);
  if (!level.ok()) return nullptr;
  const Position at = tokens_.position();
  ExprPointer target = ParseTargetItem();
  if (target == nullptr) return nullptr;
  if (tokens_.Is(",")) {
    auto several = std::make_unique<Display>(at);
    several->is_tuple = true;
    several->items.push_back(std::move(target));
    while (tokens_.Accept(",") && !tokens_.Is("in")) {
      several->items.push_back(ParseTargetItem());
      if (several->items.back() == nullptr) return nullptr;
    }
    target = std::move(several);
  }
  if (!DeclareTarget(target.get())) return nullptr;
  return target;
}

bool ExpressionParser::DeclareTargets(Display* several) {
  bool starred = false;
  for (const ExprPointer& item : several->items) {
    Expr* target = item.get();
    if (target->kind == ExprKind::kStarred) {
      if (std::exchange(starred, true)) return tokens_.Fail(target->position, "syntax", "a second * on the left");
      target = static_cast<Starred*>(target)->value.get();
    }
    if (!DeclareTarget(target)) return false;
  }
  return true;
}

bool ExpressionParser::DeclareTarget(Expr* target) {
  switch (target->kind) {
    case ExprKind::kName:
      state_.scopes.Declare(static_cast<NameExpr*>(target)->name);
      return true;
    case ExprKind::kDisplay:
      return DeclareTargets(static_cast<Display*>(target));
    case ExprKind::kSubscript:
      if (!static_cast<Subscript*>(target)->is_slice) return true;
      return tokens_.Fail(target->position, "not-supported",
                          "assigning to a slice is not part of the language: put a new list together by +");
    case ExprKind::kAttribute:
      return tokens_.Fail(target->position, "not-supported",
                          "assigning to an attribute is not part of the language: use a variable or a dict");
    case ExprKind::kStarred:
      return tokens_.Fail(target->position, "syntax", "`*` on the left stands only among several: a, *rest = ...");
    default:
      return tokens_.Fail(target->position, "syntax", "nothing can be assigned to this");
  }
}

}  // namespace strata::zonec::pyzone
