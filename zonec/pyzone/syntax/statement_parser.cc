// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/syntax/statement_parser.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/utf8.h"
#include "zonec/pyzone/syntax/expression_parser.h"
#include "zonec/pyzone/tokens/token_stream.h"

namespace strata::zonec::pyzone {
namespace {

struct AugmentedOperator {
  absl::string_view spelling;
  Operator op;
};

constexpr AugmentedOperator kAugmented[] = {
    {"+=", Operator::kAdd},        {"-=", Operator::kSubtract},     {"*=", Operator::kMultiply},
    {"/=", Operator::kDivide},     {"//=", Operator::kFloorDivide}, {"%=", Operator::kModulo},
    {"&=", Operator::kBitAnd},     {"|=", Operator::kBitOr},        {"^=", Operator::kBitXor},
    {"<<=", Operator::kShiftLeft}, {">>=", Operator::kShiftRight},  {"**=", Operator::kPower},
};

// All methods return false after an error, which was reported. Those that go through the statements of a block recover
// behind each, so that one run finds the errors of all.
class StatementParser {
 public:
  StatementParser(ParseState* state, TokenStream* tokens) : state_(*state), tokens_(*tokens), parser_(state, tokens) {}

  bool ParseFile(Block* block) {
    while (!tokens_.Is(TokenKind::kEnd)) {
      if (!ParseOrRecover(block)) return false;
      state_.scopes.Settle();
    }
    return true;
  }

 private:
  // False: the text is not to be read further.
  bool ParseOrRecover(Block* block);
  bool ParseStatement(Block* block);
  // Statements of one line, with semicolons between.
  bool ParseLine(Block* block);
  bool ParseSimple(Block* block);
  bool ParseAssignment(Block* block);
  bool ParseAugmented(Operator op, ExprPointer target, Block* block);
  bool ParseReturn(Block* block);
  bool ParseAssert(Block* block);
  bool ParseDelete(Block* block);
  // break and continue.
  bool ParseLoopExit(StatementKind kind, Block* block);
  // What stands behind the colon: a line, or lines with more indentation.
  bool ParseBlock(Block* block);
  bool ParseIf(Block* block);
  bool ParseFor(Block* block);
  bool ParseDef(Block* block);
  bool AtStatementEnd() const { return tokens_.Is(TokenKind::kNewline) || tokens_.Is(";"); }

