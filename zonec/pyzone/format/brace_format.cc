// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/format/brace_format.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "zonec/pyzone/format/format_spec.h"
#include "zonec/pyzone/format/to_text.h"
#include "zonec/pyzone/values/sequences.h"

namespace strata::zonec::pyzone {
namespace {

class Formatter {
 public:
  Formatter(const Arguments& arguments, Run* run) : arguments_(arguments), run_(*run) {}

  // `in_spec`: the text is the format of a field, where no further fields may be in fields.
  bool Append(absl::string_view text, bool in_spec, std::string* out);

 private:
  bool AppendField(absl::string_view field, bool in_spec, std::string* out);
  // The value of "0", "name", "" or "name[1]".
  Value Find(absl::string_view name);
  Value FindArgument(absl::string_view name);
  bool Fail(std::string message) {
    run_.Fail(std::move(message));
    return false;
  }

  const Arguments& arguments_;
  Run& run_;
  size_t next_ = 0;  // of the fields without a name
  bool numbered_ = false;
};

// Where the field that starts behind `open` ends, or npos.
size_t FindClose(absl::string_view text, size_t open) {
  size_t depth = 0;
  for (size_t at = open + 1; at < text.size(); ++at) {
    if (text[at] == '{') ++depth;
    if (text[at] == '}' && depth-- == 0) return at;
  }
  return absl::string_view::npos;
}

bool Formatter::Append(absl::string_view text, bool in_spec, std::string* out) {
  for (size_t at = 0; at < text.size();) {
    const size_t brace = std::min(text.find_first_of("{}", at), text.size());
    absl::StrAppend(out, text.substr(at, brace - at));
    if (!run_.CheckSize(out->size()) || !run_.SpendOctets(brace - at)) return false;
    if (brace == text.size()) return true;
    if (!in_spec && text.substr(brace + 1, 1) == text.substr(brace, 1)) {
      out->push_back(text[brace]);
      at = brace + 2;
      continue;
    }
    const size_t close = text[brace] == '{' ? FindClose(text, brace) : absl::string_view::npos;
    if (close == absl::string_view::npos) {
      return Fail("a single { or } in the format; one that is meant is written {{ or }}");
    }
    if (!AppendField(text.substr(brace + 1, close - brace - 1), in_spec, out)) return false;
    at = close + 1;
  }
  return true;
}

bool Formatter::AppendField(absl::string_view field, bool in_spec, std::string* out) {
  const size_t end = std::min(field.find_first_of("!:"), field.size());
  Value value = Find(field.substr(0, end));
  if (value.failed()) return false;
  absl::string_view rest = field.substr(end);
  if (absl::StartsWith(rest, "!")) {
    const char conversion = rest.size() > 1 ? rest[1] : '\0';
    if (conversion != 's' && conversion != 'r' && conversion != 'a') return Fail("behind ! stands s, r or a");
    value = Converted(value, conversion, &run_);
    if (value.failed()) return false;
    rest.remove_prefix(2);
  }
  if (!rest.empty() && rest[0] != ':') return Fail("`:` or `}` is missing in the format");
  std::string spec;
  if (!rest.empty()) {
    rest.remove_prefix(1);
    if (in_spec && rest.find('{') != absl::string_view::npos) return Fail("the fields of the format nest too deep");
    if (in_spec) {
      spec = std::string(rest);
    } else if (!Append(rest, /*in_spec=*/true, &spec)) {
      return false;
    }
  }
  return AppendFormatted(value, spec, &run_, out);
}

Value Formatter::Find(absl::string_view name) {
  const size_t end = std::min(name.find_first_of(".["), name.size());
  Value value = FindArgument(name.substr(0, end));
  for (name.remove_prefix(end); !value.failed() && !name.empty();) {
    if (name[0] == '.') return run_.Fail("attributes in a format are not part of the language");
    const size_t close = name.find(']');
    if (name[0] != '[' || close == absl::string_view::npos) return run_.Fail("`]` is missing in the format");
    const absl::string_view index = name.substr(1, close - 1);
    int64_t number = 0;
    const bool digits = !index.empty() && std::all_of(index.begin(), index.end(), [](char c) {
      return absl::ascii_isdigit(static_cast<unsigned char>(c));
    });
    const Value key = digits && absl::SimpleAtoi(index, &number) ? Value::Int(number) : run_.NewStr(index);
    if (key.failed()) return key;
    value = Index(value, key, &run_);
    name.remove_prefix(close + 1);
  }
  return value;
}

Value Formatter::FindArgument(absl::string_view name) {
  uint64_t number = 0;
  const bool automatic = name.empty();
  if (automatic || absl::SimpleAtoi(name, &number)) {
    if (automatic ? numbered_ : next_ > 0) return run_.Fail("fields with and without numbers cannot be mixed");
    if (automatic) {
      number = next_++;
    } else {
      numbered_ = true;
    }
    if (number < arguments_.size() && arguments_[number].name.empty()) return arguments_[number].value;
    return run_.Fail(
        absl::StrCat("the format has a field number ", number, ", counted from 0; format() was given fewer"));
  }
  for (const Argument& argument : arguments_) {
    if (argument.name == name) return argument.value;
  }
  return run_.Fail(absl::StrCat("the format has a field `", name, "`; format() was given no such argument"));
}

}  // namespace

Value BraceFormat(absl::string_view format, const Arguments& arguments, Run* run) {
  std::string out;
  if (!Formatter(arguments, run).Append(format, /*in_spec=*/false, &out)) return Value();
  return run->NewStr(out);
}

}  // namespace strata::zonec::pyzone
