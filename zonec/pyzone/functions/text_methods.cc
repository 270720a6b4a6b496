// Methods of strs and bytes.
//
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/utf8.h"
#include "zonec/pyzone/format/brace_format.h"
#include "zonec/pyzone/format/format_spec.h"
#include "zonec/pyzone/functions/methods.h"
#include "zonec/pyzone/values/sequences.h"
#include "zonec/pyzone/values/utf8_text.h"

namespace strata::zonec::pyzone {
namespace {

constexpr absl::string_view kAsciiBlanks = " \t\n\r\f\v";

// Whether the argument is a text of the same kind, as it has to be.
bool CheckText(Value argument, Value self, Run* run) {
  if (argument.kind() == self.kind()) return true;
  run->Fail(absl::StrCat("this takes ", KindName(self.kind()), ", not ", KindName(argument.kind())));
  return false;
}

// Characters that are not ASCII have rules of their own for upper and lower case.
bool CheckAscii(Value self, Run* run) {
  if (self.text().ascii || self.Is(Kind::kBytes)) return true;
  run->Fail("upper and lower case of characters that are not ASCII are not part of the language");
  return false;
}

template <std::string (*kChange)(absl::string_view)>
Value ChangeCase(const CallContext& context, Value self, const Arguments& arguments) {
  const Parameters given("this", {}, 0, arguments, context.run);
  if (!given.ok() || !CheckAscii(self, context.run)) return Value();
  return context.run->NewText(self.kind(), kChange(self.octets()));
}

std::string Lower(absl::string_view text) { return absl::AsciiStrToLower(text); }
std::string Upper(absl::string_view text) { return absl::AsciiStrToUpper(text); }

Value Join(const CallContext& context, Value self, const Arguments& arguments) {
  Run* const run = context.run;
  const Parameters given("join", {"iterable"}, 1, arguments, run);
  if (!given.ok()) return Value();
  std::string out;
  Cursor cursor(given[0], run);
  Value item;
  for (bool first = true; cursor.Next(&item); first = false) {
    if (!CheckText(item, self, run)) return Value();
    if (!first) absl::StrAppend(&out, self.octets());
    absl::StrAppend(&out, item.octets());
    if (!run->CheckSize(out.size()) || !run->SpendOctets(self.octets().size() + item.octets().size())) return Value();
  }
  return run->failed() ? Value() : run->NewText(self.kind(), out);
}

Value Format(const CallContext& context, Value self, const Arguments& arguments) {
  return BraceFormat(self.octets(), arguments, context.run);
}

// Adds the part of `self` to `parts`; false: it failed.
bool AddPart(Value self, absl::string_view part, Run* run, std::vector<Value>* parts) {
  parts->push_back(run->NewText(self.kind(), part));
  return !parts->back().failed();
}

// By runs of blanks; none at the ends.
Value SplitBlanks(Value self, int64_t most, Run* run) {
  if (!self.text().ascii && self.Is(Kind::kStr)) {
    return run->Fail("split() without a separator takes ASCII only; give the separator");
  }
  const absl::string_view text = self.octets();
  std::vector<Value> parts;
  size_t at = std::min(text.find_first_not_of(kAsciiBlanks), text.size());
  while (at < text.size()) {
    const bool last = most >= 0 && parts.size() == static_cast<size_t>(most);
    const size_t end = last ? text.size() : std::min(text.find_first_of(kAsciiBlanks, at), text.size());
    if (!AddPart(self, text.substr(at, end - at), run, &parts)) return Value();
    at = std::min(text.find_first_not_of(kAsciiBlanks, end), text.size());
  }
  return run->NewList(std::move(parts));
}

Value Split(const CallContext& context, Value self, const Arguments& arguments) {
  Run* const run = context.run;
  const Parameters given("split", {"sep", "maxsplit"}, 0, arguments, run);
  if (!given.ok()) return Value();
  if (given.Has(1) && !given[1].IsInteger()) return run->Fail("maxsplit is an int");
  const int64_t most = given.Has(1) ? given[1].integer() : -1;
  if (!run->SpendOctets(self.octets().size())) return Value();
  if (!given.Has(0) || given[0].Is(Kind::kNone)) return SplitBlanks(self, most, run);
  if (!CheckText(given[0], self, run)) return Value();
  const absl::string_view separator = given[0].octets();
  if (separator.empty()) return run->Fail("the separator is empty");
  if (!SpendSearch(self.octets(), separator, run)) return Value();
  std::vector<Value> parts;
  absl::string_view rest = self.octets();
  while (most < 0 || parts.size() < static_cast<size_t>(most)) {
    const size_t end = rest.find(separator);
    if (end == absl::string_view::npos) break;
    if (!AddPart(self, rest.substr(0, end), run, &parts)) return Value();
    rest.remove_prefix(end + separator.size());
  }
  if (!AddPart(self, rest, run, &parts)) return Value();
  return run->NewList(std::move(parts));
}

Value Replace(const CallContext& context, Value self, const Arguments& arguments) {
  Run* const run = context.run;
  const Parameters given("replace", {"old", "new", "count"}, 2, arguments, run);
  if (!given.ok() || !CheckText(given[0], self, run) || !CheckText(given[1], self, run)) return Value();
  if (given.Has(2) && !given[2].IsInteger()) return run->Fail("count is an int");
  const absl::string_view text = self.octets(), old = given[0].octets(), by = given[1].octets();
  if (old.empty()) return run->Fail("what is to be replaced is empty");
  if (!SpendSearch(text, old, run)) return Value();
  int64_t left = given.Has(2) ? given[2].integer() : -1;
  std::string out;
  size_t at = 0;
  for (; left != 0; --left) {
    const size_t found = text.find(old, at);
    if (found == absl::string_view::npos) break;
    absl::StrAppend(&out, text.substr(at, found - at), by);
    at = found + old.size();
    if (!run->CheckSize(out.size()) || !run->SpendOctets(by.size())) return Value();
  }
  absl::StrAppend(&out, text.substr(at));
  return run->NewText(self.kind(), out);
}

// Which ends: 1 the left, 2 the right.
template <int kEnds>
Value Strip(const CallContext& context, Value self, const Arguments& arguments) {
  Run* const run = context.run;
  const Parameters given("strip", {"chars"}, 0, arguments, run);
  if (!given.ok()) return Value();
  const bool chosen = given.Has(0) && !given[0].Is(Kind::kNone);
  if (chosen && !CheckText(given[0], self, run)) return Value();
  const absl::string_view characters = chosen ? given[0].octets() : kAsciiBlanks;
  if (self.Is(Kind::kStr) && (!self.text().ascii || (chosen && !given[0].text().ascii))) {
    return run->Fail("strip() takes ASCII only");
  }
  absl::string_view text = self.octets();
  if (!SpendSearch(text, characters, run)) return Value();
  if ((kEnds & 1) != 0) text.remove_prefix(std::min(text.find_first_not_of(characters), text.size()));
  if ((kEnds & 2) != 0) text = text.substr(0, text.find_last_not_of(characters) + 1);
  return run->NewText(self.kind(), text);
}

// startswith and endswith, of a text or one of a tuple.
template <bool kStart>
Value HasEnd(const CallContext& context, Value self, const Arguments& arguments) {
  Run* const run = context.run;
  const Parameters given(kStart ? "startswith" : "endswith", {kStart ? "prefix" : "suffix"}, 1, arguments, run);
  if (!given.ok()) return Value();
  std::vector<Value> choices = {given[0]};
  if (given[0].Is(Kind::kTuple)) choices = given[0].tuple().items;
  for (const Value& choice : choices) {
    if (!CheckText(choice, self, run) || !run->SpendOctets(choice.octets().size())) return Value();
    if (kStart ? absl::StartsWith(self.octets(), choice.octets()) : absl::EndsWith(self.octets(), choice.octets())) {
      return Value::Bool(true);
    }
  }
  return Value::Bool(false);
}

// Where `part` is, in octets, from the left or right; npos: nowhere, or it failed.
size_t Locate(const Parameters& given, Value self, bool from_right, Run* run) {
  if (!given.ok() || !CheckText(given[0], self, run)) return absl::string_view::npos;
  if (!SpendSearch(self.octets(), given[0].octets(), run)) return absl::string_view::npos;
  return from_right ? self.octets().rfind(given[0].octets()) : self.octets().find(given[0].octets());
}

template <bool kFromRight>
Value Find(const CallContext& context, Value self, const Arguments& arguments) {
  const size_t at = Locate({"find", {"sub"}, 1, arguments, context.run}, self, kFromRight, context.run);
  if (context.run->failed()) return Value();
  if (at == absl::string_view::npos) return Value::Int(-1);
  const bool octets = self.Is(Kind::kBytes) || self.text().ascii;
  return Value::Int(static_cast<int64_t>(octets ? at : CountCharacters(self.octets().substr(0, at))));
}

Value Partition(const CallContext& context, Value self, const Arguments& arguments) {
  Run* const run = context.run;
  const Parameters given("partition", {"sep"}, 1, arguments, run);
  const size_t at = Locate(given, self, false, run);
  if (run->failed()) return Value();
  if (given[0].octets().empty()) return run->Fail("the separator is empty");
  std::vector<Value> parts;
  const absl::string_view text = self.octets();
  const bool found = at != absl::string_view::npos;
  const size_t behind = found ? at + given[0].octets().size() : text.size();
  if (!AddPart(self, text.substr(0, found ? at : text.size()), run, &parts) ||
      !AddPart(self, found ? given[0].octets() : "", run, &parts) || !AddPart(self, text.substr(behind), run, &parts)) {
    return Value();
  }
  return run->NewTuple(std::move(parts));
}

Value Count(const CallContext& context, Value self, const Arguments& arguments) {
  Run* const run = context.run;
  const Parameters given("count", {"sub"}, 1, arguments, run);
  if (!given.ok() || !CheckText(given[0], self, run)) return Value();
  const absl::string_view part = given[0].octets();
  if (part.empty()) return run->Fail("what is to be counted is empty");
  if (!SpendSearch(self.octets(), part, run)) return Value();
  int64_t count = 0;
  for (size_t at = self.octets().find(part); at != absl::string_view::npos; ++count) {
    at = self.octets().find(part, at + part.size());
  }
  return Value::Int(count);
}

Value FillZeros(const CallContext& context, Value self, const Arguments& arguments) {
  Run* const run = context.run;
  const Parameters given("zfill", {"width"}, 1, arguments, run);
  if (!given.ok()) return Value();
  if (!given[0].IsInteger()) return run->Fail("the width is an int");
  const absl::string_view text = self.octets();
  const int64_t size = static_cast<int64_t>(self.Is(Kind::kStr) ? CountCharacters(text) : text.size());
  const int64_t missing = std::max<int64_t>(given[0].integer(), size) - size;
  if (!run->CheckSize(static_cast<size_t>(missing)) || !run->SpendOctets(static_cast<size_t>(missing))) return Value();
  const size_t sign = !text.empty() && (text[0] == '+' || text[0] == '-') ? 1 : 0;
  return run->NewText(self.kind(), absl::StrCat(text.substr(0, sign), std::string(static_cast<size_t>(missing), '0'),
                                                text.substr(sign)));
}

bool IsDigitText(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); });
}

