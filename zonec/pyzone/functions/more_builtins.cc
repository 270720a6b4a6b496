// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/functions/more_builtins.h"

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "zonec/pyzone/format/format_spec.h"
#include "zonec/pyzone/operators/operators.h"
#include "zonec/pyzone/values/sequences.h"

namespace strata::zonec::pyzone {
namespace {

// hex(), oct() and bin() are formats.
Value InBase(const Builtin& self, const CallContext& context, const Arguments& arguments, absl::string_view format) {
  const Parameters given(self.name, {"number"}, 1, arguments, context.run);
  if (!given.ok()) return Value();
  if (!given[0].IsInteger()) return context.run->Fail(absl::StrCat(self.name, "() takes an int"));
  std::string out;
  const Value number = Value::Int(given[0].integer());
  return AppendFormatted(number, format, context.run, &out) ? context.run->NewStr(out) : Value();
}
Value Hex(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  return InBase(self, context, arguments, "#x");
}
Value Oct(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  return InBase(self, context, arguments, "#o");
}
Value Bin(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  return InBase(self, context, arguments, "#b");
}

Value DivMod(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  const Parameters given(self.name, {"x", "y"}, 2, arguments, context.run);
  if (!given.ok()) return Value();
  if (!given[0].IsNumber() || !given[1].IsNumber()) return context.run->Fail("divmod() takes two numbers");
  const Value quotient = ApplyBinary(Operator::kFloorDivide, given[0], given[1], context.run);
  if (quotient.failed()) return quotient;
  const Value remainder = ApplyBinary(Operator::kModulo, given[0], given[1], context.run);
  return remainder.failed() ? remainder : context.run->NewTuple({quotient, remainder});
}

Value Power(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  const Parameters given(self.name, {"base", "exp"}, 2, arguments, context.run);
  return given.ok() ? ApplyBinary(Operator::kPower, given[0], given[1], context.run) : Value();
}

// Halves go to the even neighbour; what counts is the exact value of the float, which printf writes.
Value Round(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  Run* const run = context.run;
  const Parameters given(self.name, {"number", "ndigits"}, 1, arguments, run);
  if (!given.ok()) return Value();
  if (!given[0].IsNumber()) return run->Fail("round() takes a number");
  const bool whole = !given.Has(1) || given[1].Is(Kind::kNone);
  if (!whole && !given[1].IsInteger()) return run->Fail("ndigits is an int");
  if (!whole && given[1].integer() < 0) return run->Fail("round() to tens and hundreds is not part of the language");
  if (given[0].IsInteger()) return Value::Int(given[0].integer());
  if (whole) {
    const double rounded = std::nearbyint(given[0].real());
    if (rounded < -0x1p63 || rounded >= 0x1p63) return run->Fail("the number is too large: integers have 64 bits here");
    return Value::Int(static_cast<int64_t>(rounded));
  }
  // A float has no more digits than these.
  constexpr int64_t kMostDigits = 325;
  if (given[1].integer() > kMostDigits) return given[0];
  const std::string text = absl::StrFormat("%.*f", static_cast<int>(given[1].integer()), given[0].real());
  return run->SpendOctets(text.size()) ? Value::Float(std::strtod(text.c_str(), nullptr)) : Value();
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
    {"bin", Bin}, {"divmod", DivMod}, {"filter", Filter}, {"hex", Hex},     {"isinstance", IsInstance},
    {"map", Map}, {"oct", Oct},       {"pow", Power},     {"round", Round},
};

}  // namespace

absl::Span<const Builtin> MoreBuiltins() { return kBuiltins; }

}  // namespace strata::zonec::pyzone
