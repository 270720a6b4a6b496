// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/format/percent_format.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "zonec/pyzone/format/format_spec.h"
#include "zonec/pyzone/format/to_text.h"
#include "zonec/pyzone/values/utf8_text.h"

namespace strata::zonec::pyzone {
namespace {

// Walks over the format.
class Formatter {
 public:
  Formatter(Value format, Value values, Run* run)
      : bytes_(format.Is(Kind::kBytes)), text_(format.octets()), values_(values), run_(*run) {}

  Value Format();

 private:
  // What stands behind the %.
  bool AppendField();
  bool ReadName();
  bool ReadFlags();
  // Digits or *.
  bool ReadNumber(size_t* number, bool* negative);
  bool AppendConverted(char conversion);
  bool AppendInteger(Value value, char conversion);
  bool AppendString(Value value, char conversion);
  // The next value; failed when there is none.
  Value Take();
  bool Fail(std::string message) {
    run_.Fail(std::move(message));
    return false;
  }
  char Current() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  const bool bytes_;
  const absl::string_view text_;
  const Value values_;
  Run& run_;
  size_t at_ = 0;
  size_t taken_ = 0;
  bool by_name_ = false;
  Value named_;
  FormatSpec spec_;
  std::string out_;
};

Value Formatter::Format() {
  if (!run_.SpendOctets(text_.size())) return Value();
  while (at_ < text_.size()) {
    const size_t percent = std::min(text_.find('%', at_), text_.size());
    absl::StrAppend(&out_, text_.substr(at_, percent - at_));
    at_ = percent + 1;
    if (percent < text_.size() && (!AppendField() || !run_.CheckSize(out_.size()) || !run_.Spend(1))) return Value();
  }
  const size_t given = values_.Is(Kind::kTuple) ? values_.tuple().items.size() : values_.Is(Kind::kDict) ? taken_ : 1;
  if (!by_name_ && taken_ < given) return run_.Fail("the format has fewer fields than there are values behind the %");
  return run_.NewText(bytes_ ? Kind::kBytes : Kind::kStr, out_);
}

Value Formatter::Take() {
  if (by_name_) return named_;
  const size_t index = taken_++;
  if (values_.Is(Kind::kTuple)) {
    const std::vector<Value>& items = values_.tuple().items;
    if (index < items.size()) return items[index];
  } else if (index == 0) {
    return values_;
  }
  return run_.Fail("the format has more fields than there are values behind the %");
}

bool Formatter::ReadName() {
  if (Current() != '(') return true;
  const size_t close = text_.find(')', at_);
  if (close == absl::string_view::npos) return Fail("`)` is missing behind %( in the format");
  if (!values_.Is(Kind::kDict)) return Fail("behind a % with names stands a dict");
  const absl::string_view name = text_.substr(at_ + 1, close - at_ - 1);
  const Value key = run_.NewText(bytes_ ? Kind::kBytes : Kind::kStr, name);
  const Dict::Entry* entry = key.failed() ? nullptr : run_.FindItem(values_.dict(), key);
  if (run_.failed()) return false;
  if (entry == nullptr) return Fail(absl::StrCat("the dict has no key \"", name, "\""));
  by_name_ = true;
  named_ = entry->value;
  at_ = close + 1;
  return true;
}

bool Formatter::ReadFlags() {
  bool left = false;
  for (; Current() != '\0' && absl::string_view("#0- +").find(Current()) != absl::string_view::npos; ++at_) {
    const char flag = Current();
    left |= flag == '-';
    spec_.alternate |= flag == '#';
    if (flag == '+' || (flag == ' ' && spec_.sign == 0)) spec_.sign = flag;
    if (flag == '0') spec_.fill = "0";
  }
  spec_.align = left ? '<' : spec_.fill == "0" ? '=' : '>';
  if (left) spec_.fill = " ";
  return true;
}

bool Formatter::ReadNumber(size_t* number, bool* negative) {
  if (Current() == '*') {
    ++at_;
    const Value value = Take();
    if (value.failed()) return false;
    if (!value.IsInteger()) return Fail("* in a format takes an int");
    const int64_t width = value.integer();
    *negative = width < 0;
    *number =
        static_cast<size_t>(width < 0 ? uint64_t{0} - static_cast<uint64_t>(width) : static_cast<uint64_t>(width));
    return run_.CheckSize(*number);
  }
  const size_t start = at_;
  while (Current() >= '0' && Current() <= '9') ++at_;
  const absl::string_view digits = text_.substr(start, at_ - start);
  uint64_t value = 0;
  if (!digits.empty() && !absl::SimpleAtoi(digits, &value)) value = ~uint64_t{0};
  *number = value;
  return run_.CheckSize(value);
}

bool Formatter::AppendField() {
  spec_ = FormatSpec();
  if (Current() == '%') {
    ++at_;
    out_ += '%';
    return true;
  }
  bool negative = false;
  if (!ReadName() || !ReadFlags() || !ReadNumber(&spec_.width, &negative)) return false;
  if (negative) {
    spec_.align = '<';
    spec_.fill = " ";
  }
  if (Current() == '.') {
    ++at_;
    size_t precision = 0;
    bool below_zero = false;
    if (!ReadNumber(&precision, &below_zero)) return false;
    spec_.precision = below_zero ? 0 : precision;
  }
  const char conversion = Current();
  ++at_;
  return AppendConverted(conversion);
}

bool Formatter::AppendConverted(char conversion) {
  const absl::string_view known = bytes_ ? "diuoxXeEfFgGcrsab" : "diuoxXeEfFgGcrsa";
  if (conversion == '\0') return Fail("the format ends behind a %; one that is meant is written %%");
  if (known.find(conversion) == absl::string_view::npos) {
    return Fail(absl::StrCat("%", std::string(1, conversion), " is no format; a % that is meant is written %%"));
  }
  const Value value = Take();
  if (value.failed()) return false;
  spec_.type = conversion;
  if (absl::string_view("diuoxX").find(conversion) != absl::string_view::npos) return AppendInteger(value, conversion);
  if (absl::string_view("eEfFgG").find(conversion) != absl::string_view::npos) {
    if (!value.IsNumber()) return Fail(absl::StrCat("%", std::string(1, conversion), " takes a number"));
    if (!spec_.precision) spec_.precision = 6;
    return AppendFloat(value.real(), spec_, &run_, &out_);
  }
  return AppendString(value, conversion);
}

bool Formatter::AppendInteger(Value value, char conversion) {
  const bool decimal = conversion == 'd' || conversion == 'i' || conversion == 'u';
  if (decimal && value.Is(Kind::kFloat)) {
    const double whole = std::trunc(value.real());
    if (whole < -0x1p63 || whole >= 0x1p63) return Fail("the number is too large: integers have 64 bits here");
    value = Value::Int(static_cast<int64_t>(whole));
  }
  if (!value.IsInteger()) {
    return Fail(absl::StrCat("%", std::string(1, conversion), " takes an int, not ", KindName(value.kind())));
  }
  if (decimal) spec_.type = 'd';
  if (!spec_.precision) return zonec::pyzone::AppendInteger(value.integer(), spec_, &run_, &out_);
  // The least number of digits.
  FormatSpec digits = spec_;
  const bool signs = value.integer() < 0 || spec_.sign != 0;
  const size_t prefix = spec_.alternate && !decimal ? 2 : 0;
  digits.width = *spec_.precision + (signs ? 1 : 0) + prefix;
  digits.precision.reset();
  digits.align = '=';
  digits.fill = "0";
  std::string text;
  if (!zonec::pyzone::AppendInteger(value.integer(), digits, &run_, &text)) return false;
  spec_.precision.reset();
  if (spec_.fill == "0") {
    if (spec_.width > text.size()) return Fail("zeros in front and a precision together are not part of the language");
    spec_.fill = " ";
  }
  return AppendText(text, spec_, &run_, &out_);
}

bool Formatter::AppendString(Value value, char conversion) {
  std::string text;
  if (spec_.fill == "0") {
    spec_.fill = " ";
    spec_.align = '>';
  }
  if (conversion == 'c') {
    if (value.IsInteger() && bytes_) {
      if (value.integer() < 0 || value.integer() > 255) return Fail("an octet is a number from 0 to 255");
      out_ += static_cast<char>(value.integer());
      return true;
    }
    const bool fits = bytes_ ? value.Is(Kind::kBytes) && value.octets().size() == 1
                             : value.Is(Kind::kStr) && CountCharacters(value.octets()) == 1;
    if (value.IsInteger()) return zonec::pyzone::AppendInteger(value.integer(), spec_, &run_, &out_);
    if (!fits) return Fail("%c takes a character or its number");
    text = std::string(value.octets());
  } else if (bytes_ && (conversion == 's' || conversion == 'b')) {
    if (!value.Is(Kind::kBytes)) {
      return Fail(
          absl::StrCat("%", std::string(1, conversion), " in a bytes takes a bytes, not ", KindName(value.kind())));
    }
    if (spec_.width > 0 || spec_.precision) return Fail("a width of %s in a bytes is not part of the language");
    absl::StrAppend(&out_, value.octets());
    return run_.SpendOctets(value.octets().size());
  } else {
    const bool done = conversion == 's' ? AppendStr(value, &run_, &text)
                                        : AppendRepr(value, &run_, &text, /*ascii=*/conversion == 'a' || bytes_);
    if (!done) return false;
  }
  return AppendText(text, spec_, &run_, &out_);
}

}  // namespace

Value PercentFormat(Value format, Value values, Run* run) { return Formatter(format, values, run).Format(); }

}  // namespace strata::zonec::pyzone