Value IsDigits(const CallContext& context, Value self, const Arguments& arguments) {
  const Parameters given("isdigit", {}, 0, arguments, context.run);
  if (!given.ok() || !context.run->SpendOctets(self.octets().size())) return Value();
  return Value::Bool(IsDigitText(self.octets()));
}

// Whether the encoding is one that we know: UTF-8 or ASCII; `*ascii` says which.
bool ReadEncoding(const Parameters& given, Run* run, bool* ascii) {
  if (!given.ok()) return false;
  if (!given.Has(0)) return true;
  const absl::string_view name = given[0].Is(Kind::kStr) ? given[0].octets() : "";
  *ascii = absl::EqualsIgnoreCase(name, "ascii");
  if (*ascii || absl::EqualsIgnoreCase(name, "utf-8") || absl::EqualsIgnoreCase(name, "utf8")) return true;
  run->Fail("the encodings are \"utf-8\" and \"ascii\"");
  return false;
}

Value Encode(const CallContext& context, Value self, const Arguments& arguments) {
  Run* const run = context.run;
  bool ascii = false;
  if (!ReadEncoding({"encode", {"encoding"}, 0, arguments, run}, run, &ascii)) return Value();
  if (ascii && !self.text().ascii) return run->Fail("the str is not ASCII");
  return run->NewText(Kind::kBytes, self.octets());
}

