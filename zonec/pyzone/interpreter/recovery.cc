// Going on behind an error: what it leaves wrong is silent from then on, so that no error is the consequence of
// another.
//
// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/interpreter/interpreter.h"

namespace strata::zonec::pyzone {

void Interpreter::Spoil(const Block& block) {
  for (const auto& statement : block) Spoil(*statement);
}

void Interpreter::Spoil(const Statement& statement) {
  switch (statement.kind) {
    case StatementKind::kExpression: {
      const Expr& value = *static_cast<const ExprStatement&>(statement).value;
      if (value.kind != ExprKind::kCall) return;
      // A method may change its object: list.append().
      const Expr& callee = *static_cast<const CallExpr&>(value).callee;
      if (callee.kind == ExprKind::kAttribute) SpoilContainer(*static_cast<const Attribute&>(callee).object);
      return;
    }
    case StatementKind::kAssign:
      for (const ExprPointer& target : static_cast<const Assign&>(statement).targets) SpoilTarget(*target);
      return;
    case StatementKind::kAugmented: {
      const Expr& target = *static_cast<const Augmented&>(statement).target;
      if (target.kind == ExprKind::kName) return SpoilContainer(target);
      return SpoilTarget(target);
    }
    case StatementKind::kDelete:
      for (const ExprPointer& target : static_cast<const Delete&>(statement).targets) SpoilTarget(*target);
      return;
    case StatementKind::kIf: {
      const auto& conditional = static_cast<const If&>(statement);
      for (const auto& clause : conditional.clauses) Spoil(clause.second);
      return Spoil(conditional.otherwise);
    }
    case StatementKind::kFor: {
      const auto& loop = static_cast<const For&>(statement);
      SpoilTarget(*loop.target);
      Spoil(loop.body);
      return Spoil(loop.otherwise);
    }
    case StatementKind::kDef:
      globals_[static_cast<const DefStatement&>(statement).name] = Value::Poisoned();
      return;
    default:
      return;
  }
}

void Interpreter::SpoilTarget(const Expr& target) {
  if (target.kind == ExprKind::kName) {
    Variable(static_cast<const NameExpr&>(target)) = Value::Poisoned();
  } else if (target.kind == ExprKind::kDisplay) {
    for (const ExprPointer& item : static_cast<const Display&>(target).items) SpoilTarget(*item);
  } else if (target.kind == ExprKind::kStarred) {
    SpoilTarget(*static_cast<const Starred&>(target).value);
  } else if (target.kind == ExprKind::kSubscript) {
    SpoilContainer(*static_cast<const Subscript&>(target).object);
  }
}

// A list or dict lacks something from now on; anything else is not to be used.
void Interpreter::SpoilContainer(const Expr& container) {
  const Expr* root = &container;
  while (root->kind == ExprKind::kSubscript) root = static_cast<const Subscript&>(*root).object.get();
  if (root->kind != ExprKind::kName) return;
  Value& variable = Variable(static_cast<const NameExpr&>(*root));
  if (root == &container && variable.Is(Kind::kList)) {
    variable.list().incomplete = true;
  } else if (root == &container && variable.Is(Kind::kDict)) {
    variable.dict().incomplete = true;
  } else {
    variable = Value::Poisoned();
  }
}

Value& Interpreter::Variable(const NameExpr& name) {
  if (name.hops == NameExpr::kGlobal) return globals_[name.name];
  Scope* scope = scope_.get();
  for (uint32_t i = 0; i < name.hops; ++i) scope = scope->parent.get();
  return scope->slots[name.slot];
}

}  // namespace strata::zonec::pyzone
