// The syntax tree of statements. Its depth is bounded by Limits::nesting.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_SYNTAX_STATEMENT_H_
#define STRATA_ZONEC_PYZONE_SYNTAX_STATEMENT_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "zonec/pyzone/operators/operator.h"
#include "zonec/pyzone/syntax/expression.h"
#include "zonec/sources.h"

namespace strata::zonec::pyzone {

enum class StatementKind : uint8_t {
  kAssert,
  kDelete,
  kExpression,
  kAssign,
  kAugmented,
  kIf,
  kFor,
  kDef,
  kReturn,
  kBreak,
  kContinue,
  kPass
};

struct Statement {
  Statement(StatementKind statement_kind, Position statement_position)
      : kind(statement_kind), position(statement_position) {}
  virtual ~Statement() = default;

  const StatementKind kind;
  Position position;
};

using Block = std::vector<std::unique_ptr<Statement>>;

// An expression alone; `return`, whose value may be missing.
struct ExprStatement : Statement {
  ExprStatement(StatementKind kind, Position position, ExprPointer statement_value)
      : Statement(kind, position), value(std::move(statement_value)) {}
  ExprPointer value;
};

// assert test, message
struct Assert : Statement {
  explicit Assert(Position position) : Statement(StatementKind::kAssert, position) {}
  ExprPointer test;
  ExprPointer message;  // may be missing
};

// del object[index], ...
struct Delete : Statement {
  explicit Delete(Position position) : Statement(StatementKind::kDelete, position) {}
  std::vector<ExprPointer> targets;  // subscripts
};

struct Assign : Statement {
  explicit Assign(Position position) : Statement(StatementKind::kAssign, position) {}
  std::vector<ExprPointer> targets;
  ExprPointer value;
};

struct Augmented : Statement {
  explicit Augmented(Position position) : Statement(StatementKind::kAugmented, position) {}
  Operator op = Operator::kAdd;
  ExprPointer target;
  ExprPointer value;
};

struct If : Statement {
  explicit If(Position position) : Statement(StatementKind::kIf, position) {}
  // if and elif.
  std::vector<std::pair<ExprPointer, Block>> clauses;
  Block otherwise;
};

struct For : Statement {
  explicit For(Position position) : Statement(StatementKind::kFor, position) {}
  ExprPointer target;
  ExprPointer iterable;
  Block body;
  Block otherwise;
};

struct DefStatement : Statement {
  explicit DefStatement(Position position) : Statement(StatementKind::kDef, position) {}
  NameId name = 0;
  absl::string_view name_text;  // in the file
  // Parameter i is in slot i: the positional ones, those only by keyword, then *args and **keywords.
  std::vector<NameId> parameters;
  size_t positional_count = 0;
  bool has_rest = false;
  bool has_keywords = false;
  // For each parameter but the last two its default, or nullptr.
  std::vector<ExprPointer> defaults;
  Block body;
  // Its variables, by slot.
  std::vector<NameId> slot_names;
};

// What the files of a program have in common: their identifiers, by NameId.
struct Program {
  NameId Intern(absl::string_view name) {
    const auto [entry, is_new] = name_ids.emplace(name, static_cast<NameId>(names.size()));
    if (is_new) names.emplace_back(name);
    return entry->second;
  }

  std::deque<std::string> names;
  absl::flat_hash_map<std::string, NameId> name_ids;
};

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_SYNTAX_STATEMENT_H_
