// SPDX-License-Identifier: Apache-2.0
#include "authority/zone_test/answers_update.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "authority/zone_test/difference_text.h"

namespace strata::authority {
namespace {

constexpr absl::string_view kIndent = "    ";

// The changes of one question's lines, by offset.
struct Edits {
  std::vector<std::pair<size_t, size_t>> removed;  // ranges
  std::map<size_t, std::string> added;             // lines, before the octet of that offset

  void Remove(const Place& place) { removed.emplace_back(place.begin, place.end); }
  void Add(size_t at, absl::string_view line) { absl::StrAppend(&added[at], kIndent, line, "\n"); }
};

// Behind the last line of a section that is there.
size_t EndOfSection(const Expectation& expectation, Section section) {
  const auto& heading = expectation.headings[static_cast<size_t>(section)];
  size_t end = heading ? heading->end : expectation.place.end;
  for (const ExpectedRecord& record : expectation.records) {
    if (record.section == section) end = std::max(end, record.place.end);
  }
  return end;
}

Edits EditsOf(const Expectation& expectation, const ZoneAnswer& answer, const Difference& difference) {
  Edits edits;
  if (difference.outcome) {
    if (expectation.outcome) edits.Remove(expectation.outcome->place);
    const std::string outcome = OutcomeText(answer.outcome, answer.servers);
    if (!outcome.empty()) edits.Add(expectation.place.end, outcome);
  }
  for (const size_t i : difference.missing) edits.Remove(expectation.records[i].place);
  for (const size_t i : difference.unexpected) {
    const AnsweredRecord& record = answer.records[i];
    edits.Add(EndOfSection(expectation, record.section),
              RecordText(record.record, expectation.question, StatesTtls(expectation)));
  }
  std::sort(edits.removed.begin(), edits.removed.end());
  return edits;
}

}  // namespace

void AnswersUpdate::CopyTo(size_t offset) {
  if (offset <= done_) return;
  absl::StrAppend(&out_, text_.substr(done_, offset - done_));
  done_ = offset;
}

void AnswersUpdate::Apply(const Expectation& expectation, const ZoneAnswer& answer, const Difference& difference) {
  const Edits edits = EditsOf(expectation, answer, difference);
  auto removed = edits.removed.begin();
  // An addition stands where lines end, so never inside a range that goes.
  auto remove_to = [&](size_t offset) {
    for (; removed != edits.removed.end() && removed->first < offset; ++removed) {
      CopyTo(removed->first);
      done_ = std::max(done_, removed->second);
    }
  };
  for (const auto& [at, lines] : edits.added) {
    remove_to(at);
    CopyTo(at);
    const bool line_is_open = !out_.empty() && out_.back() != '\n' && out_.back() != '\r';
    absl::StrAppend(&out_, line_is_open ? "\n" : "", lines);
  }
  remove_to(text_.size() + 1);
}

std::string AnswersUpdate::Finish() && {
  CopyTo(text_.size());
  return std::move(out_);
}

}  // namespace strata::authority
