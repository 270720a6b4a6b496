// Calls of functions.
//
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "zonec/pyzone/interpreter/interpreter.h"
#include "zonec/pyzone/values/sequences.h"

namespace strata::zonec::pyzone {

Value Interpreter::EvaluateCall(const CallExpr& call) {
  const Value callee = Evaluate(*call.callee);
  bool ok = !callee.failed();
  Arguments arguments;
  arguments.reserve(call.arguments.size());
  for (const CallExpr::Argument& argument : call.arguments) {
    // All are looked at for errors.
    if (!ok && !run_.Recover()) return Value();
    ok = EvaluateArgument(argument, &arguments) && ok;
  }
  if (!ok) return run_.FailAgain();
  run_.set_at(call.position);
  return Call(callee, std::move(arguments));
}

bool Interpreter::EvaluateArgument(const CallExpr::Argument& argument, Arguments* arguments) {
  const Position position = argument.value->position;
  const Value value = Evaluate(*argument.value);
  if (value.failed()) return false;
  run_.set_at(position);
  if (argument.stars == 0) {
    arguments->push_back({argument.name ? program_.names[*argument.name] : std::string(), value, position});
    return true;
  }
  if (argument.stars == 2) return ExpandDict(value, position, arguments);
  std::vector<Value> items;
  if (value.Is(Kind::kList) && value.list().incomplete) return !run_.FailAgain().failed();
  if (!TakeItems(value, &run_, &items)) return false;
  if (!run_.Take(items.size() * sizeof(Argument))) return false;
  // In front of those by name, as Python has them.
  const auto named =
      std::find_if(arguments->begin(), arguments->end(), [](const Argument& other) { return !other.name.empty(); });
  std::vector<Argument> expanded;
  for (const Value& item : items) expanded.push_back({"", item, position});
  arguments->insert(named, expanded.begin(), expanded.end());
  return true;
}

bool Interpreter::ExpandDict(Value dict, Position position, Arguments* arguments) {
  if (!dict.Is(Kind::kDict)) {
    run_.Fail(absl::StrCat("** takes a dict, not ", KindName(dict.kind())));
    return false;
  }
  if (dict.dict().incomplete) return !run_.FailAgain().failed();
  for (const Dict::Entry& entry : dict.dict().entries) {
    if (!entry.key.Is(Kind::kStr) || entry.key.octets().empty()) {
      run_.Fail("the keys of a dict behind ** are the names of parameters");
      return false;
    }
    if (!run_.Take(sizeof(Argument) + entry.key.octets().size()) || !run_.Spend(1)) return false;
    arguments->push_back({std::string(entry.key.octets()), entry.value, position});
  }
  return true;
}

Value Interpreter::Call(Value function, Arguments arguments) {
  switch (function.kind()) {
    case Kind::kBuiltin:
      return function.builtin().invoke(function.builtin(), {&run_, this}, arguments);
    case Kind::kMethod:
      return function.method().row->invoke({&run_, this}, function.method().self, arguments);
    case Kind::kFunction:
      return CallFunction(&function.function(), arguments);
    default:
      return run_.Fail(absl::StrCat(KindName(function.kind()), " cannot be called"));
  }
}

Value Interpreter::CallFunction(Function* function, const Arguments& arguments) {
  const DefStatement& def = *function->def;
  const std::string& name = program_.names[def.name];
  if (function->running) {
    return run_.Fail(run_.at(), "not-supported",
                     absl::StrCat(name, "() calls itself; recursion is not part of the language: write a loop"));
  }
  if (call_depth_ >= run_.limits().call_depth) return run_.Fail(run_.at(), "limit", "calls nest too deep");
  const Level level(this);
  if (!level.ok()) return Value();
  const Position at = run_.at();
  auto scope = std::make_shared<Scope>(Scope{std::vector<Value>(def.slot_names.size()), function->scope});
  if (!BindArguments(*function, arguments, &scope->slots)) return Value();
  run_.set_at(at);
  run_.EnterCall(def.position.file, def.name_text);
  const std::shared_ptr<Scope> caller = std::exchange(scope_, std::move(scope));
  function->running = true;
  ++call_depth_;
  const Flow flow = Execute(def.body);
  --call_depth_;
  function->running = false;
  scope_ = caller;
  run_.LeaveCall();
  run_.set_at(at);
  if (flow == Flow::kFailed) return Value();
  return flow == Flow::kReturn ? returned_ : Value::None();
}

bool Interpreter::BindArguments(const Function& function, const Arguments& arguments, std::vector<Value>* slots) {
  const DefStatement& def = *function.def;
  const size_t plain = def.defaults.size();
  if (!run_.Take(sizeof(Scope) + slots->size() * sizeof(Value)) || !run_.Spend(arguments.size())) return false;
  if (def.has_keywords) {
    Value& keywords = (*slots)[plain + (def.has_rest ? 1 : 0)];
    keywords = run_.NewDict();
    if (keywords.failed()) return false;
  }
  std::vector<Value> rest;
  size_t next = 0;
  for (const Argument& argument : arguments) {
    if (!argument.name.empty()) {
      if (!BindNamed(def, argument, slots)) return false;
    } else if (next < def.positional_count) {
      (*slots)[next++] = argument.value;
    } else if (def.has_rest) {
      rest.push_back(argument.value);
    } else {
      run_.Fail(argument.position, "evaluation",
                absl::StrCat(program_.names[def.name], "() takes ", def.positional_count, " arguments by place"));
      return false;
    }
  }
  if (def.has_rest) (*slots)[plain] = run_.NewTuple(std::move(rest));
  for (size_t i = 0; i < plain; ++i) {
    Value& slot = (*slots)[i];
    if (slot.failed()) slot = function.defaults[i];
    if (!slot.failed()) continue;
    run_.Fail(absl::StrCat(program_.names[def.name], "(): `", program_.names[def.parameters[i]], "` is missing"));
    return false;
  }
  return !run_.failed();
}

bool Interpreter::BindNamed(const DefStatement& def, const Argument& argument, std::vector<Value>* slots) {
  const size_t plain = def.defaults.size();
  for (size_t i = 0; i < plain; ++i) {
    if (program_.names[def.parameters[i]] != argument.name) continue;
    if (!(*slots)[i].failed()) {
      run_.Fail(argument.position, "evaluation", absl::StrCat("`", argument.name, "` is given twice"));
      return false;
    }
    (*slots)[i] = argument.value;
    return true;
  }
  if (!def.has_keywords) {
    run_.Fail(argument.position, "evaluation",
              absl::StrCat(program_.names[def.name], "() has no parameter `", argument.name, "`"));
    return false;
  }
  const Value key = run_.NewStr(argument.name);
  return !key.failed() && run_.SetItem(&(*slots)[plain + (def.has_rest ? 1 : 0)].dict(), key, argument.value);
}

}  // namespace strata::zonec::pyzone
