// SPDX-License-Identifier: Apache-2.0
#include "zonec/bind/generate.h"

#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "base/status_macros.h"
#include "dns/name.h"

namespace strata::zonec {
namespace {

constexpr uint32_t kMaxNumber = 0x7fffffff;
// More digits than any name or address field can use.
constexpr int kMaxWidth = 255;

bool ParseNumber(absl::string_view text, uint32_t* number) {
  return !text.empty() && text[0] >= '0' && text[0] <= '9' && absl::SimpleAtoi(text, number) && *number <= kMaxNumber;
}

// The inside of ${...}.
struct Format {
  int64_t offset = 0;
  int width = 0;
  char base = 'd';
};

absl::StatusOr<Format> ParseFormat(absl::string_view text) {
  const auto error = [&] {
    return absl::InvalidArgumentError(
        absl::StrCat("\"${", text, "}\" is not ${offset,width,base} with base d, o, x, X, n or N"));
  };
  const std::vector<absl::string_view> parts = absl::StrSplit(text, ',');
  Format format;
  int32_t offset;
  if (parts.size() > 3 || !absl::SimpleAtoi(parts[0], &offset)) return error();
  format.offset = offset;
  if (parts.size() > 1 &&
      (!absl::SimpleAtoi(parts[1], &format.width) || format.width < 0 || format.width > kMaxWidth)) {
    return error();
  }
  if (parts.size() > 2) {
    if (parts[2].size() != 1 || absl::string_view("doxXnN").find(parts[2][0]) == absl::string_view::npos) {
      return error();
    }
    format.base = parts[2][0];
  }
  return format;
}

// Hex digits from the lowest up, with dots between; `width` counts both. An even width ends with a dot, as in BIND.
void AppendNibbles(uint32_t value, int width, const char* digits, std::string* out) {
  do {
    out->push_back(digits[value & 0xf]);
    value >>= 4;
    if (width > 0) --width;
    if (width > 0 || value != 0) {
      out->push_back('.');
      if (width > 0) --width;
    }
  } while (value != 0 || width > 0);
}

absl::Status AppendFormatted(const Format& format, uint32_t value, std::string* out) {
  const int64_t sum = int64_t{value} + format.offset;
  if (sum < 0 || sum > kMaxNumber) {
    return absl::InvalidArgumentError(absl::StrCat(value, " with offset ", format.offset, " leaves 0 to 2147483647"));
  }
  const auto number = static_cast<uint32_t>(sum);
  switch (format.base) {
    case 'o':
      absl::StrAppendFormat(out, "%0*o", format.width, number);
      break;
    case 'x':
      absl::StrAppendFormat(out, "%0*x", format.width, number);
      break;
    case 'X':
      absl::StrAppendFormat(out, "%0*X", format.width, number);
      break;
    case 'n':
      AppendNibbles(number, format.width, "0123456789abcdef", out);
      break;
    case 'N':
      AppendNibbles(number, format.width, "0123456789ABCDEF", out);
      break;
    default:
      absl::StrAppendFormat(out, "%0*d", format.width, number);
  }
  return absl::OkStatus();
}

// The inside of a quoted token as text to be lexed on its own: in BIND's reading a quote loses its backslash there.
std::string UnquotedText(absl::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) {
      if (text[++i] != '"') out.push_back('\\');
    }
    out.push_back(text[i]);
  }
  return out;
}

// The pattern of the RDATA: the inside of its one quoted token, as BIND takes RDATA with blanks, or else the source
// text from its first token to its last.
std::string RdataPattern(const Entry& entry, size_t first) {
  const dns::TextToken& begin = entry.tokens[first];
  const dns::TextToken& end = entry.tokens.back();
  if (first + 1 == entry.tokens.size() && begin.quoted) return UnquotedText(begin.text);
  const char* start = begin.text.data() - (begin.quoted ? 1 : 0);
  return std::string(start, end.text.data() + end.text.size() + (end.quoted ? 1 : 0) - start);
}

// Fails when too much text has been made.
absl::Status CountText(absl::string_view text, ParseState* state) {
  state->generated_text += text.size();
  if (state->generated_text <= kMaxGeneratedText) return absl::OkStatus();
  return absl::ResourceExhaustedError(
      absl::StrCat("more than ", kMaxGeneratedText >> 20, " MiB of text are generated in all"));
}

// What each number of a range makes its record of. The views are into the entry.
struct Template {
  absl::string_view owner;
  std::string rdata;
  Position owner_position;
  Position rdata_position;
  Position directive;
  absl::string_view type;
};

// The line of one number as it reads, for messages; empty when it cannot be made.
std::string LineOf(uint32_t value, const Template& pattern) {
  std::string line;
  if (!ExpandPattern(pattern.owner, value, &line).ok()) return "";
  absl::StrAppend(&line, " ", pattern.type, " ");
  return ExpandPattern(pattern.rdata, value, &line).ok() ? line : "";
}

