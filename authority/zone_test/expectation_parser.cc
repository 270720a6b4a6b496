// SPDX-License-Identifier: Apache-2.0
#include "authority/zone_test/expectation_parser.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "authority/zone_test/entry_place.h"
#include "authority/zone_test/outcome_word.h"
#include "base/nearest_name.h"
#include "dns/rdata_text.h"
#include "dns/text/time_text.h"
#include "zonec/bind/lexer.h"

namespace strata::authority {
namespace {

using dns::Name;
using dns::TextToken;

constexpr size_t kMinBufsize = 512;  // RFC 6891 §6.2.3: smaller ones count as 512

std::string Quoted(absl::string_view word) { return absl::StrCat("\"", word, "\""); }

// A final dot that no backslash escapes.
bool IsAbsolute(absl::string_view name) {
  if (name.empty() || name.back() != '.') return false;
  size_t backslashes = 0;
  while (backslashes + 1 < name.size() && name[name.size() - 2 - backslashes] == '\\') ++backslashes;
  return backslashes % 2 == 0;
}

std::string DidYouMean(absl::string_view word, std::vector<std::string> known) {
  const std::string nearest = base::NearestName(absl::AsciiStrToUpper(word), known);
  return nearest.empty() ? "" : absl::StrCat("; did you mean ", nearest, "?");
}

// A class by its name; ANY and NONE are taken for what they are in a question, types or nothing.
std::optional<uint16_t> ClassOf(const TextToken& token) {
  if (token.quoted || dns::TypeFromText(token.text)) return std::nullopt;
  return dns::ClassFromText(token.text);
}

class Parser {
 public:
  Parser(absl::string_view text, const std::optional<Name>& origin) : text_(text), origin_(origin) {}

  ParsedExpectations Run() && {
    zonec::Lexer lexer(text_);
    size_t behind = 0;
    while (lexer.Next(&entry_)) {
      if (entry_.error) {
        Wrong(static_cast<size_t>(entry_.error->at - text_.data()), std::string(entry_.error->message));
        continue;
      }
      place_ = PlaceOf(text_, entry_, behind);
      behind = place_.end;
      ReadEntry();
    }
    if (!seen_question_ && out_.mistakes.empty()) {
      Wrong(0, "there is no question, so nothing is tested; write one: a name and a type at the start of a line");
    }
    return std::move(out_);
  }

 private:
  void ReadEntry() {
    if (!entry_.starts_blank) {
      if (absl::StartsWith(entry_.tokens[0].text, "$") && !entry_.tokens[0].quoted) return ReadDirective();
      return ReadQuestion();
    }
    if (!seen_question_) return WrongAt(0, "what is expected stands below a question, which starts its line");
    if (out_.expectations.empty()) return;  // of a question that is wrong itself
    if (ReadOutcome() || ReadHeading()) return;
    ReadRecord();
  }

  void ReadDirective() {
    if (!absl::EqualsIgnoreCase(entry_.tokens[0].text, "$ORIGIN")) {
      return WrongAt(0, absl::StrCat("unknown directive ", Quoted(entry_.tokens[0].text), "; there is $ORIGIN"));
    }
    if (entry_.tokens.size() != 2) return WrongAt(0, "$ORIGIN takes a name, and nothing else");
    if (const std::optional<Name> name = ReadName(1)) origin_ = *name;
  }

  void ReadQuestion() {
    seen_question_ = true;
    Expectation made;
    made.place = place_;
    const size_t mistakes = out_.mistakes.size();
    if (const std::optional<Name> name = ReadName(0)) made.question.name = *name;
    bool has_type = false;
    for (size_t i = 1; i < entry_.tokens.size(); ++i) ReadQuestionWord(i, &made.question, &has_type);
    if (!has_type && out_.mistakes.size() == mistakes) {
      WrongAt(0, "a question is a name and a type: www.example.com. A");
    }
    section_ = Section::kAnswer;
    out_.expectations.push_back(std::move(made));
  }

  void ReadQuestionWord(size_t i, AskedQuestion* question, bool* has_type) {
    const TextToken& token = entry_.tokens[i];
    if (!token.quoted && absl::StartsWith(token.text, "+")) return ReadOption(i, question);
    if (const std::optional<uint16_t> rr_class = ClassOf(token)) {
      question->rr_class = *rr_class;
      return;
    }
    const std::optional<uint16_t> type = token.quoted ? std::nullopt : dns::TypeFromText(token.text);
    if (!type) return WrongAt(i, absl::StrCat("unknown type ", Quoted(token.text), DidYouMean(token.text, Types())));
    if (*has_type) return WrongAt(i, "a question has one type; what is expected stands on the lines below");
    question->type = *type;
    *has_type = true;
  }