  ParseState& state_;
  TokenStream& tokens_;
  ExpressionParser parser_;
  size_t loops_ = 0;  // around the statement, within its function
  bool in_function_ = false;
};

bool StatementParser::ParseOrRecover(Block* block) {
  const TokenStream::Mark start = tokens_.StatementStart();
  const size_t scopes = state_.scopes.depth();
  if (ParseStatement(block)) return true;
  state_.scopes.Abandon(scopes);
  return tokens_.RecoverFrom(start);
}

bool StatementParser::ParseStatement(Block* block) {
  if (tokens_.Is("if")) return ParseIf(block);
  if (tokens_.Is("for")) return ParseFor(block);
  if (tokens_.Is("def")) return ParseDef(block);
  if (tokens_.Is(TokenKind::kIndent)) return tokens_.Fail("the line is indented, but no block starts here");
  if (tokens_.Is("@")) {
    return tokens_.Fail(tokens_.position(), "not-supported",
                        "decorators are not part of the language: call the function");
  }
  return ParseLine(block);
}

bool StatementParser::ParseLine(Block* block) {
  do {
    if (tokens_.Is(TokenKind::kNewline)) break;  // a semicolon may end the line
    if (!ParseSimple(block)) return false;
  } while (tokens_.Accept(";"));
  if (!tokens_.Is(TokenKind::kNewline)) return tokens_.FailUnexpected("the end of the statement");
  tokens_.Advance();
  return true;
}

bool StatementParser::ParseSimple(Block* block) {
  const Position at = tokens_.position();
  if (tokens_.Is("return")) return ParseReturn(block);
  if (tokens_.Accept("assert")) return ParseAssert(block);
  if (tokens_.Accept("del")) return ParseDelete(block);
  if (tokens_.Is("break")) return ParseLoopExit(StatementKind::kBreak, block);
  if (tokens_.Is("continue")) return ParseLoopExit(StatementKind::kContinue, block);
  if (tokens_.Accept("pass")) {
    block->push_back(std::make_unique<Statement>(StatementKind::kPass, at));
    return true;
  }
  return ParseAssignment(block);
}

bool StatementParser::ParseAssignment(Block* block) {
  const Position at = tokens_.position();
  ExprPointer first = parser_.ParseExpressions();
  if (first == nullptr) return false;
  for (const AugmentedOperator& row : kAugmented) {
    if (tokens_.Accept(row.spelling)) return ParseAugmented(row.op, std::move(first), block);
  }
  if (tokens_.Is(":")) {
    return tokens_.Fail(tokens_.position(), "not-supported",
                        "annotations are not part of the language: leave them out");
  }
  if (!tokens_.Is("=")) {
    block->push_back(std::make_unique<ExprStatement>(StatementKind::kExpression, at, std::move(first)));
    return true;
  }
  auto assign = std::make_unique<Assign>(at);
  assign->value = std::move(first);
  while (tokens_.Accept("=")) {
    if (!parser_.DeclareTarget(assign->value.get())) return false;
    assign->targets.push_back(std::move(assign->value));
    assign->value = parser_.ParseExpressions();
    if (assign->value == nullptr) return false;
  }
  block->push_back(std::move(assign));
  return true;
}

bool StatementParser::ParseAugmented(Operator op, ExprPointer target, Block* block) {
  auto augmented = std::make_unique<Augmented>(target->position);
  if (target->kind == ExprKind::kDisplay || !parser_.DeclareTarget(target.get())) {
    return tokens_.Fail(target->position, "syntax", "this cannot be changed by an assignment with an operator");
  }
  augmented->op = op;
  augmented->target = std::move(target);
  augmented->value = parser_.ParseExpressions();
  if (augmented->value == nullptr) return false;
  block->push_back(std::move(augmented));
  return true;
}

bool StatementParser::ParseReturn(Block* block) {
  const Position at = tokens_.position();
  if (!in_function_) return tokens_.Fail("`return` stands only in a function");
  tokens_.Advance();
  ExprPointer value;
  if (!AtStatementEnd()) {
    value = parser_.ParseExpressions();
    if (value == nullptr) return false;
  }
  block->push_back(std::make_unique<ExprStatement>(StatementKind::kReturn, at, std::move(value)));
  return true;
}

bool StatementParser::ParseAssert(Block* block) {
  auto statement = std::make_unique<Assert>(tokens_.position());
  statement->test = parser_.ParseExpression();
  if (statement->test == nullptr) return false;
  if (tokens_.Accept(",")) {
    statement->message = parser_.ParseExpression();
    if (statement->message == nullptr) return false;
  }
  block->push_back(std::move(statement));
  return true;
}

bool StatementParser::ParseDelete(Block* block) {
  auto statement = std::make_unique<Delete>(tokens_.position());
  do {
    const Position at = tokens_.position();
    ExprPointer target = parser_.ParseExpression();
    if (target == nullptr) return false;
    const bool item = target->kind == ExprKind::kSubscript && !static_cast<const Subscript&>(*target).is_slice;
    if (!item) {
      return tokens_.Fail(at, "not-supported",
                          "only items of lists and dicts can be deleted: a variable may stay, of a list take a slice");
    }
    statement->targets.push_back(std::move(target));
  } while (tokens_.Accept(",") && !AtStatementEnd());
  block->push_back(std::move(statement));
  return true;
}

bool StatementParser::ParseLoopExit(StatementKind kind, Block* block) {
  if (loops_ == 0) return tokens_.Fail(absl::StrCat("`", tokens_.current().text, "` stands only in a loop"));
  block->push_back(std::make_unique<Statement>(kind, tokens_.position()));
  tokens_.Advance();
  return true;
}

bool StatementParser::ParseBlock(Block* block) {
  const NestingLevel level(&state_, tokens_);
  if (!level.ok() || !tokens_.Expect(":", "")) return false;
  if (!tokens_.Is(TokenKind::kNewline)) return ParseLine(block);
  tokens_.Advance();
  if (!tokens_.Is(TokenKind::kIndent)) return tokens_.Fail("an indented block is missing here");
  tokens_.Advance();
  while (!tokens_.Is(TokenKind::kDedent) && !tokens_.Is(TokenKind::kEnd)) {
    if (!ParseOrRecover(block)) return false;
  }
  if (tokens_.Is(TokenKind::kEnd)) return true;
  tokens_.Advance();
  return true;
}

bool StatementParser::ParseIf(Block* block) {
  auto statement = std::make_unique<If>(tokens_.position());
  do {
    tokens_.Advance();
    statement->clauses.emplace_back(parser_.ParseExpression(), Block());
    auto& [test, body] = statement->clauses.back();
    if (test == nullptr || !ParseBlock(&body)) return false;
  } while (tokens_.Is("elif"));
  if (tokens_.Accept("else") && !ParseBlock(&statement->otherwise)) return false;
  block->push_back(std::move(statement));
  return true;
}

bool StatementParser::ParseFor(Block* block) {
  auto statement = std::make_unique<For>(tokens_.position());
  tokens_.Advance();
  statement->target = parser_.ParseLoopTarget();
  if (statement->target == nullptr || !tokens_.Expect("in", "behind what `for` assigns")) return false;
  statement->iterable = parser_.ParseExpressions();
  if (statement->iterable == nullptr) return false;
  ++loops_;
  const bool parsed = ParseBlock(&statement->body);
  --loops_;
  if (!parsed) return false;
  if (tokens_.Accept("else") && !ParseBlock(&statement->otherwise)) return false;
  block->push_back(std::move(statement));
  return true;
}

bool StatementParser::ParseDef(Block* block) {
  auto def = std::make_unique<DefStatement>(tokens_.position());
  if (in_function_) {
    return tokens_.Fail(tokens_.position(), "not-supported",
                        "a function inside of a function is not part of the language: define it in the file");
  }
  tokens_.Advance();
  def->name_text = tokens_.current().text;
  const std::optional<NameId> name = parser_.ParseName();
  if (!name || !tokens_.Expect("(", "behind the function's name")) return false;
  if (!parser_.ParseParameters(")", def.get())) return false;
  if (tokens_.Is("->")) {
    return tokens_.Fail(tokens_.position(), "not-supported",
                        "annotations are not part of the language: leave them out");
  }
  def->name = *name;
  state_.scopes.Open();
  for (const NameId parameter : def->parameters) state_.scopes.Declare(parameter);
  const size_t loops = std::exchange(loops_, 0);
  in_function_ = true;
  const bool parsed = ParseBlock(&def->body);
  in_function_ = false;
  loops_ = loops;
  if (!parsed) return false;
  def->slot_names = state_.scopes.Close().names;
  block->push_back(std::move(def));
  return true;
}

}  // namespace

std::optional<Block> ParseFile(absl::string_view text, FileId file, Program* program, Run* run) {
  if (!run->Take(text.size()) || !run->SpendOctets(text.size())) return std::nullopt;
  if (const size_t invalid = base::FindInvalidUtf8(text); invalid != absl::string_view::npos) {
    run->Fail({file, static_cast<uint32_t>(invalid)}, "syntax", "the text is not UTF-8 here");
    return std::nullopt;
  }
  const size_t errors = run->error_count();
  ParseState state;
  state.run = run;
  state.text = text;
  state.program = program;
  TokenStream tokens(Lexer(text), file, run);
  StatementParser parser(&state, &tokens);
  std::optional<Block> block(std::in_place);
  if (!parser.ParseFile(&*block)) return std::nullopt;
  if (run->error_count() > errors) {
    run->FailAgain();
    return std::nullopt;
  }
  return block;
}

}  // namespace strata::zonec::pyzone
