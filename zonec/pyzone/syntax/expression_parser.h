// Parses expressions of a pyzone. Private to zonec/pyzone.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_SYNTAX_EXPRESSION_PARSER_H_
#define STRATA_ZONEC_PYZONE_SYNTAX_EXPRESSION_PARSER_H_

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "zonec/pyzone/syntax/expression.h"
#include "zonec/pyzone/syntax/scopes.h"
#include "zonec/pyzone/syntax/statement.h"
#include "zonec/pyzone/tokens/literal.h"
#include "zonec/pyzone/tokens/token_stream.h"
#include "zonec/pyzone/values/run.h"

namespace strata::zonec::pyzone {

// What all parsers of one text share.
struct ParseState {
  Run* run = nullptr;
  absl::string_view text;
  Program* program = nullptr;
  Scopes scopes;
  size_t depth = 0;  // of brackets, operators and blocks that are being parsed

  NameId Intern(absl::string_view name) { return program->Intern(name); }
};

// All return nullptr or false after an error, which was reported. Recursion is bounded by Limits::nesting.
class ExpressionParser {
 public:
  // Both outlive the parser.
  ExpressionParser(ParseState* state, TokenStream* tokens) : state_(*state), tokens_(*tokens) {}

  ExprPointer ParseExpression();
  // With commas: a tuple.
  ExprPointer ParseExpressions();
  // What `for` assigns: names, also in brackets, with commas between. Declares them.
  ExprPointer ParseLoopTarget();
  // Declares the names that an assignment to `target` sets; false: nothing can be assigned to it.
  bool DeclareTarget(Expr* target);
  // The parameters of a function, up to `close`, which it takes. Their defaults belong to the scope around.
  bool ParseParameters(absl::string_view close, DefStatement* def);
  // The name of a function or parameter.
  std::optional<NameId> ParseName();

 private:
  bool ParseParameter(bool keyword_only, bool annotated, DefStatement* def);
  ExprPointer ParseLambda();
  // What stands between the commas of a loop's target.
  ExprPointer ParseTargetItem();
  bool DeclareTargets(Display* several);
  ExprPointer ParseConditional();
  ExprPointer ParseOr();
  ExprPointer ParseAnd();
  ExprPointer ParseNot();
  ExprPointer ParseComparison();
  ExprPointer ParseBinary(int lowest);
  ExprPointer ParseUnary();
  ExprPointer ParsePower();
  ExprPointer ParsePostfix();
  ExprPointer ParseAtom();
  ExprPointer ParseKeyword();
  ExprPointer ParseNameAtom();
  ExprPointer ParseNumberAtom();

  ExprPointer ParseParentheses();
  ExprPointer ParseList();
  ExprPointer ParseBraces();
  // An expression or *expression.
  ExprPointer ParseItem();
  // The items behind the first, up to `close`.
  bool ParseItems(absl::string_view close, Display* display);
  // From `for` on; the element was parsed since `mark`.
  bool ParseClauses(size_t mark, Comprehension* comprehension);
  bool ParseClause(bool first, Comprehension* comprehension);

  ExprPointer ParseCall(ExprPointer callee);
  bool ParseArgument(CallExpr* call);
  ExprPointer ParseAttribute(ExprPointer object);
  ExprPointer ParseSubscript(ExprPointer object);

  // Adjacent string literals.
  ExprPointer ParseStrings();
  bool AddString(const Token& token, const StringLiteral& literal, FString* out);
  // f"...": `body` is literal text and fields; `in_format`: it is what stands behind the colon of a field.
  bool ParseFields(const StringLiteral& literal, absl::string_view body, bool in_format, FString* out);
  // {...} at `*at`, which is that of its brace; ends behind it.
  bool ParseField(const StringLiteral& literal, absl::string_view body, size_t* at, FString::Part* part);
  bool ParseFieldParts(const StringLiteral& literal, absl::string_view field, FString::Part* part);
  bool AddLiteralText(const StringLiteral& literal, absl::string_view body, std::string* out);

  ExprPointer Fail(Position position, std::string message) {
    tokens_.Fail(position, "syntax", std::move(message));
    return nullptr;
  }
  size_t OffsetOf(absl::string_view part) const { return static_cast<size_t>(part.data() - state_.text.data()); }
  ExprPointer MakeConstant(Position position, Value value) {
    if (value.failed()) return nullptr;
    return std::make_unique<Constant>(position, value);
  }

  ParseState& state_;
  TokenStream& tokens_;
};

// Counts a level of nesting while it lives.
class NestingLevel {
 public:
  NestingLevel(ParseState* state, const TokenStream& tokens);
  ~NestingLevel() { --state_.depth; }
  NestingLevel(const NestingLevel&) = delete;
  NestingLevel& operator=(const NestingLevel&) = delete;

  // False: too many, which was reported.
  bool ok() const { return ok_; }

 private:
  ParseState& state_;
  bool ok_;
};

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_SYNTAX_EXPRESSION_PARSER_H_
