// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/syntax/expression_parser.h"

#include <memory>
#include <optional>

#include "absl/strings/str_cat.h"
#include "zonec/pyzone/tokens/foreign_words.h"

namespace strata::zonec::pyzone {
namespace {

struct BinaryOperator {
  absl::string_view spelling;
  Operator op;
  int precedence;
};

constexpr BinaryOperator kBinaryOperators[] = {
    {"|", Operator::kBitOr, 1},        {"^", Operator::kBitXor, 2},      {"&", Operator::kBitAnd, 3},
    {"<<", Operator::kShiftLeft, 4},   {">>", Operator::kShiftRight, 4}, {"+", Operator::kAdd, 5},
    {"-", Operator::kSubtract, 5},     {"*", Operator::kMultiply, 6},    {"/", Operator::kDivide, 6},
    {"//", Operator::kFloorDivide, 6}, {"%", Operator::kModulo, 6},
};

const BinaryOperator* FindBinary(const Token& token) {
  if (token.kind != TokenKind::kOperator) return nullptr;
  for (const BinaryOperator& row : kBinaryOperators) {
    if (row.spelling == token.text) return &row;
  }
  return nullptr;
}

struct ComparisonOperator {
  absl::string_view spelling;
  Operator op;
};

constexpr ComparisonOperator kComparisons[] = {
    {"==", Operator::kEqual},  {"!=", Operator::kNotEqual},     {"<", Operator::kLess}, {"<=", Operator::kLessEqual},
    {">", Operator::kGreater}, {">=", Operator::kGreaterEqual}, {"in", Operator::kIn},  {"is", Operator::kIs},
};

// Takes the operator, if the next is one.
std::optional<Operator> AcceptComparison(TokenStream* tokens) {
  for (const ComparisonOperator& row : kComparisons) {
    if (!tokens->Accept(row.spelling)) continue;
    if (row.op == Operator::kIs && tokens->Accept("not")) return Operator::kIsNot;
    return row.op;
  }
  return std::nullopt;
}

}  // namespace

NestingLevel::NestingLevel(ParseState* state, const TokenStream& tokens)
    : state_(*state), ok_(++state->depth <= state->run->limits().nesting) {
  if (ok_ || state_.run->failed()) return;
  state_.run->Fail(tokens.position(), "limit",
                   absl::StrCat("more than ", state_.run->limits().nesting, " levels of nesting"));
}

ExprPointer ExpressionParser::ParseExpressions() {
  const Position start = tokens_.position();
  ExprPointer first = ParseItem();
  if (first == nullptr) return nullptr;
  if (!tokens_.Is(",")) {
    if (first->kind == ExprKind::kStarred) return Fail(start, "* stands here only in a list, a tuple or a call");
    return first;
  }
  auto tuple = std::make_unique<Display>(start);
  tuple->is_tuple = true;
  tuple->items.push_back(std::move(first));
  while (tokens_.Accept(",")) {
    if (tokens_.Is(TokenKind::kNewline) || tokens_.Is("=") || tokens_.Is(";") || tokens_.Is(":")) break;
    tuple->items.push_back(ParseItem());
    if (tuple->items.back() == nullptr) return nullptr;
  }
  return tuple;
}

ExprPointer ExpressionParser::ParseExpression() {
  const NestingLevel level(&state_, tokens_);
  if (!level.ok()) return nullptr;
  return tokens_.Is("lambda") ? ParseLambda() : ParseConditional();
}

ExprPointer ExpressionParser::ParseConditional() {
  ExprPointer then = ParseOr();
  if (then == nullptr || !tokens_.Is("if")) {
    if (then != nullptr && tokens_.Is(":=")) {
      tokens_.Fail(tokens_.position(), "not-supported",
                   "`:=` is not part of the language: assign in a statement of its own");
      return nullptr;
    }
    return then;
  }
  auto conditional = std::make_unique<Conditional>(tokens_.position());
  tokens_.Advance();
  conditional->then = std::move(then);
  conditional->test = ParseOr();
  if (conditional->test == nullptr || !tokens_.Expect("else", "behind `if` in an expression")) return nullptr;
  conditional->otherwise = ParseExpression();
  if (conditional->otherwise == nullptr) return nullptr;
  return conditional;
}

ExprPointer ExpressionParser::ParseOr() {
  ExprPointer first = ParseAnd();
  if (first == nullptr || !tokens_.Is("or")) return first;
  auto chain = std::make_unique<Chain>(ExprKind::kLogic, tokens_.position(), std::move(first));
  for (Position at = tokens_.position(); tokens_.Accept("or"); at = tokens_.position()) {
    chain->links.push_back({Operator::kOr, at, ParseAnd()});
    if (chain->links.back().operand == nullptr) return nullptr;
  }
  return chain;
}

ExprPointer ExpressionParser::ParseAnd() {
  ExprPointer first = ParseNot();
  if (first == nullptr || !tokens_.Is("and")) return first;
  auto chain = std::make_unique<Chain>(ExprKind::kLogic, tokens_.position(), std::move(first));
  for (Position at = tokens_.position(); tokens_.Accept("and"); at = tokens_.position()) {
    chain->links.push_back({Operator::kAnd, at, ParseNot()});
    if (chain->links.back().operand == nullptr) return nullptr;
  }
  return chain;
}

ExprPointer ExpressionParser::ParseNot() {
  const Position at = tokens_.position();
  if (!tokens_.Accept("not")) return ParseComparison();
  const NestingLevel level(&state_, tokens_);
  ExprPointer operand = level.ok() ? ParseNot() : nullptr;
  if (operand == nullptr) return nullptr;
  return std::make_unique<Unary>(at, Operator::kNot, std::move(operand));
}

ExprPointer ExpressionParser::ParseComparison() {
  ExprPointer first = ParseBinary(1);
  std::unique_ptr<Chain> chain;
  while (first != nullptr || chain != nullptr) {
    const Position at = tokens_.position();
    std::optional<Operator> op = AcceptComparison(&tokens_);
    // `not` stands behind an operand only in `not in`.
    if (!op && tokens_.Is("not")) {
      tokens_.Advance();
      if (!tokens_.Expect("in", "behind `not`")) return nullptr;
      op = Operator::kNotIn;
    }
    if (!op) break;
    if (chain == nullptr) chain = std::make_unique<Chain>(ExprKind::kComparison, at, std::move(first));
    chain->links.push_back({*op, at, ParseBinary(1)});
    if (chain->links.back().operand == nullptr) return nullptr;
  }
  if (chain != nullptr) return chain;
  return first;
}

// Precedence climbing: within one call the operators bind looser and looser, so the tree grows by a node a precedence.
ExprPointer ExpressionParser::ParseBinary(int lowest) {
  ExprPointer left = ParseUnary();
  Chain* chain = nullptr;
  int precedence = 0;
  while (left != nullptr) {
    const BinaryOperator* row = FindBinary(tokens_.current());
    if (row == nullptr || row->precedence < lowest) break;
    const Position at = tokens_.position();
    tokens_.Advance();
    ExprPointer right = ParseBinary(row->precedence + 1);
    if (right == nullptr) return nullptr;
    if (chain == nullptr || precedence != row->precedence) {
      auto next = std::make_unique<Chain>(ExprKind::kBinary, at, std::move(left));
      chain = next.get();
      left = std::move(next);
      precedence = row->precedence;
    }
    chain->links.push_back({row->op, at, std::move(right)});
  }
  return left;
}

ExprPointer ExpressionParser::ParseUnary() {
  const Position at = tokens_.position();
  Operator op;
  if (tokens_.Is("-")) {
    op = Operator::kNegate;
  } else if (tokens_.Is("+")) {
    op = Operator::kPlus;
  } else if (tokens_.Is("~")) {
    op = Operator::kInvert;
  } else {
    return ParsePower();
  }
  tokens_.Advance();
  const NestingLevel level(&state_, tokens_);
  ExprPointer operand = level.ok() ? ParseUnary() : nullptr;
  if (operand == nullptr) return nullptr;
  return std::make_unique<Unary>(at, op, std::move(operand));
}

// Binds from the right, and tighter than a sign on its left.
ExprPointer ExpressionParser::ParsePower() {
  ExprPointer base = ParsePostfix();
  if (base == nullptr || !tokens_.Is("**")) return base;
  const Position at = tokens_.position();
  tokens_.Advance();
  const NestingLevel level(&state_, tokens_);
  ExprPointer exponent = level.ok() ? ParseUnary() : nullptr;
  if (exponent == nullptr) return nullptr;
  auto chain = std::make_unique<Chain>(ExprKind::kBinary, at, std::move(base));
  chain->links.push_back({Operator::kPower, at, std::move(exponent)});
  return chain;
}

ExprPointer ExpressionParser::ParsePostfix() {
  ExprPointer object = ParseAtom();
  for (size_t count = 0; object != nullptr; ++count) {
    if (!tokens_.Is("(") && !tokens_.Is(".") && !tokens_.Is("[")) return object;
    if (count > state_.run->limits().nesting) return Fail(tokens_.position(), "the chain of calls is too long");
    if (tokens_.Is("(")) {
      object = ParseCall(std::move(object));
    } else if (tokens_.Is(".")) {
      object = ParseAttribute(std::move(object));
    } else {
      object = ParseSubscript(std::move(object));
    }
  }
  return nullptr;
}

ExprPointer ExpressionParser::ParseAtom() {
  if (tokens_.Is("(")) return ParseParentheses();
  if (tokens_.Is("[")) return ParseList();
  if (tokens_.Is("{")) return ParseBraces();
  switch (tokens_.current().kind) {
    case TokenKind::kString:
      return ParseStrings();
    case TokenKind::kNumber:
      return ParseNumberAtom();
    case TokenKind::kName:
      return IsKeyword(tokens_.current().text) ? ParseKeyword() : ParseNameAtom();
    default:
      tokens_.FailUnexpected("a value");
      return nullptr;
  }
}

ExprPointer ExpressionParser::ParseKeyword() {
  const Position at = tokens_.position();
  if (tokens_.Accept("None")) return MakeConstant(at, Value::None());
  if (tokens_.Accept("True")) return MakeConstant(at, Value::Bool(true));
  if (tokens_.Accept("False")) return MakeConstant(at, Value::Bool(false));
  tokens_.FailUnexpected("a value");
  return nullptr;
}

ExprPointer ExpressionParser::ParseNameAtom() {
  auto name = std::make_unique<NameExpr>(tokens_.position(), state_.Intern(tokens_.current().text));
  tokens_.Advance();
  state_.scopes.Use(name.get());
  return name;
}

ExprPointer ExpressionParser::ParseNumberAtom() {
  const Position at = tokens_.position();
  Value value;
  if (const std::optional<LiteralError> error = ParseNumber(tokens_.current().text, &value)) {
    return Fail({at.file, static_cast<uint32_t>(at.offset + error->offset)}, error->message);
  }
  tokens_.Advance();
  return MakeConstant(at, value);
}

}  // namespace strata::zonec::pyzone