// Makes the record of one number. What is wrong goes to the state's diagnostics, at the pattern's token.
absl::Status GenerateRecord(uint32_t value, const Template& pattern, const RecordFields& fields, ParseState* state) {
  std::string owner_text;
  std::string rdata_text;
  state->generate = pattern.owner_position;
  STRATA_RETURN_IF_ERROR(ExpandPattern(pattern.owner, value, &owner_text));
  STRATA_RETURN_IF_ERROR(CountText(owner_text, state));
  STRATA_ASSIGN_OR_RETURN(const snapshot::NameTree::Id owner, ReadOwner(owner_text, state));
  state->generate = pattern.rdata_position;
  STRATA_RETURN_IF_ERROR(ExpandPattern(pattern.rdata, value, &rdata_text));
  STRATA_RETURN_IF_ERROR(CountText(rdata_text, state));
  Entry entry;
  Lexer lexer(rdata_text);
  if (!lexer.Next(&entry)) return absl::InvalidArgumentError("the RDATA is empty");
  if (entry.error) return absl::InvalidArgumentError(entry.error->message);
  RecordFields generated = fields;
  generated.type_token = 0;  // for its position only, which is the pattern's
  generated.rdata_token = 0;
  base::HugePageVector<Position>& positions = state->parsed->positions;
  const size_t before = positions.size();
  AddRecord(owner, generated, &entry, state);
  // The record is the directive's as a whole.
  if (positions.size() > before) positions.back() = pattern.directive;
  Entry rest;
  if (lexer.Next(&rest)) return absl::InvalidArgumentError("the RDATA goes on behind its line");
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<GenerateRange> ParseGenerateRange(absl::string_view text) {
  GenerateRange range;
  const std::pair<absl::string_view, absl::string_view> step = absl::StrSplit(text, absl::MaxSplits('/', 1));
  const std::pair<absl::string_view, absl::string_view> ends = absl::StrSplit(step.first, absl::MaxSplits('-', 1));
  const bool has_step = step.first.size() != text.size();
  if (!ParseNumber(ends.first, &range.from) || !ParseNumber(ends.second, &range.to) || range.from > range.to ||
      (has_step && (!ParseNumber(step.second, &range.step) || range.step == 0))) {
    return absl::InvalidArgumentError(absl::StrCat("\"", text, "\" is not a range from-to or from-to/step"));
  }
  return range;
}

absl::Status ExpandPattern(absl::string_view pattern, uint32_t value, std::string* out) {
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\' && i + 1 < pattern.size()) {
      absl::StrAppend(out, pattern.substr(i++, 2));
    } else if (pattern[i] != '$') {
      out->push_back(pattern[i]);
    } else if (i + 1 < pattern.size() && pattern[i + 1] == '$') {
      out->push_back('$');
      ++i;
    } else if (i + 1 < pattern.size() && pattern[i + 1] == '{') {
      const size_t end = pattern.find('}', i);
      if (end == absl::string_view::npos) return absl::InvalidArgumentError("\"${\" without \"}\"");
      STRATA_ASSIGN_OR_RETURN(const Format format, ParseFormat(pattern.substr(i + 2, end - i - 2)));
      STRATA_RETURN_IF_ERROR(AppendFormatted(format, value, out));
      i = end;
    } else {
      absl::StrAppend(out, value);
    }
  }
  return absl::OkStatus();
}

void GenerateRecords(const GenerateRange& range, const Entry& entry, const RecordFields& fields, ParseState* state) {
  const Position directive = state->PositionOf(entry.tokens[0]);
  const Template pattern = {entry.tokens[2].text,
                            RdataPattern(entry, fields.rdata_token),
                            state->PositionOf(entry.tokens[2]),
                            state->PositionOf(entry.tokens[fields.rdata_token]),
                            directive,
                            entry.tokens[fields.type_token].text};
  // All numbers are tried, but one diagnostic tells of those that go wrong.
  Diagnostics* const told = state->diagnostics;
  Diagnostics untold;  // up to the first of them
  Diagnostics counted;
  uint32_t first_value = 0;
  size_t failed = 0;
  for (uint64_t value = range.from; value <= range.to; value += range.step) {
    const auto number = static_cast<uint32_t>(value);
    state->diagnostics = failed == 0 ? &untold : &counted;
    const size_t errors_before = state->diagnostics->error_count();
    const absl::Status status = GenerateRecord(number, pattern, fields, state);
    if (!status.ok()) {
      state->Error(*state->generate, "directive", std::string(status.message()));
      state->parsed->unreliable = true;
    }
    const bool exhausted = absl::IsResourceExhausted(status);
    if (state->diagnostics->error_count() != errors_before && failed++ == 0) first_value = number;
    // What is left would cost as much again.
    if (exhausted) break;
  }
  state->diagnostics = told;
  state->generate.reset();
  bool told_error = false;
  for (const Diagnostic* one : untold.Sorted(Diagnostics::kMaxKept)) {
    if (one->severity == Severity::kWarning) {
      told->Warning(one->position, one->check, one->message);
    } else if (!std::exchange(told_error, true)) {
      const std::string more =
          failed > 1 ? absl::StrCat("; ", failed - 1, failed > 2 ? " more values go wrong" : " more value goes wrong")
                     : "";
      const std::string line = LineOf(first_value, pattern);
      const std::string reads = line.empty() ? "" : absl::StrCat(" this reads: ", line);
      told->Error(one->position, one->check, absl::StrCat(one->message, more),
                  {{directive, absl::StrCat("where $ is ", first_value, reads)}});
    }
  }
}

}  // namespace strata::zonec
