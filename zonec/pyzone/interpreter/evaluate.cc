// Expressions.
//
// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/nearest_name.h"
#include "dns/rr_type.h"
#include "zonec/pyzone/format/format_spec.h"
#include "zonec/pyzone/format/to_text.h"
#include "zonec/pyzone/functions/methods.h"
#include "zonec/pyzone/interpreter/interpreter.h"
#include "zonec/pyzone/operators/operators.h"
#include "zonec/pyzone/tokens/foreign_words.h"
#include "zonec/pyzone/values/sequences.h"

namespace strata::zonec::pyzone {

Value Interpreter::Evaluate(const Expr& expr) {
  run_.set_at(expr.position);
  if (!run_.Spend(1)) return Value();
  const Level level(this);
  return level.ok() ? EvaluateKind(expr) : Value();
}

Value Interpreter::EvaluateKind(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::kConstant:
      return static_cast<const Constant&>(expr).value;
    case ExprKind::kName:
      return EvaluateName(static_cast<const NameExpr&>(expr));
    case ExprKind::kDisplay:
      return EvaluateDisplay(static_cast<const Display&>(expr));
    case ExprKind::kDictDisplay:
      return EvaluateDict(static_cast<const DictDisplay&>(expr));
    case ExprKind::kComprehension:
      return EvaluateComprehension(static_cast<const Comprehension&>(expr));
    case ExprKind::kFString:
      return EvaluateFString(static_cast<const FString&>(expr));
    case ExprKind::kLambda:
      return MakeFunction(*static_cast<const Lambda&>(expr).def);
    case ExprKind::kUnary: {
      const auto& unary = static_cast<const Unary&>(expr);
      const Value operand = Evaluate(*unary.operand);
      run_.set_at(expr.position);
      return operand.failed() ? operand : ApplyUnary(unary.op, operand, &run_);
    }
    case ExprKind::kBinary:
      return EvaluateBinary(static_cast<const Chain&>(expr));
    case ExprKind::kLogic:
      return EvaluateLogic(static_cast<const Chain&>(expr));
    case ExprKind::kComparison:
      return EvaluateComparison(static_cast<const Chain&>(expr));
    case ExprKind::kConditional: {
      const auto& conditional = static_cast<const Conditional&>(expr);
      const Value test = Evaluate(*conditional.test);
      if (test.failed()) return test;
      return Evaluate(Truth(test) ? *conditional.then : *conditional.otherwise);
    }
    case ExprKind::kCall:
      return EvaluateCall(static_cast<const CallExpr&>(expr));
    case ExprKind::kAttribute:
      return EvaluateAttribute(static_cast<const Attribute&>(expr));
    case ExprKind::kSubscript:
      return EvaluateSubscript(static_cast<const Subscript&>(expr));
    case ExprKind::kStarred:
      break;  // only inside of displays, which take it apart
  }
  return run_.Fail("* stands here only in a list, a tuple or a call");
}

Value Interpreter::EvaluateName(const NameExpr& name) {
  const Value value = Variable(name);
  if (!value.failed()) {
    if (name.hops == NameExpr::kGlobal && inputs_.defines != nullptr) inputs_.defines->MarkRead(name.name);
    return value;
  }
  if (value.poisoned()) return run_.FailAgain();
  if (name.hops != NameExpr::kGlobal) {
    return run_.Fail(
        absl::StrCat("`", program_.names[name.name],
                     "` is used before it is assigned; what a function or comprehension assigns is its own"));
  }
  const Builtin* builtin = find_builtin_(program_.names[name.name]);
  if (builtin == nullptr) return FailUnknownName(name);
  return Value(builtin);
}

Value Interpreter::FailUnknownName(const NameExpr& name) {
  const std::string& text = program_.names[name.name];
  if (names_are_missing_) return run_.FailAgain();
  const std::string foreign = ForeignFunction(text);
  if (!foreign.empty()) return run_.Fail(name.position, "not-supported", foreign);
  // Of what is there: variables, and functions that make records.
  std::vector<std::string> known = dns::TypeMnemonics();
  // A search among more would cost too much.
  constexpr size_t kMaxGlobals = 1000;
  for (size_t i = 0; i < globals_.size() && i < kMaxGlobals; ++i) {
    if (!globals_[i].failed()) known.push_back(program_.names[i]);
  }
  // Of short names any is near to some other.
  constexpr size_t kLeastSize = 5;
  const std::string nearest = text.size() < kLeastSize ? "" : base::NearestName(text, known);
  return run_.Fail(absl::StrCat("`", text, "` is not defined",
                                nearest.empty() ? "" : absl::StrCat("; did you mean `", nearest, "`?")));
}

