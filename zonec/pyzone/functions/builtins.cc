// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/functions/builtins.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "zonec/pyzone/format/format_spec.h"
#include "zonec/pyzone/format/to_text.h"
#include "zonec/pyzone/functions/conversions.h"
#include "zonec/pyzone/functions/number_functions.h"
#include "zonec/pyzone/functions/sorting.h"
#include "zonec/pyzone/functions/zone_functions.h"
#include "zonec/pyzone/operators/operators.h"
#include "zonec/pyzone/values/sequences.h"

namespace strata::zonec::pyzone {
namespace {

Value Len(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  const Parameters given(self.name, {"object"}, 1, arguments, context.run);
  const std::optional<int64_t> length = given.ok() ? Length(given[0], context.run) : std::nullopt;
  return length ? Value::Int(*length) : Value();
}

Value MakeRange(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  const Parameters given(self.name, {"start", "stop", "step"}, 1, arguments, context.run);
  if (!given.ok()) return Value();
  for (size_t i = 0; i < 3; ++i) {
    if (given.Has(i) && !given[i].IsInteger()) {
      return context.run->Fail(absl::StrCat("range() takes ints, not ", KindName(given[i].kind())));
    }
  }
  Range range{0, given[0].integer(), 1};
  if (given.Has(1)) range = {given[0].integer(), given[1].integer(), 1};
  if (given.Has(2)) range.step = given[2].integer();
  if (range.step == 0) return context.run->Fail("the step of a range is 0");
  return context.run->NewRange(range);
}

Value Enumerate(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  Run* const run = context.run;
  const Parameters given(self.name, {"iterable", "start"}, 1, arguments, run);
  if (!given.ok()) return Value();
  if (given.Has(1) && !given[1].IsInteger()) return run->Fail("enumerate() starts with an int");
  int64_t number = given.Has(1) ? given[1].integer() : 0;
  std::vector<Value> pairs;
  Cursor cursor(given[0], run);
  Value item;
  while (cursor.Next(&item)) {
    pairs.push_back(run->NewTuple({Value::Int(number), item}));
    if (pairs.back().failed()) return Value();
    if (number == std::numeric_limits<int64_t>::max()) return run->Fail("enumerate() counts too far");
    ++number;
  }
  return run->failed() ? Value() : run->NewIterator(std::move(pairs));
}

Value Zip(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  Run* const run = context.run;
  std::vector<Cursor> cursors;
  for (const Argument& argument : arguments) {
    if (!argument.name.empty()) return run->Fail("zip() has no named arguments in this language");
    cursors.emplace_back(argument.value, run);
  }
  std::vector<Value> tuples;
  while (!cursors.empty()) {
    std::vector<Value> row;
    Value item;
    for (Cursor& cursor : cursors) {
      if (!cursor.Next(&item)) return run->failed() ? Value() : run->NewIterator(std::move(tuples));
      row.push_back(item);
    }
    tuples.push_back(run->NewTuple(std::move(row)));
    if (tuples.back().failed()) return Value();
  }
  return run->NewIterator({});
}

Value Sorted(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  const Parameters given(self.name, {"iterable", "key", "reverse"}, 1, arguments, context.run);
  std::vector<Value> items;
  if (!given.ok() || !TakeItems(given[0], context.run, &items)) return Value();
  if (!SortItems(context, given[1], given.Has(2) && Truth(given[2]), &items)) return Value();
  return context.run->NewList(std::move(items));
}

Value Reversed(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  const Parameters given(self.name, {"sequence"}, 1, arguments, context.run);
  std::vector<Value> items;
  if (!given.ok() || !TakeItems(given[0], context.run, &items)) return Value();
  std::reverse(items.begin(), items.end());
  return context.run->NewIterator(std::move(items));
}

// min() and max(), of one iterable or of several values; key= and default= by name.
template <bool kMax>
Value Extreme(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  Run* const run = context.run;
  std::vector<Value> values;
  Value key, otherwise;
  for (const Argument& argument : arguments) {
    if (argument.name.empty()) {
      values.push_back(argument.value);
    } else if (argument.name == "key") {
      key = argument.value;
    } else if (argument.name == "default") {
      otherwise = argument.value;
    } else {
      return run->Fail(absl::StrCat(self.name, "() has no parameter `", argument.name, "`"));
    }
  }
  if (values.empty()) return run->Fail(absl::StrCat(self.name, "() takes at least one argument"));
  const Value all = values.size() == 1 ? values[0] : run->NewTuple(std::move(values));
  std::vector<Value> plain;
  std::vector<Keyed> items;
  if (all.failed() || !TakeItems(all, run, &plain) || !TakeKeyed(context, key, plain, &items)) return Value();
  if (items.empty()) {
    return otherwise.failed() ? run->Fail(absl::StrCat(self.name, "() of nothing")) : otherwise;
  }
  Keyed best = items[0];
  for (const Keyed& item : items) {
    const std::optional<bool> better = kMax ? Less(best.key, item.key, run) : Less(item.key, best.key, run);
    if (!better) return Value();
    if (*better) best = item;
  }
  return best.item;
}

Value Sum(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  Run* const run = context.run;
  const Parameters given(self.name, {"iterable", "start"}, 1, arguments, run);
  if (!given.ok()) return Value();
  Value sum = given.Has(1) ? given[1] : Value::Int(0);
  Cursor cursor(given[0], run);
  Value item;
  while (!sum.failed() && cursor.Next(&item)) sum = ApplyBinary(Operator::kAdd, sum, item, run);
  return run->failed() ? Value() : sum;
}

// any() and all(): whether there is an item of that truth.
template <bool kWanted>
Value Some(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  const Parameters given(self.name, {"iterable"}, 1, arguments, context.run);
  if (!given.ok()) return Value();
  Cursor cursor(given[0], context.run);
  Value item;
  while (cursor.Next(&item)) {
    if (Truth(item) == kWanted) return Value::Bool(kWanted);
  }
  return context.run->failed() ? Value() : Value::Bool(!kWanted);
}

Value Abs(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  const Parameters given(self.name, {"x"}, 1, arguments, context.run);
  if (!given.ok()) return Value();
  if (!given[0].IsNumber()) return context.run->Fail("abs() takes a number");
  const bool negative = given[0].Is(Kind::kFloat) ? std::signbit(given[0].real()) : given[0].integer() < 0;
  return ApplyUnary(negative ? Operator::kNegate : Operator::kPlus, given[0], context.run);
}

Value Repr(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  const Parameters given(self.name, {"object"}, 1, arguments, context.run);
  return given.ok() ? Converted(given[0], 'r', context.run) : Value();
}

Value FormatFunction(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  const Parameters given(self.name, {"value", "format_spec"}, 1, arguments, context.run);
  if (!given.ok()) return Value();
  if (given.Has(1) && !given[1].Is(Kind::kStr)) return context.run->Fail("the format is a str");
  std::string out;
  if (!AppendFormatted(given[0], given.Has(1) ? given[1].octets() : "", context.run, &out)) return Value();
  return context.run->NewStr(out);
}

Value Map(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  Run* const run = context.run;
  std::vector<Cursor> cursors;
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (!arguments[i].name.empty()) return run->Fail("map() has no named arguments");
    if (i > 0) cursors.emplace_back(arguments[i].value, run);
  }
  if (cursors.empty()) return run->Fail("map() takes a function and what to go through");
  const Position at = run->at();
  std::vector<Value> out;
  while (true) {
    Arguments row;
    Value item;
    for (Cursor& cursor : cursors) {
      if (!cursor.Next(&item)) return run->failed() ? Value() : run->NewIterator(std::move(out));
      row.push_back({"", item, at});
    }
    out.push_back(context.caller->Call(arguments[0].value, std::move(row)));
    if (out.back().failed() || !run->Take(sizeof(Value))) return Value();
  }
}

Value Filter(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  Run* const run = context.run;
  const Parameters given(self.name, {"function", "iterable"}, 2, arguments, run);
  if (!given.ok()) return Value();
  const Position at = run->at();
  std::vector<Value> out;
  Cursor cursor(given[1], run);
  Value item;
  while (cursor.Next(&item)) {
    const Value test = given[0].Is(Kind::kNone) ? item : context.caller->Call(given[0], {{"", item, at}});
    if (test.failed() || !run->Take(sizeof(Value))) return Value();
    if (Truth(test)) out.push_back(item);
  }
  return run->failed() ? Value() : run->NewIterator(std::move(out));
}

// Whether a value is of the kind that the built-in function makes; nullopt: it makes none.
std::optional<bool> IsOfKind(Value value, Value function) {
  if (!function.Is(Kind::kBuiltin)) return std::nullopt;
  constexpr std::pair<absl::string_view, Kind> kKinds[] = {
      {"bool", Kind::kBool}, {"bytes", Kind::kBytes}, {"dict", Kind::kDict}, {"float", Kind::kFloat},
      {"list", Kind::kList}, {"range", Kind::kRange}, {"str", Kind::kStr},   {"tuple", Kind::kTuple},
  };
  const absl::string_view name = function.builtin().name;
  if (name == "int") return value.IsInteger();
  for (const auto& [text, kind] : kKinds) {
    if (text == name) return value.Is(kind);
  }
  return std::nullopt;
}

Value IsInstance(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  const Parameters given(self.name, {"object", "kinds"}, 2, arguments, context.run);
  if (!given.ok()) return Value();
  std::vector<Value> kinds = {given[1]};
  if (given[1].Is(Kind::kTuple)) kinds = given[1].tuple().items;
  bool any = false;
  for (const Value& kind : kinds) {
    const std::optional<bool> is = IsOfKind(given[0], kind);
    if (!is) return context.run->Fail("isinstance() knows bool, bytes, dict, float, int, list, range, str and tuple");
    any |= *is;
  }
  return context.run->Spend(kinds.size()) ? Value::Bool(any) : Value();
}

constexpr Builtin kBuiltins[] = {
    {"abs", Abs},
    {"all", Some<false>},
    {"any", Some<true>},
    {"bool", ToBool},
    {"chr", ToCharacter},
    {"dict", ToDict},
    {"enumerate", Enumerate},
    {"filter", Filter},
    {"float", ToFloat},
    {"format", FormatFunction},
    {"int", ToInt},
    {"isinstance", IsInstance},
    {"len", Len},
    {"list", ToList},
    {"map", Map},
    {"max", Extreme<true>},
    {"min", Extreme<false>},
    {"ord", ToOrdinal},
    {"range", MakeRange},
    {"repr", Repr},
    {"reversed", Reversed},
    {"sorted", Sorted},
    {"str", ToStr},
    {"sum", Sum},
    {"tuple", ToTuple},
    {"zip", Zip},
    {"bytes", ToBytes},
};

}  // namespace

const Builtin* FindBuiltinFunction(absl::string_view name) {
  for (const absl::Span<const Builtin> builtins :
       {absl::MakeConstSpan(kBuiltins), NumberFunctions(), ZoneFunctions()}) {
    for (const Builtin& builtin : builtins) {
      if (builtin.name == name) return &builtin;
    }
  }
  return nullptr;
}

}  // namespace strata::zonec::pyzone
