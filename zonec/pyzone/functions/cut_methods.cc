// Methods of strs and bytes that cut them up or make them wider.
//
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "zonec/pyzone/functions/methods.h"
#include "zonec/pyzone/values/sequences.h"
#include "zonec/pyzone/values/utf8_text.h"

namespace strata::zonec::pyzone {
namespace {

bool TakeSameKind(const Parameters& given, Value self, Run* run) {
  if (!given.ok()) return false;
  if (given[0].kind() == self.kind()) return true;
  run->Fail(absl::StrCat("this takes ", KindName(self.kind()), ", not ", KindName(given[0].kind())));
  return false;
}

template <bool kPrefix>
Value Remove(const CallContext& context, Value self, const Arguments& arguments) {
  Run* const run = context.run;
  const Parameters given(kPrefix ? "removeprefix" : "removesuffix", {kPrefix ? "prefix" : "suffix"}, 1, arguments, run);
  if (!TakeSameKind(given, self, run) || !run->SpendOctets(given[0].octets().size())) return Value();
  absl::string_view text = self.octets();
  const absl::string_view end = given[0].octets();
  if (kPrefix && absl::StartsWith(text, end)) text.remove_prefix(end.size());
  if (!kPrefix && absl::EndsWith(text, end)) text.remove_suffix(end.size());
  return run->NewText(self.kind(), text);
}

enum class Side { kLeft, kRight, kBoth };

// ljust, rjust and center.
template <Side kSide>
Value Justify(const CallContext& context, Value self, const Arguments& arguments) {
  Run* const run = context.run;
  const Parameters given("this", {"width", "fillchar"}, 1, arguments, run);
  if (!given.ok()) return Value();
  if (!given[0].IsInteger()) return run->Fail("the width is an int");
  absl::string_view fill = " ";
  if (given.Has(1)) {
    if (given[1].kind() != self.kind() || given[1].octets().empty() ||
        given[1].octets().size() != (self.Is(Kind::kStr) ? Utf8Size(given[1].octets()[0]) : 1)) {
      return run->Fail("it is filled up with one character");
    }
    fill = given[1].octets();
  }
  const absl::string_view text = self.octets();
  const auto size = static_cast<int64_t>(self.Is(Kind::kStr) ? CountCharacters(text) : text.size());
  const int64_t width = given[0].integer();
  if (width <= size) return self;
  const auto missing = static_cast<size_t>(width - size);
  if (!run->CheckSize(missing) || !run->CheckSize(missing * fill.size()) ||
      !run->SpendOctets(64 + missing * fill.size())) {
    return Value();
  }
  // The odd one stands as in CPython.
  const size_t left = kSide == Side::kLeft    ? 0
                      : kSide == Side::kRight ? missing
                                              : missing / 2 + (missing & static_cast<size_t>(width) & 1);
  std::string out;
  for (size_t i = 0; i < left; ++i) absl::StrAppend(&out, fill);
  absl::StrAppend(&out, text);
  for (size_t i = left; i < missing; ++i) absl::StrAppend(&out, fill);
  return run->NewText(self.kind(), out);
}

// By separators from the right.
Value RightSplit(const CallContext& context, Value self, const Arguments& arguments) {
  Run* const run = context.run;
  const Parameters given("rsplit", {"sep", "maxsplit"}, 1, arguments, run);
  if (!TakeSameKind(given, self, run)) return Value();
  if (given.Has(1) && !given[1].IsInteger()) return run->Fail("maxsplit is an int");
  const int64_t most = given.Has(1) ? given[1].integer() : -1;
  const absl::string_view separator = given[0].octets();
  if (separator.empty()) return run->Fail("the separator is empty");
  if (!SpendSearch(self.octets(), separator, run)) return Value();
  std::vector<Value> parts;
  absl::string_view rest = self.octets();
  while (most < 0 || parts.size() < static_cast<size_t>(most)) {
    const size_t at = rest.rfind(separator);
    if (at == absl::string_view::npos) break;
    parts.push_back(run->NewText(self.kind(), rest.substr(at + separator.size())));
    if (parts.back().failed()) return Value();
    rest = rest.substr(0, at);
  }
  parts.push_back(run->NewText(self.kind(), rest));
  std::reverse(parts.begin(), parts.end());
  return run->failed() ? Value() : run->NewList(std::move(parts));
}

Value RightPartition(const CallContext& context, Value self, const Arguments& arguments) {
  Run* const run = context.run;
  const Parameters given("rpartition", {"sep"}, 1, arguments, run);
  if (!TakeSameKind(given, self, run)) return Value();
  const absl::string_view text = self.octets(), separator = given[0].octets();
  if (separator.empty()) return run->Fail("the separator is empty");
  if (!SpendSearch(text, separator, run)) return Value();
  const size_t at = text.rfind(separator);
  const bool found = at != absl::string_view::npos;
  std::vector<Value> parts = {run->NewText(self.kind(), found ? text.substr(0, at) : ""),
                              run->NewText(self.kind(), found ? separator : ""),
                              run->NewText(self.kind(), found ? text.substr(at + separator.size()) : text)};
  return run->failed() ? Value() : run->NewTuple(std::move(parts));
}

Value SplitLines(const CallContext& context, Value self, const Arguments& arguments) {
  Run* const run = context.run;
  const Parameters given("splitlines", {}, 0, arguments, run);
  if (!given.ok() || !run->SpendOctets(self.octets().size())) return Value();
  absl::string_view rest = self.octets();
  // Python has more line ends than these; who has them in a zone should say what is meant.
  const bool other = self.Is(Kind::kStr) && (rest.find_first_of("\f\v\x1c\x1d\x1e") != absl::string_view::npos ||
                                             absl::StrContains(rest, "\u0085") || absl::StrContains(rest, "\u2028") ||
                                             absl::StrContains(rest, "\u2029"));
  if (other)
    return run->Fail("splitlines() of other line ends than \\n and \\r is not part of the language: use split()");
  std::vector<Value> lines;
  while (!rest.empty()) {
    const size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
    lines.push_back(run->NewText(self.kind(), rest.substr(0, end)));
    if (lines.back().failed()) return Value();
    rest.remove_prefix(std::min(end + (absl::StartsWith(rest.substr(end), "\r\n") ? 2 : 1), rest.size()));
  }
  return run->NewList(std::move(lines));
}

Value BytesHex(const CallContext& context, Value self, const Arguments& arguments) {
  const Parameters given("hex", {}, 0, arguments, context.run);
  if (!given.ok() || !context.run->CheckSize(self.octets().size() * 2)) return Value();
  return context.run->NewStr(absl::BytesToHexString(self.octets()));
}

constexpr MethodRow kMethods[] = {
    {Kind::kStr, "removeprefix", Remove<true>},
    {Kind::kStr, "removesuffix", Remove<false>},
    {Kind::kStr, "ljust", Justify<Side::kLeft>},
    {Kind::kStr, "rjust", Justify<Side::kRight>},
    {Kind::kStr, "center", Justify<Side::kBoth>},
    {Kind::kStr, "rsplit", RightSplit},
    {Kind::kStr, "rpartition", RightPartition},
    {Kind::kStr, "splitlines", SplitLines},
    {Kind::kBytes, "hex", BytesHex},
};

}  // namespace

absl::Span<const MethodRow> CutMethods() { return kMethods; }

}  // namespace strata::zonec::pyzone
