// SPDX-License-Identifier: Apache-2.0
#include "authority/zone_test/zone_test.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "authority/zone_test/answers_update.h"
#include "authority/zone_test/comparison.h"
#include "authority/zone_test/difference_text.h"
#include "authority/zone_test/expectation_parser.h"
#include "authority/zone_test/zone_answer.h"
#include "base/status_macros.h"
#include "zonec/source_snippet.h"
#include "zonec/sources.h"

namespace strata::authority {
namespace {

// Questions whose answers are shown in full; the others are counted.
constexpr size_t kMaxShown = 50;

// Writes messages about a text as zonec does.
class Report {
 public:
  Report(zonec::Sources* sources, zonec::FileId file, const zonec::Colours& colours)
      : sources_(sources), file_(file), colours_(colours) {}

  void Error(size_t at, absl::string_view message) {
    const zonec::Position position = {file_, static_cast<uint32_t>(at)};
    const zonec::LineColumn place = sources_->Locate(position);
    absl::StrAppend(&text_, colours_.place, sources_->name(file_), ":", place.line, ":", place.column, ":",
                    colours_.end, " ", colours_.error, "error:", colours_.end, " ", colours_.message,
                    zonec::Printable(message), colours_.end, "\n");
    zonec::AppendSnippet(position, colours_, sources_, &text_);
  }

  void Diff(const std::vector<DiffLine>& lines) {
    absl::StrAppend(&text_, "  - expected, + answered:\n");
    for (const DiffLine& line : lines) {
      const absl::string_view colour = line.mark == '-' ? colours_.error : line.mark == '+' ? colours_.caret : "";
      absl::StrAppend(&text_, colour, "  ", std::string(1, line.mark), " ", line.text,
                      colour.empty() ? "" : colours_.end, "\n");
    }
  }

  void Line(absl::string_view line) { absl::StrAppend(&text_, line, "\n"); }

  std::string Take() && { return std::move(text_); }

 private:
  zonec::Sources* sources_;
  zonec::FileId file_;
  const zonec::Colours& colours_;
  std::string text_;
};

std::string Count(size_t count, absl::string_view noun) {
  return absl::StrCat(count, " ", noun, count == 1 ? "" : "s");
}

std::optional<dns::Name> OriginOf(const ZoneCatalog& catalog) {
  if (catalog.zones().size() != 1) return std::nullopt;
  const absl::StatusOr<dns::Name> origin = dns::Name::FromWire(catalog.zones()[0]->reader.origin());
  return origin.ok() ? std::make_optional(*origin) : std::nullopt;
}

// The first word that is wrong, or the question when only something is missing below it.
size_t FirstWrong(const Expectation& expectation, const Difference& difference) {
  std::vector<size_t> places;
  if (difference.outcome && expectation.outcome) places.push_back(expectation.outcome->place.at);
  for (const size_t i : difference.missing) places.push_back(expectation.records[i].place.at);
  return places.empty() ? expectation.place.at : *std::min_element(places.begin(), places.end());
}

std::string Complaint(const Expectation& expectation) {
  return absl::StrCat(QuestionText(expectation.question),
                      expectation.empty() ? ": nothing is expected" : ": the answer is not what is expected");
}

}  // namespace

absl::StatusOr<ZoneTestResult> TestZones(const ZoneTestText& test, const ZoneCatalog& catalog,
                                         const zonec::Colours& colours) {
  zonec::Sources sources;
  STRATA_ASSIGN_OR_RETURN(const zonec::FileId file, sources.Add(test.name, test.text));
  Report report(&sources, file, colours);
  const absl::string_view text = sources.text(file);
  const ParsedExpectations parsed = ParseExpectations(text, OriginOf(catalog));
  ZoneTestResult result;
  result.questions = parsed.expectations.size();
  result.has_mistakes = !parsed.mistakes.empty();
  if (result.has_mistakes) {
    for (const Mistake& mistake : parsed.mistakes) report.Error(mistake.at, mistake.message);
    report.Line(absl::StrCat(test.name, ": ", Count(parsed.mistakes.size(), "mistake"), "; nothing was asked"));
    result.report = std::move(report).Take();
    return result;
  }
  AnswersUpdate update(text);
  for (const Expectation& expectation : parsed.expectations) {
    STRATA_ASSIGN_OR_RETURN(const ZoneAnswer answer, AskZones(catalog, expectation.question));
    const Difference difference = Compare(expectation, answer);
    if (!difference.any()) continue;
    update.Apply(expectation, answer, difference);
    if (result.wrong++ >= kMaxShown) continue;
    report.Error(FirstWrong(expectation, difference), Complaint(expectation));
    report.Diff(DiffLines(expectation, answer, difference));
  }
  if (result.wrong > kMaxShown) report.Line(absl::StrCat("... and ", result.wrong - kMaxShown, " more"));
  report.Line(
      absl::StrCat(test.name, ": ", Count(result.questions, "question"), ", ", result.wrong, " answered wrongly"));
  if (result.wrong > 0) {
    report.Line("Mend the zone; or, if the answers are right, let them be written into the file and read its diff:");
    report.Line(absl::StrCat("  ", test.update_command));
  }
  result.report = std::move(report).Take();
  result.updated = std::move(update).Finish();
  return result;
}

}  // namespace strata::authority
