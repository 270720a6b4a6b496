// SPDX-License-Identifier: Apache-2.0
#include "zonec/diagnostic_printer.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "base/json_text.h"
#include "base/utf8.h"

namespace strata::zonec {
namespace {

// Of a source line, this many octets are shown at most, and this many before the caret when it is cut.
constexpr size_t kShownOctets = 120;
constexpr size_t kOctetsBeforeCaret = 60;

bool IsUtf8Continuation(char c) { return (static_cast<uint8_t>(c) & 0xc0) == 0x80; }

// UTF-8 without control characters (tabs stay): source text is foreign, and terminals obey escape sequences.
std::string Printable(absl::string_view text) {
  std::string out(text);
  for (size_t at = 0; at < out.size();) {
    const size_t valid = base::FindInvalidUtf8(absl::string_view(out).substr(at));
    if (valid == absl::string_view::npos) break;
    out[at + valid] = '?';
    at += valid + 1;
  }
  for (size_t i = 0; i < out.size(); ++i) {
    const auto octet = static_cast<uint8_t>(out[i]);
    if ((octet < 0x20 && octet != '\t') || octet == 0x7f) out[i] = '?';
    // C1 control characters: U+0080 to U+009F.
    if (octet == 0xc2 && i + 1 < out.size() && static_cast<uint8_t>(out[i + 1]) < 0xa0) out[i] = out[i + 1] = '?';
  }
  return out;
}

std::string Place(Position position, Sources* sources) {
  std::string out = Printable(sources->name(position.file));
  if (position.offset != Position::kWholeFile) {
    const LineColumn place = sources->Locate(position);
    absl::StrAppend(&out, ":", place.line, ":", place.column);
  }
  return out;
}

// The source line and the caret below it.
void AppendSnippet(Position position, Sources* sources, std::string* out) {
  if (position.offset == Position::kWholeFile) return;
  absl::string_view line = sources->Line(position);
  size_t caret = std::min(sources->Locate(position).column - 1, line.size());
  bool cut_left = false;
  bool cut_right = false;
  if (line.size() > kShownOctets) {
    size_t start = caret > kOctetsBeforeCaret ? caret - kOctetsBeforeCaret : 0;
    start = std::min(start, line.size() - kShownOctets);
    size_t end = start + kShownOctets;
    while (start > 0 && start < caret && IsUtf8Continuation(line[start])) ++start;
    while (end < line.size() && end > caret + 1 && IsUtf8Continuation(line[end])) --end;
    cut_left = start > 0;
    cut_right = end < line.size();
    line = line.substr(start, end - start);
    caret -= start;
  }
  const std::string before = absl::StrCat(cut_left ? "..." : "", Printable(line.substr(0, caret)));
  absl::StrAppend(out, before, Printable(line.substr(caret)), cut_right ? "..." : "", "\n");
  // Tabs stay tabs, so that the caret stands below its column whatever the tab stops are.
  for (const char c : before) {
    if (!IsUtf8Continuation(c)) out->push_back(c == '\t' ? '\t' : ' ');
  }
  out->append("^\n");
}

// The ways by which readers came to a place, innermost first.
struct Way {
  std::vector<Position> included_from;
  std::vector<const Entrance*> calls;
};

Way WayTo(Position position, const Sources& sources) {
  Way way;
  const Entrance* entrance = &sources.entrance(position.file);
  for (; entrance->by != EnteredBy::kNothing; entrance = &sources.entrance(entrance->from.file)) {
    if (entrance->by == EnteredBy::kInclude) {
      way.included_from.push_back(entrance->from);
    } else {
      way.calls.push_back(entrance);
    }
  }
  return way;
}

void AppendLine(Position position, absl::string_view kind, absl::string_view message, Sources* sources,
                std::string* out) {
  absl::StrAppend(out, Place(position, sources), ": ", kind, ": ", Printable(message), "\n");
  AppendSnippet(position, sources, out);
}

void AppendCalls(const Way& way, Sources* sources, std::string* out) {
  for (const Entrance* call : way.calls) {
    AppendLine(call->from, "note", absl::StrCat("in this call of ", call->function, "()"), sources, out);
  }
}

void AppendText(const Diagnostic& diagnostic, Sources* sources, std::string* out) {
  const Way way = WayTo(diagnostic.position, *sources);
  for (const Position from : way.included_from)
    absl::StrAppend(out, "In file included from ", Place(from, sources), ":\n");
  AppendLine(diagnostic.position, diagnostic.severity == Severity::kError ? "error" : "warning",
             absl::StrCat(diagnostic.message, " [", diagnostic.check, "]"), sources, out);
  AppendCalls(way, sources, out);
  for (const Note& note : diagnostic.notes) {
    AppendLine(note.position, "note", note.message, sources, out);
    AppendCalls(WayTo(note.position, *sources), sources, out);
  }
}

void AppendJsonPlace(Position position, Sources* sources, std::string* out) {
  out->append("\"file\":");
  base::AppendJsonString(sources->name(position.file), out);
  if (position.offset == Position::kWholeFile) return;
  const LineColumn place = sources->Locate(position);
  absl::StrAppend(out, ",\"line\":", place.line, ",\"column\":", place.column);
}

// The place, what is said of it, and how readers came there.
void AppendJsonMessage(Position position, absl::string_view message, Sources* sources, std::string* out) {
  AppendJsonPlace(position, sources, out);
  out->append(",\"message\":");
  base::AppendJsonString(message, out);
  const Way way = WayTo(position, *sources);
  absl::string_view separator = ",\"included_from\":[{";
  for (const Position from : way.included_from) {
    out->append(separator.data(), separator.size());
    AppendJsonPlace(from, sources, out);
    separator = "},{";
  }
  if (!way.included_from.empty()) out->append("}]");
  separator = ",\"calls\":[{";
  for (const Entrance* call : way.calls) {
    absl::StrAppend(out, separator, "\"function\":");
    base::AppendJsonString(call->function, out);
    out->push_back(',');
    AppendJsonPlace(call->from, sources, out);
    separator = "},{";
  }
  if (!way.calls.empty()) out->append("}]");
}

void AppendJson(const Diagnostic& diagnostic, Sources* sources, std::string* out) {
  absl::StrAppend(out, "{\"severity\":", diagnostic.severity == Severity::kError ? "\"error\"" : "\"warning\"",
                  ",\"check\":\"", diagnostic.check, "\",");
  AppendJsonMessage(diagnostic.position, diagnostic.message, sources, out);
  absl::string_view separator = ",\"notes\":[{";
  for (const Note& note : diagnostic.notes) {
    out->append(separator.data(), separator.size());
    AppendJsonMessage(note.position, note.message, sources, out);
    separator = "},{";
  }
  if (!diagnostic.notes.empty()) out->append("}]");
  out->append("}\n");
}

struct Omitted {
  size_t errors;
  size_t warnings;
};

Omitted CountOmitted(const Diagnostics& diagnostics, const std::vector<const Diagnostic*>& shown) {
  const auto errors = static_cast<size_t>(
      std::count_if(shown.begin(), shown.end(), [](const Diagnostic* d) { return d->severity == Severity::kError; }));
  return {diagnostics.error_count() - errors, diagnostics.warning_count() - (shown.size() - errors)};
}

std::string Count(size_t count, absl::string_view noun) {
  return absl::StrCat(count, " more ", noun, count == 1 ? "" : "s");
}

}  // namespace

std::string DiagnosticsToText(const Diagnostics& diagnostics, Sources* sources, size_t limit) {
  const std::vector<const Diagnostic*> shown = diagnostics.Sorted(limit, sources);
  std::string out;
  for (const Diagnostic* diagnostic : shown) AppendText(*diagnostic, sources, &out);
  const Omitted omitted = CountOmitted(diagnostics, shown);
  if (omitted.errors > 0) absl::StrAppend(&out, Count(omitted.errors, "error"), " not shown\n");
  if (omitted.warnings > 0) absl::StrAppend(&out, Count(omitted.warnings, "warning"), " not shown\n");
  return out;
}

std::string DiagnosticsToJson(const Diagnostics& diagnostics, Sources* sources, size_t limit) {
  const std::vector<const Diagnostic*> shown = diagnostics.Sorted(limit, sources);
  std::string out;
  for (const Diagnostic* diagnostic : shown) AppendJson(*diagnostic, sources, &out);
  const Omitted omitted = CountOmitted(diagnostics, shown);
  if (omitted.errors + omitted.warnings > 0) {
    absl::StrAppend(&out, "{\"omitted_errors\":", omitted.errors, ",\"omitted_warnings\":", omitted.warnings, "}\n");
  }
  return out;
}

}  // namespace strata::zonec