Value Interpreter::EvaluateDisplay(const Display& display) {
  std::vector<Value> items;
  items.reserve(display.items.size());
  bool incomplete = false;
  for (const ExprPointer& item : display.items) {
    const bool starred = item->kind == ExprKind::kStarred;
    const Value value = Evaluate(starred ? *static_cast<const Starred&>(*item).value : *item);
    if (!value.failed() && !starred) {
      items.push_back(value);
    } else if (value.failed() || !TakeItems(value, &run_, &items)) {
      // The other items may have errors of their own.
      if (!run_.Recover()) return Value();
      incomplete = true;
    }
  }
  run_.set_at(display.position);
  if (display.is_tuple) return incomplete ? run_.FailAgain() : run_.NewTuple(std::move(items));
  const Value list = run_.NewList(std::move(items));
  if (!list.failed()) list.list().incomplete = incomplete;
  return list;
}

Value Interpreter::EvaluateDict(const DictDisplay& display) {
  const Value dict = run_.NewDict();
  if (dict.failed()) return dict;
  for (const auto& [key, value] : display.items) {
    if (AddItem(key.get(), *value, &dict.dict())) continue;
    if (!run_.Recover()) return Value();
    dict.dict().incomplete = true;
  }
  return dict;
}

bool Interpreter::AddItem(const Expr* key_expr, const Expr& value_expr, Dict* dict) {
  const Value key = key_expr == nullptr ? Value::None() : Evaluate(*key_expr);
  if (key.failed()) return false;
  const Value value = Evaluate(value_expr);
  if (value.failed()) return false;
  run_.set_at((key_expr == nullptr ? &value_expr : key_expr)->position);
  if (key_expr != nullptr) return run_.SetItem(dict, key, value);
  if (!value.Is(Kind::kDict)) {
    run_.Fail(absl::StrCat("** takes a dict, not ", KindName(value.kind())));
    return false;
  }
  for (const Dict::Entry& entry : value.dict().entries) {
    if (!run_.SetItem(dict, entry.key, entry.value)) return false;
  }
  dict->incomplete |= value.dict().incomplete;
  return true;
}

Value Interpreter::EvaluateBinary(const Chain& chain) {
  Value left = Evaluate(*chain.first);
  for (const Chain::Link& link : chain.links) {
    // All operands are looked at for errors: zones are sums of lists.
    if (left.failed() && !run_.Recover()) return left;
    const Value right = Evaluate(*link.operand);
    if (right.failed()) {
      left = right;
    } else if (!left.failed()) {
      run_.set_at(link.position);
      left = ApplyBinary(link.op, left, right, &run_);
    }
  }
  return left.failed() ? run_.FailAgain() : left;
}

Value Interpreter::EvaluateLogic(const Chain& chain) {
  Value value = Evaluate(*chain.first);
  for (const Chain::Link& link : chain.links) {
    if (value.failed() || Truth(value) == (link.op == Operator::kOr)) break;
    value = Evaluate(*link.operand);
  }
  return value;
}

Value Interpreter::EvaluateComparison(const Chain& chain) {
  Value left = Evaluate(*chain.first);
  if (left.failed()) return left;
  for (const Chain::Link& link : chain.links) {
    const Value right = Evaluate(*link.operand);
    if (right.failed()) return right;
    run_.set_at(link.position);
    const std::optional<bool> holds = ApplyComparison(link.op, left, right, &run_);
    if (!holds) return Value();
    if (!*holds) return Value::Bool(false);
    left = right;
  }
  return Value::Bool(true);
}

