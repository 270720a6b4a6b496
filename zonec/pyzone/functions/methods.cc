// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/functions/methods.h"

#include <initializer_list>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "zonec/pyzone/values/sequences.h"

namespace strata::zonec::pyzone {

namespace {

// dict.fromkeys(iterable, value=None).
Value FromKeys(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  const Parameters given(self.name, {"iterable", "value"}, 1, arguments, context.run);
  const Value dict = given.ok() ? context.run->NewDict() : Value();
  if (dict.failed()) return dict;
  Cursor cursor(given[0], context.run);
  Value key;
  while (cursor.Next(&key)) {
    if (!context.run->SetItem(&dict.dict(), key, given.Has(1) ? given[1] : Value::None())) return Value();
  }
  return context.run->failed() ? Value() : dict;
}

// bytes.fromhex(text): pairs of digits, blanks between them.
Value FromHex(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  Run* const run = context.run;
  const Parameters given(self.name, {"string"}, 1, arguments, run);
  if (!given.ok()) return Value();
  if (!given[0].Is(Kind::kStr)) return run->Fail("fromhex() takes a str");
  const absl::string_view text = given[0].octets();
  if (!run->SpendOctets(text.size())) return Value();
  std::string octets;
  for (size_t at = 0; at < text.size(); at += 2) {
    while (at < text.size() && absl::ascii_isspace(static_cast<unsigned char>(text[at]))) ++at;
    if (at == text.size()) break;
    const absl::string_view pair = text.substr(at, 2);
    if (pair.size() < 2 || !absl::ascii_isxdigit(static_cast<unsigned char>(pair[0])) ||
        !absl::ascii_isxdigit(static_cast<unsigned char>(pair[1]))) {
      return run->Fail("fromhex() takes pairs of hexadecimal digits");
    }
    octets += absl::HexStringToBytes(pair);
  }
  return run->NewText(Kind::kBytes, octets);
}

struct ClassFunction {
  absl::string_view type;
  Builtin function;
};

constexpr ClassFunction kClassFunctions[] = {{"dict", {"fromkeys", FromKeys}}, {"bytes", {"fromhex", FromHex}}};

}  // namespace

Value FindMethod(Value object, absl::string_view name, Run* run) {
  for (const absl::Span<const MethodRow> rows : {TextMethods(), CaseMethods(), CutMethods(), ContainerMethods()}) {
    for (const MethodRow& row : rows) {
      // A bytes has the methods of a str, but for the few that make no sense.
      const bool fits = row.kind == object.kind() ||
                        (row.kind == Kind::kStr && object.Is(Kind::kBytes) && name != "format" && name != "encode");
      if (fits && row.name == name) return run->NewMethod({&row, object});
    }
  }
  if (object.Is(Kind::kBuiltin)) {
    for (const ClassFunction& row : kClassFunctions) {
      if (row.type == object.builtin().name && row.function.name == name) return Value(&row.function);
    }
  }
  return run->Fail(absl::StrCat(KindName(object.kind()), " has no `", name, "` in this language"));
}

}  // namespace strata::zonec::pyzone
