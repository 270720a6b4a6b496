// SPDX-License-Identifier: Apache-2.0
#include "authority/zone_test/difference_text.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "authority/zone_test/outcome_word.h"
#include "dns/rdata_text.h"
#include "dns/rr_type.h"

namespace strata::authority {
namespace {

bool Contains(const std::vector<size_t>& numbers, size_t number) {
  return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

// The servers of a referral are of interest if the expectation names any.
std::string AnsweredOutcomeText(const Expectation& expectation, const ZoneAnswer& answer) {
  const bool any = expectation.expected_outcome() == Outcome::kReferral && expectation.outcome->servers.empty();
  return OutcomeText(answer.outcome, any ? std::vector<dns::Name>() : answer.servers);
}

void AddOutcome(const Expectation& expectation, const ZoneAnswer& answer, bool differs, std::vector<DiffLine>* out) {
  const std::string answered = AnsweredOutcomeText(expectation, answer);
  const std::string expected =
      expectation.outcome ? OutcomeText(expectation.outcome->outcome, expectation.outcome->servers) : "";
  if (differs && !expected.empty()) out->push_back({'-', expected});
  if (!answered.empty()) out->push_back({differs ? '+' : ' ', answered});
}

}  // namespace

std::string QuestionText(const AskedQuestion& question) {
  const bool in = question.rr_class == dns::rr_class::kIN;
  std::string out = absl::StrCat(question.name.ToText(), in ? "" : " ", in ? "" : dns::ClassToText(question.rr_class),
                                 " ", dns::TypeToText(question.type));
  if (question.bufsize) absl::StrAppend(&out, " +bufsize=", *question.bufsize);
  return out;
}

std::string OutcomeText(Outcome outcome, const std::vector<dns::Name>& servers) {
  std::string out;
  for (const OutcomeWord& row : kOutcomeWords) {
    if (row.outcome == outcome) out = std::string(row.word);
  }
  if (!servers.empty()) out += " to";
  for (const dns::Name& server : servers) absl::StrAppend(&out, " ", server.ToText());
  return out;
}

std::string RecordText(const dns::Record& record, const AskedQuestion& question, bool with_ttl) {
  std::string out;
  if (record.owner != question.name) absl::StrAppend(&out, record.owner.ToText(), " ");
  if (with_ttl) absl::StrAppend(&out, record.ttl, " ");
  absl::StrAppend(&out, dns::TypeToText(record.type), " ");
  dns::AppendRdataText(record.type, record.rdata, &out);
  return out;
}

bool StatesTtls(const Expectation& expectation) {
  return std::any_of(expectation.records.begin(), expectation.records.end(),
                     [](const ExpectedRecord& record) { return record.has_ttl; });
}

std::vector<DiffLine> DiffLines(const Expectation& expectation, const ZoneAnswer& answer,
                                const Difference& difference) {
  std::vector<DiffLine> out;
  AddOutcome(expectation, answer, difference.outcome, &out);
  for (size_t s = 0; s < kSections; ++s) {
    const auto section = static_cast<Section>(s);
    if (expectation.headings[s]) out.push_back({' ', std::string(kHeadings[s])});
    for (size_t i = 0; i < expectation.records.size(); ++i) {
      const ExpectedRecord& record = expectation.records[i];
      if (record.section != section) continue;
      out.push_back({Contains(difference.missing, i) ? '-' : ' ',
                     RecordText(record.record, expectation.question, record.has_ttl)});
    }
    for (const size_t i : difference.unexpected) {
      const AnsweredRecord& record = answer.records[i];
      if (record.section != section) continue;
      out.push_back({'+', RecordText(record.record, expectation.question, StatesTtls(expectation))});
    }
  }
  return out;
}

}  // namespace strata::authority