Value Interpreter::EvaluateSubscript(const Subscript& subscript) {
  const Value object = Evaluate(*subscript.object);
  if (object.failed()) return object;
  Slice slice;
  const std::pair<const ExprPointer*, Value*> parts[] = {
      {&subscript.start, &slice.start}, {&subscript.stop, &slice.stop}, {&subscript.step, &slice.step}};
  for (const auto& [expr, value] : parts) {
    if (*expr == nullptr) continue;
    *value = Evaluate(**expr);
    if (value->failed()) return *value;
  }
  run_.set_at(subscript.position);
  return subscript.is_slice ? TakeSlice(object, slice, &run_) : Index(object, slice.start, &run_);
}

Value Interpreter::EvaluateAttribute(const Attribute& attribute) {
  const Value object = Evaluate(*attribute.object);
  if (object.failed()) return object;
  run_.set_at(attribute.position);
  return FindMethod(object, program_.names[attribute.name], &run_);
}

Value Interpreter::EvaluateFString(const FString& fstring) {
  std::string out;
  for (const FString::Part& part : fstring.parts) {
    absl::StrAppend(&out, part.literal);
    if (part.field != nullptr && !AppendField(part, &out)) return Value();
    if (!run_.CheckSize(out.size())) return Value();
  }
  run_.set_at(fstring.position);
  return run_.NewStr(out);
}

bool Interpreter::AppendField(const FString::Part& part, std::string* out) {
  Value value = Evaluate(*part.field);
  if (value.failed()) return false;
  run_.set_at(part.field->position);
  if (part.conversion != 0) value = Converted(value, part.conversion, &run_);
  if (value.failed()) return false;
  const Value format = part.format == nullptr ? run_.NewStr("") : Evaluate(*part.format);
  if (format.failed()) return false;
  run_.set_at(part.field->position);
  return AppendFormatted(value, format.octets(), &run_, out);
}

Value Interpreter::EvaluateComprehension(const Comprehension& comprehension) {
  const Value iterable = Evaluate(*comprehension.clauses[0].iterable);
  if (iterable.failed()) return iterable;
  const bool dict = comprehension.result == Comprehension::Result::kDict;
  Value collected = dict ? run_.NewDict() : run_.NewList({});
  if (collected.failed()) return collected;
  if (!run_.Take(sizeof(Scope) + comprehension.slot_count * sizeof(Value))) return Value();
  scope_ = std::make_shared<Scope>(Scope{std::vector<Value>(comprehension.slot_count), scope_});
  const bool ran = RunClause(comprehension, 0, iterable, &collected);
  scope_ = scope_->parent;
  if (!ran) return Value();
  if (comprehension.result != Comprehension::Result::kGenerator) return collected;
  if (collected.list().incomplete) return run_.FailAgain();
  return run_.NewIterator(std::move(collected.list().items));
}

bool Interpreter::RunClause(const Comprehension& comprehension, size_t clause, Value iterable, Value* collected) {
  const Comprehension::Clause& loop = comprehension.clauses[clause];
  run_.set_at(loop.iterable->position);
  const Level level(this);
  if (!level.ok()) return false;
  Cursor cursor(iterable, &run_);
  Value item;
  while (cursor.Next(&item)) {
    if (RunItem(comprehension, clause, item, collected)) continue;
    if (!run_.Recover()) return false;
    (collected->Is(Kind::kDict) ? collected->dict().incomplete : collected->list().incomplete) = true;
  }
  return !run_.failed();
}

bool Interpreter::RunItem(const Comprehension& comprehension, size_t clause, Value item, Value* collected) {
  const Comprehension::Clause& loop = comprehension.clauses[clause];
  if (!AssignTo(*loop.target, item)) return false;
  for (const ExprPointer& condition : loop.conditions) {
    const Value value = Evaluate(*condition);
    if (value.failed()) return false;
    if (!Truth(value)) return true;
  }
  if (clause + 1 == comprehension.clauses.size()) return Collect(comprehension, collected);
  const Value inner = Evaluate(*comprehension.clauses[clause + 1].iterable);
  return !inner.failed() && RunClause(comprehension, clause + 1, inner, collected);
}

bool Interpreter::Collect(const Comprehension& comprehension, Value* collected) {
  const Value element = Evaluate(*comprehension.element);
  if (element.failed()) return false;
  if (comprehension.result != Comprehension::Result::kDict) return run_.Append(&collected->list(), element);
  const Value value = Evaluate(*comprehension.value);
  return !value.failed() && run_.SetItem(&collected->dict(), element, value);
}

}  // namespace strata::zonec::pyzone
