// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/interpreter/interpreter.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "zonec/pyzone/format/to_text.h"
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
  const size_t errors = run_.error_count();
  for (const auto& statement : block) {
    if (Execute(*statement) != Flow::kFailed) continue;
    if (!run_.Recover()) return false;
    Spoil(*statement);
  }
  return run_.error_count() == errors;
}

bool Interpreter::Include(absl::string_view path) {
  if (inputs_.files == nullptr) {
    run_.Fail(run_.at(), "include", "nothing can be included here");
    return false;
  }
  const Level level(this);
  const Position call = run_.at();
  const Block* const block = level.ok() ? inputs_.files->Enter(path, call) : nullptr;
  if (block == nullptr) {
    names_are_missing_ = true;
    return false;
  }
  // The file's variables are those of the program, also when a function includes it.
  const std::shared_ptr<Scope> scope = std::exchange(scope_, nullptr);
  RunFile(*block);
  scope_ = scope;
  inputs_.files->Leave();
  run_.set_at(call);
  // What went wrong in the file is left there.
  return !run_.ended();
}

Value Interpreter::Defined(absl::string_view name) {
  return inputs_.defines == nullptr ? Value() : inputs_.defines->Ask(name);
}

// Whether the block goes on when it fails. What stands behind a condition that failed, or in a function behind a loop,
// may never be meant to run.
bool Interpreter::RunsOnBehind(const Statement& statement) const {
  switch (statement.kind) {
    case StatementKind::kExpression:
    case StatementKind::kAssign:
    case StatementKind::kAugmented:
    case StatementKind::kDelete:
      return true;
    case StatementKind::kFor:
      return call_depth_ == 0;
    default:
      return false;
  }
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
    if (flow == Flow::kFailed && RunsOnBehind(*statement) && run_.Recover()) {
      Spoil(*statement);
    } else if (flow != Flow::kNext) {
      return flow;
    }
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
    case StatementKind::kAssert:
      return ExecuteAssert(static_cast<const Assert&>(statement));
    case StatementKind::kDelete:
      return ExecuteDelete(static_cast<const Delete&>(statement));
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
  if (returns) {
    returned_ = value;  // also when it failed: the function ends here
    return Flow::kReturn;
  }
  if (value.failed()) return Flow::kFailed;
  if (value.Is(Kind::kRecord)) {
    run_.diagnostics().Warning(run_.Place(statement.position), "unused-record",
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
              absl::StrCat("`", text, "` is given by --define and would be lost here; write ", text, " = defined(\"",
                           text, "\", ...)"));
    return false;
  }
  globals_[name] = value;
  return true;
}

bool Interpreter::AssignToSeveral(const Display& display, Value value) {
  run_.set_at(display.position);
  std::vector<Value> values;
  if (!TakeItems(value, &run_, &values)) return false;
  const size_t targets = display.items.size();
  const auto star = std::find_if(display.items.begin(), display.items.end(),
                                 [](const ExprPointer& item) { return item->kind == ExprKind::kStarred; });
  const bool starred = star != display.items.end();
  if (starred ? values.size() + 1 < targets : values.size() != targets) {
    if (value.Is(Kind::kList) && value.list().incomplete) return !run_.FailAgain().failed();
    run_.Fail(absl::StrCat(values.size(), " values for ", starred ? "at least " : "", targets - (starred ? 1 : 0),
                           " variables"));
    return false;
  }
  auto value_at = values.begin();
  for (const ExprPointer& item : display.items) {
    if (item->kind != ExprKind::kStarred) {
      if (!AssignTo(*item, *value_at++)) return false;
      continue;
    }
    const auto end = value_at + static_cast<ptrdiff_t>(values.size() + 1 - targets);
    const Value rest = run_.NewList({value_at, end});
    if (rest.failed() || !AssignTo(*static_cast<const Starred&>(*item).value, rest)) return false;
    value_at = end;
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

Interpreter::Flow Interpreter::ExecuteAssert(const Assert& statement) {
  const Value test = Evaluate(*statement.test);
  if (test.failed()) return Flow::kFailed;
  if (Truth(test)) return Flow::kNext;
  std::string message = "this does not hold";
  if (statement.message != nullptr) {
    const Value value = Evaluate(*statement.message);
    message.clear();
    if (value.failed() || !AppendStr(value, &run_, &message)) return Flow::kFailed;
  }
  run_.Fail(statement.test->position, "assert", std::move(message));
  return Flow::kFailed;
}

Interpreter::Flow Interpreter::ExecuteDelete(const Delete& statement) {
  for (const ExprPointer& target : statement.targets) {
    const auto& subscript = static_cast<const Subscript&>(*target);
    const Value object = Evaluate(*subscript.object);
    if (object.failed()) return Flow::kFailed;
    const Value index = Evaluate(*subscript.start);
    if (index.failed()) return Flow::kFailed;
    run_.set_at(target->position);
    if (!DeleteIndex(object, index, &run_)) return Flow::kFailed;
  }
  return Flow::kNext;
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
    const Flow flow = AssignTo(*statement.target, item) ? Execute(statement.body) : Flow::kFailed;
    if (flow == Flow::kBreak) return Flow::kNext;
    if (flow == Flow::kFailed && call_depth_ == 0 && run_.Recover()) {
      SpoilTarget(*statement.target);
      Spoil(statement.body);
      continue;
    }
    if (flow == Flow::kReturn || flow == Flow::kFailed) return flow;
    run_.set_at(statement.position);
  }
  if (run_.failed()) return Flow::kFailed;
  return Execute(statement.otherwise);
}

Value Interpreter::MakeFunction(const DefStatement& def) {
  Function function;
  function.def = &def;
  // Only a lambda has one around it.
  function.scope = scope_;
  for (const ExprPointer& expr : def.defaults) {
    function.defaults.push_back(expr == nullptr ? Value() : Evaluate(*expr));
    if (expr != nullptr && function.defaults.back().failed()) return Value();
  }
  return run_.NewFunction(std::move(function));
}

Interpreter::Flow Interpreter::ExecuteDef(const DefStatement& def) {
  const Value value = MakeFunction(def);
  if (value.failed()) return Flow::kFailed;
  return AssignToGlobal(def.name, def.position, value) ? Flow::kNext : Flow::kFailed;
}

}  // namespace strata::zonec::pyzone
