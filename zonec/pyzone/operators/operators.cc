// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/operators/operators.h"

#include <cmath>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "zonec/pyzone/format/percent_format.h"
#include "zonec/pyzone/operators/arithmetic.h"
#include "zonec/pyzone/values/sequences.h"

namespace strata::zonec::pyzone {
namespace {

absl::string_view Spelling(Operator op) {
  switch (op) {
    case Operator::kAdd:
    case Operator::kPlus:
      return "+";
    case Operator::kSubtract:
    case Operator::kNegate:
      return "-";
    case Operator::kMultiply:
      return "*";
    case Operator::kDivide:
      return "/";
    case Operator::kFloorDivide:
      return "//";
    case Operator::kModulo:
      return "%";
    case Operator::kPower:
      return "**";
    case Operator::kShiftLeft:
      return "<<";
    case Operator::kShiftRight:
      return ">>";
    case Operator::kBitAnd:
      return "&";
    case Operator::kBitOr:
      return "|";
    case Operator::kBitXor:
      return "^";
    case Operator::kInvert:
      return "~";
    default:
      return "?";
  }
}

Value FailKinds(Operator op, Value left, Value right, Run* run) {
  std::string advice;
  if (op == Operator::kAdd && (left.IsText() || right.IsText())) {
    advice = left.IsText() && right.IsText() ? "; a str and a bytes do not mix" : "; str() makes a text of a value";
  }
  return run->Fail(absl::StrCat("`", Spelling(op), "` cannot be used with ", KindName(left.kind()), " and ",
                                KindName(right.kind()), advice));
}

Value Concatenate(Value left, Value right, Run* run) {
  if (left.IsText()) {
    const absl::string_view a = left.octets(), b = right.octets();
    if (!run->CheckSize(a.size() + b.size()) || !run->SpendOctets(a.size() + b.size())) return Value();
    return run->NewText(left.kind(), absl::StrCat(a, b));
  }
  const bool lists = left.Is(Kind::kList);
  const std::vector<Value>& a = lists ? left.list().items : left.tuple().items;
  const std::vector<Value>& b = lists ? right.list().items : right.tuple().items;
  if (!run->CheckSize(a.size() + b.size()) || !run->Spend(a.size() + b.size())) return Value();
  std::vector<Value> items;
  items.reserve(a.size() + b.size());
  items.insert(items.end(), a.begin(), a.end());
  items.insert(items.end(), b.begin(), b.end());
  return lists ? run->NewList(std::move(items)) : run->NewTuple(std::move(items));
}

bool IsSequence(Value value) { return value.IsText() || value.Is(Kind::kList) || value.Is(Kind::kTuple); }

Value Repeat(Value sequence, int64_t count, Run* run) {
  const uint64_t times = count > 0 ? static_cast<uint64_t>(count) : 0;
  const size_t size = sequence.IsText()          ? sequence.octets().size()
                      : sequence.Is(Kind::kList) ? sequence.list().items.size()
                                                 : sequence.tuple().items.size();
  if (size > 0 && times > run->limits().value_size / size) {
    return run->Fail(run->at(), "limit",
                     absl::StrCat("a value of size ", size, " repeated ", count, " times; the most is ",
                                  run->limits().value_size, " in all"));
  }
  if (sequence.IsText()) {
    if (!run->SpendOctets(size * times)) return Value();
    std::string octets;
    for (uint64_t i = 0; size > 0 && i < times; ++i) absl::StrAppend(&octets, sequence.octets());
    return run->NewText(sequence.kind(), octets);
  }
  if (!run->Spend(size * times)) return Value();
  const bool is_list = sequence.Is(Kind::kList);
  const std::vector<Value>& once = is_list ? sequence.list().items : sequence.tuple().items;
  std::vector<Value> items;
  items.reserve(size * times);
  for (uint64_t i = 0; size > 0 && i < times; ++i) items.insert(items.end(), once.begin(), once.end());
  return is_list ? run->NewList(std::move(items)) : run->NewTuple(std::move(items));
}

}  // namespace

bool Truth(Value value) {
  switch (value.kind()) {
    case Kind::kFailed:
    case Kind::kNone:
      return false;
    case Kind::kBool:
    case Kind::kInt:
      return value.integer() != 0;
    case Kind::kFloat:
      return value.real() != 0;
    case Kind::kStr:
    case Kind::kBytes:
      return !value.octets().empty();
    case Kind::kList:
      return !value.list().items.empty();
    case Kind::kTuple:
      return !value.tuple().items.empty();
    case Kind::kDict:
      return !value.dict().entries.empty();
    case Kind::kRange:
      return value.range().Count() > 0;
    default:
      return true;
  }
}

Value ApplyBinary(Operator op, Value left, Value right, Run* run) {
  if (!run->Spend(1)) return Value();
  if (op == Operator::kModulo && left.IsText()) return PercentFormat(left, right, run);
  if (left.IsNumber() && right.IsNumber()) {
    const bool bitwise = op == Operator::kBitAnd || op == Operator::kBitOr || op == Operator::kBitXor ||
                         op == Operator::kShiftLeft || op == Operator::kShiftRight;
    if (left.IsInteger() && right.IsInteger()) {
      if (bitwise && left.Is(Kind::kBool) && right.Is(Kind::kBool) && op != Operator::kShiftLeft &&
          op != Operator::kShiftRight) {
        const Value result = IntegerArithmetic(op, left.integer(), right.integer(), run);
        return Value::Bool(result.integer() != 0);
      }
      return IntegerArithmetic(op, left.integer(), right.integer(), run);
    }
    if (!bitwise) return FloatArithmetic(op, left.real(), right.real(), run);
  }
  const bool joinable = left.kind() == right.kind() && IsSequence(left);
  if (op == Operator::kAdd && joinable) return Concatenate(left, right, run);
  if (op == Operator::kMultiply && IsSequence(left) && right.IsInteger()) return Repeat(left, right.integer(), run);
  if (op == Operator::kMultiply && IsSequence(right) && left.IsInteger()) return Repeat(right, left.integer(), run);
  if (op == Operator::kBitOr && left.Is(Kind::kDict) && right.Is(Kind::kDict)) {
    const Value merged = run->NewDict();
    if (merged.failed()) return merged;
    for (const Value& from : {left, right}) {
      for (const Dict::Entry& entry : from.dict().entries) {
        if (!run->SetItem(&merged.dict(), entry.key, entry.value)) return Value();
      }
    }
    return merged;
  }
  return FailKinds(op, left, right, run);
}

Value ApplyUnary(Operator op, Value operand, Run* run) {
  if (!run->Spend(1)) return Value();
  if (op == Operator::kNot) return Value::Bool(!Truth(operand));
  if (operand.IsInteger()) {
    if (op == Operator::kPlus) return Value::Int(operand.integer());
    if (op == Operator::kInvert) return Value::Int(~operand.integer());
    return IntegerArithmetic(Operator::kSubtract, 0, operand.integer(), run);
  }
  if (operand.Is(Kind::kFloat) && op != Operator::kInvert) {
    return Value::Float(op == Operator::kPlus ? operand.real() : -operand.real());
  }
  return run->Fail(absl::StrCat("`", Spelling(op), "` cannot be used with ", KindName(operand.kind())));
}

}  // namespace strata::zonec::pyzone
