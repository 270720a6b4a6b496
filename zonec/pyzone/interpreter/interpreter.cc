// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/interpreter/interpreter.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "zonec/pyzone/operators/operators.h"
#include "zonec/pyzone/values/sequences.h"

namespace strata::zonec::pyzone {

Interpreter::Interpreter(Program* program, FindBuiltin find_builtin, const Inputs& inputs, Run* run)
    : program_(*program), find_builtin_(std::move(find_builtin)), inputs_(inputs), run_(*run) {
  if (inputs_.defines == nullptr) return;
  globals_.resize(program_.names.size());
  for (const auto& [name, value] : inputs_.defines->variables()) globals_[name] = value;
}

Interpreter::Level::Level(Interpreter* interpreter)
    : depth_(interpreter->evaluation_depth_), ok_(++depth_ <= interpreter->run_.limits().evaluation_depth) {
  Run& run = interpreter->run_;
  if (!ok_) run.Fail(run.at(), "limit", "statements, expressions and calls nest too deep");
}

bool Interpreter::RunFile(const Block& block) {
  // The file may have brought new names.
  globals_.resize(program_.names.size());
  return Execute(block) != Flow::kFailed;
}

bool Interpreter::Include(absl::string_view path) {
  if (inputs_.files == nullptr) {
    run_.Fail(run_.at(), "include", "nothing can be included here");
    return false;
  }
  const Level level(this);
  const Position call = run_.at();
  const Block* const block = level.ok() ? inputs_.files->Enter(path, call) : nullptr;
  if (block == nullptr) return false;
  // The file's variables are those of the program, also when a function includes it.
  Scope* const scope = std::exchange(scope_, nullptr);
  const bool done = RunFile(*block);
  scope_ = scope;
  inputs_.files->Leave();
  run_.set_at(call);
  return done;
}

Value Interpreter::Defined(absl::string_view name) {
  return inputs_.defines == nullptr ? Value() : inputs_.defines->Ask(name);
}

Value Interpreter::Global(absl::string_view name) const {
  for (size_t i = 0; i < globals_.size(); ++i) {
    if (program_.names[i] == name) return globals_[i];
  }
  return Value();
}

Interpreter::Flow Interpreter::Execute(const Block& block) {
  for (const auto& statement : block) {
    const Flow flow = Execute(*statement);
    if (flow != Flow::kNext) return flow;
  }
  return Flow::kNext;
}

Interpreter::Flow Interpreter::Execute(const Statement& statement) {
  run_.set_at(statement.position);
  const Level level(this);
  if (!run_.Spend(1) || !level.ok()) return Flow::kFailed;
  switch (statement.kind) {
    case StatementKind::kExpression:
    case StatementKind::kReturn:
      return ExecuteExpression(static_cast<const ExprStatement&>(statement));
    case StatementKind::kAssign:
      return ExecuteAssign(static_cast<const Assign&>(statement));
    case StatementKind::kAugmented:
      return ExecuteAugmented(static_cast<const Augmented&>(statement));
    case StatementKind::kIf:
      return ExecuteIf(static_cast<const If&>(statement));
    case StatementKind::kFor:
      return ExecuteFor(static_cast<const For&>(statement));
    case StatementKind::kDef:
      return ExecuteDef(static_cast<const DefStatement&>(statement));
    case StatementKind::kBreak:
      return Flow::kBreak;
    case StatementKind::kContinue:
      return Flow::kContinue;
    case StatementKind::kPass:
      break;
  }
  return Flow::kNext;
}

Interpreter::Flow Interpreter::ExecuteExpression(const ExprStatement& statement) {
  const bool returns = statement.kind == StatementKind::kReturn;
  const Value value = statement.value == nullptr ? Value::None() : Evaluate(*statement.value);
  if (value.failed()) return Flow::kFailed;
  if (returns) {
    returned_ = value;
    return Flow::kReturn;
  }
  if (value.Is(Kind::kRecord)) {
    run_.diagnostics().Warning(statement.position, "unused-record",
                               "the record is made and dropped; records belong into the list `zone`");
  }
  return Flow::kNext;
}

Interpreter::Flow Interpreter::ExecuteAssign(const Assign& assign) {
  const Value value = Evaluate(*assign.value);
  if (value.failed()) return Flow::kFailed;
  for (const ExprPointer& target : assign.targets) {
    if (!AssignTo(*target, value)) return Flow::kFailed;
  }
  return Flow::kNext;
}

bool Interpreter::AssignTo(const Expr& target, Value value) {
  if (target.kind == ExprKind::kName) return AssignToName(static_cast<const NameExpr&>(target), value);
  if (target.kind == ExprKind::kDisplay) return AssignToSeveral(static_cast<const Display&>(target), value);
  const auto& subscript = static_cast<const Subscript&>(target);
  const Value object = Evaluate(*subscript.object);
  if (object.failed()) return false;
  const Value index = Evaluate(*subscript.start);
  if (index.failed()) return false;
  run_.set_at(target.position);
  return AssignIndex(object, index, value, &run_);
}

bool Interpreter::AssignToName(const NameExpr& name, Value value) {
  if (name.hops == NameExpr::kGlobal) return AssignToGlobal(name.name, name.position, value);
  // A scope assigns only to its own variables.
  scope_->slots[name.slot] = value;
  return true;
}

bool Interpreter::AssignToGlobal(NameId name, Position position, Value value) {
  if (inputs_.defines != nullptr && !inputs_.defines->MayAssign(name)) {
    const std::string& text = program_.names[name];
    run_.Fail(position, "define",
              absl::StrCat("`", text, "` is given by --define and would be lost here; write ", text, " = defined(\"", text,
                           "\", ...)"));
    return false;
  }
  globals_[name] = value;
  return true;
}

bool Interpreter::AssignToSeveral(const Display& display, Value value) {
  run_.set_at(display.position);
  std::vector<Value> values;
  if (!TakeItems(value, &run_, &values)) return false;
  if (values.size() != display.items.size()) {
    run_.Fail(absl::StrCat(values.size(), " values for ", display.items.size(), " variables"));
    return false;
  }
  for (size_t i = 0; i < values.size(); ++i) {
    if (!AssignTo(*display.items[i], values[i])) return false;
  }
  return true;
}

Interpreter::Flow Interpreter::ExecuteAugmented(const Augmented& augmented) {
  // The target's parts are worked out once.
  Value object, index;
  const bool in_subscript = augmented.target->kind == ExprKind::kSubscript;
  if (in_subscript) {
    const auto& subscript = static_cast<const Subscript&>(*augmented.target);
    object = Evaluate(*subscript.object);
    if (object.failed()) return Flow::kFailed;
    index = Evaluate(*subscript.start);
    if (index.failed()) return Flow::kFailed;
    run_.set_at(augmented.target->position);
  }
  const Value before = in_subscript ? Index(object, index, &run_) : Evaluate(*augmented.target);
  if (before.failed()) return Flow::kFailed;
  const Value operand = Evaluate(*augmented.value);
  if (operand.failed()) return Flow::kFailed;
  run_.set_at(augmented.position);
  Value after = before;
  if (before.Is(Kind::kList) && augmented.op == Operator::kAdd) {
    // Changes the list itself, as in Python.
    std::vector<Value> items;
    if (!TakeItems(operand, &run_, &items)) return Flow::kFailed;
    for (const Value& item : items) {
      if (!run_.Append(&before.list(), item)) return Flow::kFailed;
    }
  } else {
    after = ApplyBinary(augmented.op, before, operand, &run_);
    if (after.failed()) return Flow::kFailed;
  }
  const bool assigned = in_subscript ? AssignIndex(object, index, after, &run_) : AssignTo(*augmented.target, after);
  return assigned ? Flow::kNext : Flow::kFailed;
}

Interpreter::Flow Interpreter::ExecuteIf(const If& statement) {
  for (const auto& [test, body] : statement.clauses) {
    const Value value = Evaluate(*test);
    if (value.failed()) return Flow::kFailed;
    if (Truth(value)) return Execute(body);
  }
  return Execute(statement.otherwise);
}

Interpreter::Flow Interpreter::ExecuteFor(const For& statement) {
  const Value iterable = Evaluate(*statement.iterable);
  if (iterable.failed()) return Flow::kFailed;
  run_.set_at(statement.iterable->position);
  Cursor cursor(iterable, &run_);
  Value item;
  while (cursor.Next(&item)) {
    if (!AssignTo(*statement.target, item)) return Flow::kFailed;
    const Flow flow = Execute(statement.body);
    if (flow == Flow::kBreak) return Flow::kNext;
    if (flow == Flow::kReturn || flow == Flow::kFailed) return flow;
    run_.set_at(statement.position);
  }
  if (run_.failed()) return Flow::kFailed;
  return Execute(statement.otherwise);
}

Interpreter::Flow Interpreter::ExecuteDef(const DefStatement& def) {
  Function function;
  function.def = &def;
  for (const ExprPointer& expr : def.defaults) {
    function.defaults.push_back(expr == nullptr ? Value() : Evaluate(*expr));
    if (expr != nullptr && function.defaults.back().failed()) return Flow::kFailed;
  }
  const Value value = run_.NewFunction(std::move(function));
  if (value.failed()) return Flow::kFailed;
  return AssignToGlobal(def.name, def.position, value) ? Flow::kNext : Flow::kFailed;
}

}  // namespace strata::zonec::pyzone
