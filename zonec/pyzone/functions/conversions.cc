// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/functions/conversions.h"

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "zonec/pyzone/format/to_text.h"
#include "zonec/pyzone/operators/operators.h"
#include "zonec/pyzone/tokens/literal.h"
#include "zonec/pyzone/values/sequences.h"
#include "zonec/pyzone/values/utf8_text.h"

namespace strata::zonec::pyzone {
namespace {

// The text of a number with its sign taken off; false: there is no digit in front.
bool TakeSign(absl::string_view* text, bool* negative) {
  *text = absl::StripAsciiWhitespace(*text);
  *negative = absl::StartsWith(*text, "-");
  if (*negative || absl::StartsWith(*text, "+")) text->remove_prefix(1);
  return !text->empty() && (absl::ascii_isalnum(static_cast<unsigned char>((*text)[0])) || (*text)[0] == '.');
}

absl::string_view PrefixOf(int64_t base) { return base == 16 ? "0x" : base == 8 ? "0o" : base == 2 ? "0b" : ""; }

Value ParseInt(absl::string_view text, int64_t base, Run* run) {
  const std::string quoted = absl::StrCat("\"", text.substr(0, 100), "\"");
  if (base != 2 && base != 8 && base != 10 && base != 16) return run->Fail("the base is 2, 8, 10 or 16");
  bool negative = false;
  if (!run->SpendOctets(text.size())) return Value();
  Value number;
  bool wrong = !TakeSign(&text, &negative);
  if (!wrong) {
    std::string digits(text);
    const absl::string_view prefix = PrefixOf(base);
    if (prefix.empty()) {
      // Zeros may lead, unlike in a literal.
      wrong = digits.find_first_not_of("0123456789_") != std::string::npos || digits.back() == '_';
      const size_t first = digits.find_first_not_of('0');
      digits = first == std::string::npos ? "0" : digits.substr(first);
      wrong |= digits[0] == '_' && first == 0;
      if (digits[0] == '_') digits.erase(0, 1);
    } else if (!absl::StartsWithIgnoreCase(digits, prefix)) {
      digits = absl::StrCat(prefix, digits);
    }
    if (!wrong) {
      const auto error = ParseNumber(digits, &number);
      if (error && absl::StartsWith(error->message, "the number")) return run->Fail(error->message);
      wrong = error.has_value();
    }
  }
  if (wrong) return run->Fail(absl::StrCat("int(): ", quoted, " is not a number of base ", base));
  return negative ? ApplyUnary(Operator::kNegate, number, run) : number;
}

Value ToSequence(const Builtin& self, const CallContext& context, const Arguments& arguments, bool list) {
  const Parameters given(self.name, {"iterable"}, 0, arguments, context.run);
  std::vector<Value> items;
  if (!given.ok() || (given.Has(0) && !TakeItems(given[0], context.run, &items))) return Value();
  return list ? context.run->NewList(std::move(items)) : context.run->NewTuple(std::move(items));
}

// The items of an iterable of pairs.
bool AddPairs(Value iterable, Run* run, Dict* dict) {
  Cursor cursor(iterable, run);
  Value item;
  while (cursor.Next(&item)) {
    std::vector<Value> pair;
    if (!TakeItems(item, run, &pair)) return false;
    if (pair.size() != 2) {
      run->Fail("dict() takes pairs of key and value");
      return false;
    }
    if (!run->SetItem(dict, pair[0], pair[1])) return false;
  }
  return !run->failed();
}

}  // namespace

Value ToBool(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  const Parameters given(self.name, {"x"}, 0, arguments, context.run);
  return given.ok() ? Value::Bool(given.Has(0) && Truth(given[0])) : Value();
}

Value ToInt(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  Run* const run = context.run;
  const Parameters given(self.name, {"x", "base"}, 0, arguments, run);
  if (!given.ok()) return Value();
  if (!given.Has(0)) return Value::Int(0);
  const Value value = given[0];
  if (given.Has(1) && (!given[1].IsInteger() || !value.IsText())) {
    return run->Fail("int() with a base takes a str and an int");
  }
  if (value.IsText()) return ParseInt(value.octets(), given.Has(1) ? given[1].integer() : 10, run);
  if (value.IsInteger()) return Value::Int(value.integer());
  if (!value.Is(Kind::kFloat)) return run->Fail(absl::StrCat("int() takes no ", KindName(value.kind()).substr(2)));
  const double whole = std::trunc(value.real());
  if (whole < -0x1p63 || whole >= 0x1p63) return run->Fail("the number is too large: integers have 64 bits here");
  return Value::Int(static_cast<int64_t>(whole));
}

Value ToFloat(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  Run* const run = context.run;
  const Parameters given(self.name, {"x"}, 0, arguments, run);
  if (!given.ok()) return Value();
  if (!given.Has(0)) return Value::Float(0);
  if (given[0].IsNumber()) return Value::Float(given[0].real());
  if (!given[0].IsText()) return run->Fail("float() takes a number or a str");
  absl::string_view text = given[0].octets();
  if (!run->SpendOctets(text.size())) return Value();
  bool negative = false;
  Value number;
  const bool starts = TakeSign(&text, &negative) && text.find_first_not_of("0123456789._eE+-") == text.npos;
  // The point makes it a float: "1" is one here.
  const bool plain = starts && text.find_first_of(".eE") == text.npos;
  const auto error = starts ? ParseNumber(absl::StrCat(text, plain ? "." : ""), &number) : LiteralError{};
  if (error) {
    if (absl::StartsWith(error->message, "the number")) return run->Fail(error->message);
    return run->Fail(absl::StrCat("float(): \"", given[0].octets().substr(0, 100), "\" is not a number"));
  }
  return Value::Float(negative ? -number.real() : number.real());
}

Value ToStr(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  const Parameters given(self.name, {"object"}, 0, arguments, context.run);
  if (!given.ok()) return Value();
  return given.Has(0) ? Converted(given[0], 's', context.run) : context.run->NewStr("");
}

Value ToBytes(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  Run* const run = context.run;
  const Parameters given(self.name, {"source", "encoding"}, 0, arguments, run);
  if (!given.ok()) return Value();
  if (!given.Has(0)) return run->NewText(Kind::kBytes, "");
  if (given[0].Is(Kind::kStr)) return run->Fail("bytes() of a str: write \"...\".encode() or b\"...\"");
  if (given.Has(1)) return run->Fail("bytes() with an encoding takes a str; write \"...\".encode()");
  std::vector<Value> items;
  if (given[0].Is(Kind::kBytes)) return given[0];
  if (!TakeItems(given[0], run, &items)) return Value();
  std::string octets;
  for (const Value& item : items) {
    if (!item.IsInteger() || item.integer() < 0 || item.integer() > 255) {
      return run->Fail("bytes() takes numbers from 0 to 255");
    }
    octets.push_back(static_cast<char>(item.integer()));
  }
  return run->NewText(Kind::kBytes, octets);
}

Value ToList(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  return ToSequence(self, context, arguments, /*list=*/true);
}

Value ToTuple(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  return ToSequence(self, context, arguments, /*list=*/false);
}

Value ToDict(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  Run* const run = context.run;
  const Value dict = run->NewDict();
  if (dict.failed()) return dict;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const Argument& argument = arguments[i];
    if (!argument.name.empty()) {
      const Value key = run->NewStr(argument.name);
      if (key.failed() || !run->SetItem(&dict.dict(), key, argument.value)) return Value();
    } else if (i > 0) {
      return run->Fail("dict() takes one argument by place");
    } else if (argument.value.Is(Kind::kDict)) {
      for (const Dict::Entry& entry : argument.value.dict().entries) {
        if (!run->SetItem(&dict.dict(), entry.key, entry.value)) return Value();
      }
    } else if (!AddPairs(argument.value, run, &dict.dict())) {
      return Value();
    }
  }
  return dict;
}

Value ToCharacter(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  const Parameters given(self.name, {"i"}, 1, arguments, context.run);
  if (!given.ok()) return Value();
  const int64_t number = given[0].IsInteger() ? given[0].integer() : -1;
  if (number < 0 || number > 0x10ffff || (number >= 0xd800 && number <= 0xdfff)) {
    return context.run->Fail("there is no character of this number");
  }
  std::string character;
  AppendUtf8(static_cast<uint32_t>(number), &character);
  return context.run->NewStr(character);
}

Value ToOrdinal(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  const Parameters given(self.name, {"c"}, 1, arguments, context.run);
  if (!given.ok()) return Value();
  const Value value = given[0];
  if (value.Is(Kind::kBytes) && value.octets().size() == 1) {
    return Value::Int(static_cast<unsigned char>(value.octets()[0]));
  }
  if (!value.Is(Kind::kStr) || value.octets().empty() || value.octets().size() != Utf8Size(value.octets()[0])) {
    return context.run->Fail("ord() takes one character");
  }
  return Value::Int(FirstCharacter(value.octets()));
}

}  // namespace strata::zonec::pyzone
