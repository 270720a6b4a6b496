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

// Makes the record of one number.
absl::Status GenerateRecord(uint32_t value, absl::string_view owner_pattern, absl::string_view rdata_pattern,
                            const RecordFields& fields, ParseState* state) {
  std::string owner_text;
  std::string rdata_text;
  STRATA_RETURN_IF_ERROR(ExpandPattern(owner_pattern, value, &owner_text));
  STRATA_RETURN_IF_ERROR(ExpandPattern(rdata_pattern, value, &rdata_text));
  state->generated_text += owner_text.size() + rdata_text.size();
  if (state->generated_text > kMaxGeneratedText) {
    return absl::ResourceExhaustedError(
        absl::StrCat("more than ", kMaxGeneratedText >> 20, " MiB of text are generated in all"));
  }
  STRATA_ASSIGN_OR_RETURN(dns::Name owner, dns::Name::FromText(owner_text, state->file().origin));
  Entry entry;
  Lexer lexer(rdata_text);
  if (!lexer.Next(&entry)) return absl::InvalidArgumentError("the RDATA is empty");
  if (entry.error) return absl::InvalidArgumentError(entry.error->message);
  RecordFields generated = fields;
  generated.type_token = 0;  // for its position only, which is the directive's
  generated.rdata_token = 0;
  AddRecord(std::move(owner), generated, &entry, state);
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
  const Position position = state->PositionOf(entry.tokens[0]);
  const std::string rdata_pattern = RdataPattern(entry, fields.rdata_token);
  const size_t errors_before = state->diagnostics->error_count();
  state->generate = position;
  for (uint64_t value = range.from; value <= range.to; value += range.step) {
    const auto number = static_cast<uint32_t>(value);
    const absl::Status status = GenerateRecord(number, entry.tokens[2].text, rdata_pattern, fields, state);
    if (!status.ok()) {
      state->Error(position, "directive", absl::StrCat("for ", number, ": ", status.message()));
      state->parsed->unreliable = true;
    }
    if (state->diagnostics->error_count() != errors_before) break;
  }
  state->generate.reset();
}

}  // namespace strata::zonec
