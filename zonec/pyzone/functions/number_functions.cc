// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/functions/number_functions.h"

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "zonec/pyzone/format/format_spec.h"
#include "zonec/pyzone/operators/operators.h"

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

constexpr Builtin kFunctions[] = {
    {"bin", Bin}, {"divmod", DivMod}, {"hex", Hex}, {"oct", Oct}, {"pow", Power}, {"round", Round},
};

}  // namespace

absl::Span<const Builtin> NumberFunctions() { return kFunctions; }

}  // namespace strata::zonec::pyzone