  void ReadOption(size_t i, AskedQuestion* question) {
    constexpr absl::string_view kBufsize = "+bufsize=";
    const absl::string_view word = entry_.tokens[i].text;
    if (word == "+dnssec") {
      question->dnssec = true;
      return;
    }
    if (!absl::StartsWith(word, kBufsize)) {
      return WrongAt(i, absl::StrCat("unknown option ", Quoted(word), "; there are +bufsize=N and +dnssec"));
    }
    uint32_t size = 0;
    if (!absl::SimpleAtoi(word.substr(kBufsize.size()), &size) || size < kMinBufsize || size > 65535) {
      return WrongAt(i, "+bufsize is a number of octets, from 512 to 65535");
    }
    question->bufsize = static_cast<uint16_t>(size);
  }

  // True when the entry is one, right or wrong.
  bool ReadOutcome() {
    for (const OutcomeWord& row : kOutcomeWords) {
      if (entry_.tokens[0].quoted || !absl::EqualsIgnoreCase(entry_.tokens[0].text, row.word)) continue;
      ExpectedOutcome made = {.place = place_, .outcome = row.outcome, .servers = {}};
      if (row.outcome == Outcome::kReferral) {
        ReadServers(&made.servers);
      } else if (entry_.tokens.size() > 1) {
        WrongAt(1, absl::StrCat("nothing stands behind ", row.word));
      }
      Expectation& last = out_.expectations.back();
      if (last.outcome) WrongAt(0, "an answer has one outcome, and another is written above");
      last.outcome = std::move(made);
      return true;
    }
    return false;
  }

  void ReadServers(std::vector<Name>* servers) {
    if (entry_.tokens.size() == 1) return;
    const bool has_to = !entry_.tokens[1].quoted && absl::EqualsIgnoreCase(entry_.tokens[1].text, "to");
    if (!has_to || entry_.tokens.size() == 2) {
      return WrongAt(1, "a referral is written REFERRAL, or REFERRAL to ns1.example.net. ns2.example.net.");
    }
    for (size_t i = 2; i < entry_.tokens.size(); ++i) {
      if (const std::optional<Name> name = ReadName(i)) servers->push_back(name->Lowercased());
    }
    std::sort(servers->begin(), servers->end());
    servers->erase(std::unique(servers->begin(), servers->end()), servers->end());
  }

  // As ReadOutcome().
  bool ReadHeading() {
    for (size_t i = 0; i < kSections; ++i) {
      if (entry_.tokens[0].quoted || !absl::EqualsIgnoreCase(entry_.tokens[0].text, kHeadings[i])) continue;
      if (entry_.tokens.size() > 1) WrongAt(1, "records stand on the lines below the section's name");
      Expectation& last = out_.expectations.back();
      const bool again = last.headings[i] || (i == 0 && HasRecordsOf(last, Section::kAnswer));
      if (again) WrongAt(0, absl::StrCat("records of \"", kHeadings[i], "\" stand above already"));
      section_ = static_cast<Section>(i);
      last.headings[i] = place_;
      return true;
    }
    return false;
  }

  static bool HasRecordsOf(const Expectation& expectation, Section section) {
    return std::any_of(expectation.records.begin(), expectation.records.end(),
                       [section](const ExpectedRecord& record) { return record.section == section; });
  }

  void ReadRecord() {
    Expectation& last = out_.expectations.back();
    ExpectedRecord made;
    made.place = place_;
    made.section = section_;
    made.record.owner = last.question.name;
    made.record.rr_class = last.question.rr_class;
    size_t i = 0;
    const TextToken& first = entry_.tokens[0];
    if (!first.quoted && (IsAbsolute(first.text) || first.text == "@")) {
      const std::optional<Name> owner = ReadName(i++);
      if (!owner) return;
      made.record.owner = *owner;
    }
    if (!ReadTtlAndClass(&i, &made)) return;
    if (i == entry_.tokens.size()) return WrongAt(i - 1, "the record's type is missing behind this");
    const TextToken& word = entry_.tokens[i];
    const std::optional<uint16_t> type = word.quoted ? std::nullopt : dns::TypeFromText(word.text);
    if (!type) return WrongRecord(i);
    if (dns::IsMetaType(*type)) return WrongAt(i, absl::StrCat("no record has the type ", word.text));
    made.record.type = *type;
    if (!ReadRdata(i + 1, &made.record)) return;
    last.records.push_back(std::move(made));
  }

