// SPDX-License-Identifier: Apache-2.0
#include "zonec/diagnostic_printer.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "base/json_text.h"
#include "zonec/source_snippet.h"

namespace strata::zonec {
namespace {

std::string Place(Position position, Sources* sources) {
  std::string out = Printable(sources->name(position.file));
  if (position.offset != Position::kWholeFile) {
    const LineColumn place = sources->Locate(position);
    absl::StrAppend(&out, ":", place.line, ":", place.column);
  }
  return out;
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

// The messages of one output as text.
class TextPrinter {
 public:
  TextPrinter(const Colours& colours, Sources* sources) : colours_(colours), sources_(*sources) {}

  void Print(const Finding& finding);
  std::string& out() { return out_; }

 private:
  // `suffix` is never in colours.
  void PrintLine(Position position, absl::string_view kind, absl::string_view colour, absl::string_view message,
                 absl::string_view suffix) {
    absl::StrAppend(&out_, colours_.place, Place(position, &sources_), ":", colours_.end, " ", colour, kind, ":",
                    colours_.end, " ", colours_.message, Printable(message), colours_.end, suffix, "\n");
    AppendSnippet(position, colours_, &sources_, &out_);
  }
  void PrintNote(Position position, absl::string_view message) {
    absl::StrAppend(&out_, colours_.place, Place(position, &sources_), ":", colours_.end, " ", colours_.note,
                    "note:", colours_.end, " ", Printable(message), "\n");
    AppendSnippet(position, colours_, &sources_, &out_);
  }
  void PrintCalls(const Way& way) {
    for (const Entrance* call : way.calls)
      PrintNote(call->from, absl::StrCat("in this call of ", call->function, "()"));
  }

  const Colours& colours_;
  Sources& sources_;
  std::string out_;
};

void TextPrinter::Print(const Finding& finding) {
  const Diagnostic& diagnostic = *finding.diagnostic;
  const Way way = WayTo(diagnostic.position, sources_);
  for (const Position from : way.included_from) {
    absl::StrAppend(&out_, "In file included from ", Place(from, &sources_), ":\n");
  }
  const bool error = diagnostic.severity == Severity::kError;
  const std::string more = finding.more == 0 ? "" : absl::StrCat(" (and ", finding.more, " more like this)");
  PrintLine(diagnostic.position, error ? "error" : "warning", error ? colours_.error : colours_.warning,
            absl::StrCat(diagnostic.message, more), absl::StrCat(" [", diagnostic.check, "]"));
  PrintCalls(way);
  for (const Note& note : diagnostic.notes) {
    PrintNote(note.position, note.message);
    PrintCalls(WayTo(note.position, sources_));
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

void AppendJson(const Finding& finding, Sources* sources, std::string* out) {
  const Diagnostic& diagnostic = *finding.diagnostic;
  absl::StrAppend(out, "{\"severity\":", diagnostic.severity == Severity::kError ? "\"error\"" : "\"warning\"",
                  ",\"check\":\"", diagnostic.check, "\",");
  AppendJsonMessage(diagnostic.position, diagnostic.message, sources, out);
  if (finding.more > 0) absl::StrAppend(out, ",\"more\":", finding.more);
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

Omitted CountOmitted(const Diagnostics& diagnostics, const std::vector<Finding>& shown) {
  Omitted omitted = {diagnostics.error_count(), diagnostics.warning_count()};
  for (const Finding& finding : shown) {
    (finding.diagnostic->severity == Severity::kError ? omitted.errors : omitted.warnings) -= 1 + finding.more;
  }
  return omitted;
}

std::string Count(size_t count, absl::string_view noun) {
  return absl::StrCat(count, " more ", noun, count == 1 ? "" : "s");
}

}  // namespace

std::string DiagnosticsToText(const Diagnostics& diagnostics, Sources* sources, size_t limit, const Colours& colours) {
  const std::vector<Finding> shown = diagnostics.Findings(limit, *sources);
  TextPrinter printer(colours, sources);
  for (const Finding& finding : shown) printer.Print(finding);
  std::string& out = printer.out();
  const Omitted omitted = CountOmitted(diagnostics, shown);
  if (omitted.errors > 0) absl::StrAppend(&out, Count(omitted.errors, "error"), " not shown\n");
  if (omitted.warnings > 0) absl::StrAppend(&out, Count(omitted.warnings, "warning"), " not shown\n");
  return out;
}

std::string DiagnosticsToJson(const Diagnostics& diagnostics, Sources* sources, size_t limit) {
  const std::vector<Finding> shown = diagnostics.Findings(limit, *sources);
  std::string out;
  for (const Finding& finding : shown) AppendJson(finding, sources, &out);
  const Omitted omitted = CountOmitted(diagnostics, shown);
  if (omitted.errors + omitted.warnings > 0) {
    absl::StrAppend(&out, "{\"omitted_errors\":", omitted.errors, ",\"omitted_warnings\":", omitted.warnings, "}\n");
  }
  return out;
}

}  // namespace strata::zonec
