// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/functions/zone_functions.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace strata::zonec::pyzone {
namespace {

Value Include(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  const Parameters given(self.name, {"path"}, 1, arguments, context.run);
  if (!given.ok()) return Value();
  if (!given[0].Is(Kind::kStr) || given[0].octets().find('\0') != absl::string_view::npos) {
    return context.run->Fail("include() takes the path of a file, a str");
  }
  return context.caller->Include(given[0].octets()) ? Value::None() : Value();
}

Value Defined(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  const Parameters given(self.name, {"name", "default"}, 1, arguments, context.run);
  if (!given.ok()) return Value();
  if (!given[0].Is(Kind::kStr)) return context.run->Fail("defined() takes the name of a --define, a str");
  const Value value = context.caller->Defined(given[0].octets());
  if (!value.failed()) return value;
  if (given.Has(1)) return given[1];
  const absl::string_view name = given[0].octets();
  return context.run->Fail(
      context.run->at(), "define",
      absl::StrCat("there is no `", name, "`; give it by --define=", name, "=VALUE, or a default here"));
}

bool AllDigits(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); });
}

// An int, or a str of at most `most` digits.
std::optional<int64_t> WholeNumber(Value value, size_t most) {
  if (value.Is(Kind::kInt)) return value.integer();
  int64_t number = 0;
  if (!value.Is(Kind::kStr) || value.octets().size() > most || !AllDigits(value.octets()) ||
      !absl::SimpleAtoi(value.octets(), &number)) {
    return std::nullopt;
  }
  return number;
}

// YYYYMMDD; nullopt: it is no date of the calendar, or not written as one.
std::optional<int64_t> CalendarDate(Value value, Run* run) {
  constexpr size_t kDigits = 8;
  constexpr int64_t kDaysOfMonth[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  Value digits = value;
  if (value.Is(Kind::kStr)) {
    std::string text(value.octets().substr(0, kDigits + 3));
    if (text.size() == kDigits + 2 && text[4] == '-' && text[7] == '-') text.erase(7, 1).erase(4, 1);
    if (text.size() != kDigits) return std::nullopt;
    digits = run->NewStr(text);
  }
  const std::optional<int64_t> date = WholeNumber(digits, kDigits);
  if (!date || *date < 19000101 || *date > 99991231) return std::nullopt;
  const int64_t year = *date / 10000, month = *date / 100 % 100, day = *date % 100;
  if (month < 1 || month > 12) return std::nullopt;
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  if (day < 1 || day > kDaysOfMonth[month - 1] + (leap && month == 2 ? 1 : 0)) return std::nullopt;
  return date;
}

// The date and a number of two digits (RFC 1912 §2.2).
Value Serial(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  Run* const run = context.run;
  const Parameters given(self.name, {"date", "n"}, 2, arguments, run);
  if (!given.ok()) return Value();
  const std::optional<int64_t> date = CalendarDate(given[0], run);
  if (run->failed()) return Value();
  if (!date) return run->Fail("serial(): this is no date; write 20260131, \"20260131\" or \"2026-01-31\"");
  const std::optional<int64_t> number = WholeNumber(given[1], 2);
  if (!number || *number < 0 || *number > 99) return run->Fail("serial(): the number of the day's change is 0 to 99");
  const int64_t serial = *date * 100 + *number;
  if (serial > 0xffffffff) return run->Fail("serial(): the year is too late for a serial number of 32 bits");
  return Value::Int(serial);
}

constexpr Builtin kFunctions[] = {{"defined", Defined}, {"include", Include}, {"serial", Serial}};

}  // namespace

absl::Span<const Builtin> ZoneFunctions() { return kFunctions; }

}  // namespace strata::zonec::pyzone
