// The usage text and what it is made of.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/flag_listing.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "absl/flags/reflection.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "base/repeated_flag.h"

namespace strata::base {
namespace {

constexpr size_t kHelpColumn = 28;
constexpr size_t kLineWidth = 100;

template <typename T>
bool DescribeInteger(const absl::CommandLineFlag& flag, std::string* text) {
  if (!flag.IsOfType<T>()) return false;
  *text = absl::StrCat("an integer from ", std::numeric_limits<T>::min(), " to ", std::numeric_limits<T>::max());
  return true;
}

bool IsText(const absl::CommandLineFlag& flag) {
  return flag.IsOfType<std::string>() || flag.IsOfType<std::vector<std::string>>() || flag.IsOfType<RepeatedFlag>();
}

// The default for the usage: lists readable, texts that are empty not at all.
std::string ShownDefault(const absl::CommandLineFlag& flag) {
  std::string value = flag.DefaultValue();
  if (flag.IsOfType<RepeatedFlag>()) {
    value = absl::StrReplaceAll(value, {{absl::string_view(&kRepeatedFlagSeparator, 1), " "}});
  }
  return value;
}

// Takes the backquoted word out of a help text: "`FILE` to read" → "FILE", "FILE to read".
std::string ValueName(const absl::CommandLineFlag& flag, std::string* help) {
  const std::vector<std::string> parts = absl::StrSplit(*help, absl::MaxSplits('`', 2));
  if (parts.size() == 3) {
    *help = absl::StrCat(parts[0], parts[1], parts[2]);
    return parts[1];
  }
  if (flag.IsOfType<absl::Duration>()) return "DURATION";
  return IsText(flag) ? "TEXT" : "N";
}

// Appends `text` from column `indent` on (the current line is `column` wide), broken between words.
void AppendWrapped(absl::string_view text, size_t indent, size_t column, std::string* out) {
  for (absl::string_view word : absl::StrSplit(text, absl::ByAnyChar(" \n"), absl::SkipEmpty())) {
    if (column > indent && column + 1 + word.size() > kLineWidth) {
      absl::StrAppend(out, "\n");
      column = 0;
    }
    const size_t spaces = column < indent ? indent - column : (column > indent ? 1 : 0);
    absl::StrAppend(out, std::string(spaces, ' '), word);
    column += spaces + word.size();
  }
  absl::StrAppend(out, "\n");
}

void AppendEntry(const std::string& left, absl::string_view help, std::string* out) {
  absl::StrAppend(out, left);
  size_t column = left.size();
  if (column + 2 > kHelpColumn) {
    absl::StrAppend(out, "\n");
    column = 0;
  }
  AppendWrapped(help, kHelpColumn, column, out);
}

void AppendFlag(const absl::CommandLineFlag& flag, const CommandLineSpec& spec, std::string* out) {
  std::string help = flag.Help();
  std::string left = "  ";
  for (const ShortOption& option : spec.short_options) {
    if (option.flag == flag.Name()) absl::StrAppend(&left, "-", std::string(1, option.letter), ", ");
  }
  absl::StrAppend(&left, "--", flag.Name());
  std::string value = ShownDefault(flag);
  if (flag.IsOfType<bool>()) {
    // Off is what a switch is expected to be.
    if (value == "false") value.clear();
  } else {
    absl::StrAppend(&left, "=", ValueName(flag, &help));
  }
  if (!value.empty()) absl::StrAppend(&help, " (default: ", value, ")");
  AppendEntry(left, help, out);
}

}  // namespace

std::map<std::string, absl::CommandLineFlag*> OwnFlags() {
  std::map<std::string, absl::CommandLineFlag*> own;
  for (const auto& [name, flag] : absl::GetAllFlags()) {
    if (flag->IsRetired() || absl::StrContains(flag->Filename(), "absl/flags/")) continue;
    own.emplace(std::string(name), flag);
  }
  return own;
}

std::string AcceptedValues(const absl::CommandLineFlag& flag) {
  std::string text;
  if (DescribeInteger<int16_t>(flag, &text) || DescribeInteger<uint16_t>(flag, &text) ||
      DescribeInteger<int32_t>(flag, &text) || DescribeInteger<uint32_t>(flag, &text) ||
      DescribeInteger<int64_t>(flag, &text) || DescribeInteger<uint64_t>(flag, &text)) {
    return text;
  }
  if (flag.IsOfType<bool>()) return "true or false";
  if (flag.IsOfType<float>() || flag.IsOfType<double>()) return "a number such as 0.5";
  if (flag.IsOfType<absl::Duration>()) return "a duration with its unit, such as 500ms, 1.5s or 2m";
  return "";
}

std::string UsageText(absl::string_view program, const CommandLineSpec& spec) {
  std::string out = absl::StrCat("Usage: ", program, " [FLAGS]");
  if (!spec.arguments.empty()) absl::StrAppend(&out, " ", spec.arguments);
  absl::StrAppend(&out, "\n\n");
  for (absl::string_view paragraph : absl::StrSplit(spec.summary, '\n')) {
    AppendWrapped(paragraph, 0, 0, &out);
  }
  absl::StrAppend(&out, "\nFlags:\n");
  for (const auto& [name, flag] : OwnFlags()) AppendFlag(*flag, spec, &out);
  AppendEntry("  --help", "print this and exit", &out);
  AppendEntry("  --version", "print the version and exit", &out);
  return out;
}

}  // namespace strata::base