Value Decode(const CallContext& context, Value self, const Arguments& arguments) {
  Run* const run = context.run;
  bool ascii = false;
  if (!ReadEncoding({"decode", {"encoding"}, 0, arguments, run}, run, &ascii)) return Value();
  if (ascii ? !self.text().ascii : base::FindInvalidUtf8(self.octets()) != absl::string_view::npos) {
    return run->Fail(ascii ? "the bytes are not ASCII" : "the bytes are not UTF-8");
  }
  return run->NewStr(self.octets());
}

constexpr MethodRow kMethods[] = {
    {Kind::kStr, "join", Join},
    {Kind::kStr, "format", Format},
    {Kind::kStr, "lower", ChangeCase<Lower>},
    {Kind::kStr, "upper", ChangeCase<Upper>},
    {Kind::kStr, "split", Split},
    {Kind::kStr, "replace", Replace},
    {Kind::kStr, "strip", Strip<3>},
    {Kind::kStr, "lstrip", Strip<1>},
    {Kind::kStr, "rstrip", Strip<2>},
    {Kind::kStr, "startswith", HasEnd<true>},
    {Kind::kStr, "endswith", HasEnd<false>},
    {Kind::kStr, "find", Find<false>},
    {Kind::kStr, "rfind", Find<true>},
    {Kind::kStr, "partition", Partition},
    {Kind::kStr, "count", Count},
    {Kind::kStr, "zfill", FillZeros},
    {Kind::kStr, "isdigit", IsDigits},
    {Kind::kStr, "encode", Encode},
    {Kind::kBytes, "decode", Decode},
};

}  // namespace

absl::Span<const MethodRow> TextMethods() { return kMethods; }

}  // namespace strata::zonec::pyzone
