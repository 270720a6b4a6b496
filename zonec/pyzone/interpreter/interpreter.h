// Runs the syntax tree of a pyzone.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_INTERPRETER_INTERPRETER_H_
#define STRATA_ZONEC_PYZONE_INTERPRETER_INTERPRETER_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "zonec/pyzone/inputs/defines.h"
#include "zonec/pyzone/inputs/inclusions.h"
#include "zonec/pyzone/syntax/expression.h"
#include "zonec/pyzone/syntax/statement.h"
#include "zonec/pyzone/values/call.h"
#include "zonec/pyzone/values/run.h"
#include "zonec/pyzone/values/value.h"

namespace strata::zonec::pyzone {

// Finds what is there without being defined; nullptr: nothing.
using FindBuiltin = std::function<const Builtin*(absl::string_view name)>;

// What a program takes from outside of its own text; nullptr: nothing.
struct Inputs {
  Inclusions* files = nullptr;
  Defines* defines = nullptr;
};

// Depth, steps and memory are bounded by the Run's limits. All arguments outlive it.
class Interpreter : public Caller {
 public:
  Interpreter(Program* program, FindBuiltin find_builtin, const Inputs& inputs, Run* run);

  // A statement that fails is reported and left, and what depends on it is left silently. False after an error, which
  // the Run has. The statements outlive the interpreter.
  bool RunFile(const Block& block);
  // The variable of the file with that name; failed when there is none, poisoned when an error kept it from its value.
  Value Global(absl::string_view name) const;

  Value Call(Value function, Arguments arguments) override;
  bool Include(absl::string_view path) override;
  Value Defined(absl::string_view name) override;

 private:
  // Counts what needs stack, while it lives.
  class Level {
   public:
    explicit Level(Interpreter* interpreter);
    ~Level() { --depth_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;
    // False: too much, which was reported.
    bool ok() const { return ok_; }

   private:
    size_t& depth_;
    bool ok_;
  };
  // How a statement ended.
  enum class Flow { kNext, kBreak, kContinue, kReturn, kFailed };

  // Statements (interpreter.cc).
  Flow Execute(const Block& block);
  Flow Execute(const Statement& statement);
  Flow ExecuteExpression(const ExprStatement& statement);
  Flow ExecuteAssign(const Assign& assign);
  Flow ExecuteAugmented(const Augmented& augmented);
  Flow ExecuteAssert(const Assert& statement);
  Flow ExecuteDelete(const Delete& statement);
  Flow ExecuteIf(const If& statement);
  Flow ExecuteFor(const For& statement);
  Value MakeFunction(const DefStatement& def);
  Flow ExecuteDef(const DefStatement& def);
  bool RunsOnBehind(const Statement& statement) const;
  bool AssignTo(const Expr& target, Value value);
  bool AssignToName(const NameExpr& name, Value value);
  bool AssignToSeveral(const Display& display, Value value);

  // What a failed statement would have changed is not to be relied on (recovery.cc).
  void Spoil(const Block& block);
  void Spoil(const Statement& statement);
  void SpoilTarget(const Expr& target);
  void SpoilContainer(const Expr& container);
  Value& Variable(const NameExpr& name);

  // Expressions (evaluate.cc).
  Value Evaluate(const Expr& expr);
  Value EvaluateKind(const Expr& expr);
  Value EvaluateName(const NameExpr& name);
  Value FailUnknownName(const NameExpr& name);
  Value EvaluateDisplay(const Display& display);
  Value EvaluateDict(const DictDisplay& display);
  // `key`: nullptr for **value.
  bool AddItem(const Expr* key, const Expr& value, Dict* dict);
  Value EvaluateBinary(const Chain& chain);
  Value EvaluateLogic(const Chain& chain);
  Value EvaluateComparison(const Chain& chain);
  Value EvaluateSubscript(const Subscript& subscript);
  Value EvaluateAttribute(const Attribute& attribute);
  Value EvaluateFString(const FString& fstring);
  bool AppendField(const FString::Part& part, std::string* out);
  Value EvaluateComprehension(const Comprehension& comprehension);
  bool RunClause(const Comprehension& comprehension, size_t clause, Value iterable, Value* collected);
  bool RunItem(const Comprehension& comprehension, size_t clause, Value item, Value* collected);
  bool Collect(const Comprehension& comprehension, Value* collected);

  // Calls (calls.cc).
  Value EvaluateCall(const CallExpr& call);
  bool EvaluateArgument(const CallExpr::Argument& argument, Arguments* arguments);
  bool ExpandDict(Value dict, Position position, Arguments* arguments);
  Value CallFunction(Function* function, const Arguments& arguments);
  bool BindArguments(const Function& function, const Arguments& arguments, std::vector<Value>* slots);
  bool BindNamed(const DefStatement& def, const Argument& argument, std::vector<Value>* slots);

  // The variable of the file; `position` is that of the name.
  bool AssignToGlobal(NameId name, Position position, Value value);

  Program& program_;
  const FindBuiltin find_builtin_;
  const Inputs inputs_;
  Run& run_;
  std::vector<Value> globals_;    // by NameId
  std::shared_ptr<Scope> scope_;  // the innermost
  size_t call_depth_ = 0;
  size_t evaluation_depth_ = 0;
  Value returned_;
  bool names_are_missing_ = false;  // a file could not be included
};

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_INTERPRETER_INTERPRETER_H_
