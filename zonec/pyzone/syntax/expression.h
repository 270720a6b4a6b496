// The syntax tree of an expression. Its depth is bounded by Limits::nesting: what can be long without being deep, a
// chain of operators say, is one node.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_SYNTAX_EXPRESSION_H_
#define STRATA_ZONEC_PYZONE_SYNTAX_EXPRESSION_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "zonec/pyzone/operators/operator.h"
#include "zonec/pyzone/values/value.h"
#include "zonec/sources.h"

namespace strata::zonec::pyzone {

// The number of an identifier.
using NameId = uint32_t;

enum class ExprKind : uint8_t {
  kConstant,
  kName,
  kDisplay,
  kDictDisplay,
  kComprehension,
  kFString,
  kLambda,
  kUnary,
  kBinary,
  kLogic,
  kComparison,
  kConditional,
  kCall,
  kAttribute,
  kSubscript,
  kStarred,
};

struct Expr {
  Expr(ExprKind expr_kind, Position expr_position) : kind(expr_kind), position(expr_position) {}
  virtual ~Expr() = default;

  const ExprKind kind;
  // Of what a message about it should point at: a call's function, an operator, otherwise its start.
  Position position;
  // It stands in parentheses.
  bool parenthesized = false;
};

using ExprPointer = std::unique_ptr<Expr>;

struct Constant : Expr {
  Constant(Position position, Value constant) : Expr(ExprKind::kConstant, position), value(constant) {}
  Value value;
};

struct NameExpr : Expr {
  NameExpr(Position position, NameId name_id) : Expr(ExprKind::kName, position), name(name_id) {}
  static constexpr uint32_t kGlobal = 0xffffffff;
  NameId name;
  // Where the variable is: so many scopes out, or in none.
  uint32_t hops = kGlobal;
  uint32_t slot = 0;
};

// [...], (...), or the left side of an assignment to several.
struct Display : Expr {
  explicit Display(Position position) : Expr(ExprKind::kDisplay, position) {}
  bool is_tuple = false;
  std::vector<ExprPointer> items;
};

struct DictDisplay : Expr {
  explicit DictDisplay(Position position) : Expr(ExprKind::kDictDisplay, position) {}
  // Without a key: **value.
  std::vector<std::pair<ExprPointer, ExprPointer>> items;
};

struct Comprehension : Expr {
  explicit Comprehension(Position position) : Expr(ExprKind::kComprehension, position) {}
  struct Clause {
    ExprPointer target;
    ExprPointer iterable;
    std::vector<ExprPointer> conditions;
  };
  enum class Result : uint8_t { kList, kDict, kGenerator };
  Result result = Result::kList;
  ExprPointer element;  // of a dict: the key
  ExprPointer value;    // of a dict only
  std::vector<Clause> clauses;
  uint32_t slot_count = 0;
};

// A string literal with fields, or the format of one.
struct FString : Expr {
  explicit FString(Position position) : Expr(ExprKind::kFString, position) {}
  struct Part {
    std::string literal;  // stands before the field
    ExprPointer field;    // may be missing in the last part
    char conversion = 0;  // s, r or a
    ExprPointer format;   // may be missing
  };
  std::vector<Part> parts;
};

struct DefStatement;

// A function without a name. Its body is one `return`.
struct Lambda : Expr {
  Lambda(Position position, std::shared_ptr<const DefStatement> lambda_def)
      : Expr(ExprKind::kLambda, position), def(std::move(lambda_def)) {}
  // Shared, since only that can own what is not known here.
  std::shared_ptr<const DefStatement> def;
};

struct Unary : Expr {
  Unary(Position position, Operator unary_op, ExprPointer unary_operand)
      : Expr(ExprKind::kUnary, position), op(unary_op), operand(std::move(unary_operand)) {}
  Operator op;
  ExprPointer operand;
};

// first op operand op operand..., from the left: kBinary; kLogic with one of `and`, `or`; kComparison.
struct Chain : Expr {
  Chain(ExprKind kind, Position position, ExprPointer chain_first)
      : Expr(kind, position), first(std::move(chain_first)) {}
  struct Link {
    Operator op;
    Position position;
    ExprPointer operand;
  };
  ExprPointer first;
  std::vector<Link> links;
};

struct Conditional : Expr {
  explicit Conditional(Position position) : Expr(ExprKind::kConditional, position) {}
  ExprPointer test;
  ExprPointer then;
  ExprPointer otherwise;
};

struct CallExpr : Expr {
  explicit CallExpr(Position position) : Expr(ExprKind::kCall, position) {}
  struct Argument {
    // 1: *sequence, 2: **dict.
    uint8_t stars = 0;
    std::optional<NameId> name;
    ExprPointer value;
  };
  ExprPointer callee;
  std::vector<Argument> arguments;
  size_t named_count = 0;
};

struct Attribute : Expr {
  Attribute(Position position, ExprPointer attribute_of, NameId attribute_name)
      : Expr(ExprKind::kAttribute, position), object(std::move(attribute_of)), name(attribute_name) {}
  ExprPointer object;
  NameId name;
};

struct Subscript : Expr {
  explicit Subscript(Position position) : Expr(ExprKind::kSubscript, position) {}
  ExprPointer object;
  // Of a slice each may be missing; otherwise there is only `start`.
  bool is_slice = false;
  ExprPointer start;
  ExprPointer stop;
  ExprPointer step;
};

struct Starred : Expr {
  Starred(Position position, ExprPointer starred_value)
      : Expr(ExprKind::kStarred, position), value(std::move(starred_value)) {}
  ExprPointer value;
};

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_SYNTAX_EXPRESSION_H_
