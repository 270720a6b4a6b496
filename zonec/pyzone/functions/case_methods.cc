// Methods of strs and bytes about the case and kind of their characters.
//
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "zonec/pyzone/functions/methods.h"

namespace strata::zonec::pyzone {
namespace {

unsigned char Octet(char c) { return static_cast<unsigned char>(c); }

// Characters that are not ASCII have rules of their own.
bool CheckAscii(Value self, Run* run) {
  if (self.text().ascii || self.Is(Kind::kBytes)) return run->SpendOctets(self.octets().size());
  run->Fail("kind and case of characters that are not ASCII are not part of the language");
  return false;
}

std::string Capitalize(absl::string_view text) {
  std::string out = absl::AsciiStrToLower(text);
  if (!out.empty()) out[0] = absl::ascii_toupper(Octet(out[0]));
  return out;
}

std::string Title(absl::string_view text) {
  std::string out(text);
  bool inside = false;
  for (char& c : out) {
    const char changed = inside ? absl::ascii_tolower(Octet(c)) : absl::ascii_toupper(Octet(c));
    inside = absl::ascii_isalpha(Octet(c));
    c = changed;
  }
  return out;
}

std::string SwapCase(absl::string_view text) {
  std::string out(text);
  for (char& c : out) c = absl::ascii_islower(Octet(c)) ? absl::ascii_toupper(Octet(c)) : absl::ascii_tolower(Octet(c));
  return out;
}

template <std::string (*kChange)(absl::string_view)>
Value Change(const CallContext& context, Value self, const Arguments& arguments) {
  const Parameters given("this", {}, 0, arguments, context.run);
  if (!given.ok() || !CheckAscii(self, context.run)) return Value();
  return context.run->NewText(self.kind(), kChange(self.octets()));
}

// Whether all characters are such; no, when there is none.
template <bool (*kIs)(unsigned char)>
Value All(const CallContext& context, Value self, const Arguments& arguments) {
  const Parameters given("this", {}, 0, arguments, context.run);
  if (!given.ok() || !CheckAscii(self, context.run)) return Value();
  const absl::string_view text = self.octets();
  return Value::Bool(!text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return kIs(Octet(c)); }));
}

bool IsAlpha(unsigned char c) { return absl::ascii_isalpha(c); }
bool IsAlphanumeric(unsigned char c) { return absl::ascii_isalnum(c); }

// isspace; to a str four separators are blanks as well.
Value IsSpace(const CallContext& context, Value self, const Arguments& arguments) {
  const Parameters given("isspace", {}, 0, arguments, context.run);
  if (!given.ok() || !CheckAscii(self, context.run)) return Value();
  const absl::string_view blanks = self.Is(Kind::kStr) ? " \t\n\r\f\v\x1c\x1d\x1e\x1f" : " \t\n\r\f\v";
  return Value::Bool(!self.octets().empty() && self.octets().find_first_not_of(blanks) == absl::string_view::npos);
}

// islower and isupper: there are letters, and all are such.
template <bool kUpper>
Value IsCase(const CallContext& context, Value self, const Arguments& arguments) {
  const Parameters given(kUpper ? "isupper" : "islower", {}, 0, arguments, context.run);
  if (!given.ok() || !CheckAscii(self, context.run)) return Value();
  bool any = false, other = false;
  for (const char c : self.octets()) {
    const bool upper = absl::ascii_isupper(Octet(c)), lower = absl::ascii_islower(Octet(c));
    any |= kUpper ? upper : lower;
    other |= kUpper ? lower : upper;
  }
  return Value::Bool(any && !other);
}

constexpr MethodRow kMethods[] = {
    {Kind::kStr, "capitalize", Change<Capitalize>}, {Kind::kStr, "title", Change<Title>},
    {Kind::kStr, "swapcase", Change<SwapCase>},     {Kind::kStr, "isalpha", All<IsAlpha>},
    {Kind::kStr, "isalnum", All<IsAlphanumeric>},   {Kind::kStr, "isspace", IsSpace},
    {Kind::kStr, "islower", IsCase<false>},         {Kind::kStr, "isupper", IsCase<true>},
};

}  // namespace

absl::Span<const MethodRow> CaseMethods() { return kMethods; }

}  // namespace strata::zonec::pyzone