  // [TTL] [class] or [class] [TTL]. False after a mistake.
  bool ReadTtlAndClass(size_t* i, ExpectedRecord* made) {
    bool has_class = false;
    for (; *i < entry_.tokens.size(); ++*i) {
      const TextToken& token = entry_.tokens[*i];
      if (token.quoted) return true;
      if (const std::optional<uint16_t> rr_class = ClassOf(token); rr_class && !has_class) {
        if (*rr_class != made->record.rr_class) {
          WrongAt(*i, absl::StrCat("the class of the question is ", dns::ClassToText(made->record.rr_class)));
          return false;
        }
        has_class = true;
      } else if (const std::optional<uint32_t> ttl = dns::ParseTtl(token.text); ttl && !made->has_ttl) {
        made->record.ttl = *ttl;
        made->has_ttl = true;
      } else {
        return true;
      }
    }
    return true;
  }

  // The word where a type, or something else that may start a line, has to stand.
  void WrongRecord(size_t i) {
    std::vector<std::string> known = Types();
    for (const OutcomeWord& row : kOutcomeWords) known.emplace_back(row.word);
    const TextToken& word = entry_.tokens[i];
    std::string message = absl::StrCat("unknown type ", Quoted(word.text), DidYouMean(word.text, std::move(known)));
    const bool owner = i == 0 && !word.quoted && entry_.tokens.size() > 2;
    if (owner) absl::StrAppend(&message, " (a record's owner is written with its final dot, or left out)");
    WrongAt(i, std::move(message));
  }

  bool ReadRdata(size_t i, dns::Record* record) {
    if (record->type == dns::rr_type::kSVCB || record->type == dns::rr_type::kHTTPS) JoinQuotedValues(i, &entry_);
    const auto tokens = absl::MakeConstSpan(entry_.tokens).subspan(i);
    const Name origin = origin_.value_or(Name());
    if (const auto error = dns::ParseRdataText(record->type, tokens, origin, &record->rdata)) {
      WrongAt(std::min(i + error->token, entry_.tokens.size() - 1), error->message);
      return false;
    }
    if (origin_) return true;
    // A relative name is what changes with the origin.
    std::string other;
    const auto error = dns::ParseRdataText(record->type, tokens, *Name::FromText("o."), &other);
    if (!error && other == record->rdata) return true;
    WrongAt(i, absl::StrCat("a name in it is relative, but there are several zones and ", kNoOrigin));
    return false;
  }

  std::optional<Name> ReadName(size_t i) {
    const TextToken& token = entry_.tokens[i];
    if (token.quoted) {
      WrongAt(i, "a name stands in no quotes");
      return std::nullopt;
    }
    const bool relative = !IsAbsolute(token.text);
    if (relative && !origin_) {
      WrongAt(i, absl::StrCat("the name is relative, but there are several zones and ", kNoOrigin));
      return std::nullopt;
    }
    const absl::StatusOr<Name> name = Name::FromText(token.text, origin_.value_or(Name()));
    if (!name.ok()) {
      WrongAt(i, std::string(name.status().message()));
      return std::nullopt;
    }
    // What everybody forgets once.
    if (relative && !origin_->IsRoot()) {
      const absl::StatusOr<Name> whole = Name::FromText(absl::StrCat(token.text, "."));
      if (token.text != "@" && whole.ok() && whole->IsSubdomainOf(*origin_)) {
        WrongAt(i, absl::StrCat("without a final dot this is ", name->ToText(), "; write ", whole->ToText()));
        return std::nullopt;
      }
    }
    return *name;
  }

  static const std::vector<std::string>& Types() {
    static const auto* const types = new std::vector<std::string>(dns::TypeMnemonics());
    return *types;
  }

  void WrongAt(size_t token, std::string message) { Wrong(OffsetOf(text_, entry_.tokens[token]), std::move(message)); }
  void Wrong(size_t at, std::string message) {
    if (out_.mistakes.size() < kMaxMistakes) out_.mistakes.push_back({at, std::move(message)});
  }

  static constexpr absl::string_view kNoOrigin = "no $ORIGIN: write it in full, with its final dot";
  static constexpr size_t kMaxMistakes = 1000;

  const absl::string_view text_;
  std::optional<Name> origin_;
  zonec::Entry entry_;
  Place place_;  // of the entry
  Section section_ = Section::kAnswer;
  bool seen_question_ = false;
  ParsedExpectations out_;
};

}  // namespace

ParsedExpectations ParseExpectations(absl::string_view text, const std::optional<Name>& origin) {
  return Parser(text, origin).Run();
}

}  // namespace strata::authority
