// SPDX-License-Identifier: Apache-2.0
#include "authority/testing/test_zone.h"

#include <cstdlib>
#include <iostream>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/types/span.h"
#include "authority/answerer.h"
#include "dns/lookup_name.h"
#include "dns/message.h"
#include "dns/name.h"
#include "dns/rdata_text.h"
#include "dns/record.h"
#include "dns/rr_type.h"
#include "dns/testing/text_tokens.h"
#include "gtest/gtest.h"
#include "zonec/snapshot/snapshot_builder.h"

namespace strata::authority {
namespace {

// A mistake in a test's own text.
[[noreturn]] void Wrong(absl::string_view line, absl::string_view what) {
  std::cerr << "test zone: " << line << ": " << what << "\n";
  std::abort();
}

dns::Name NameOf(absl::string_view text, const dns::Name& origin = dns::Name()) {
  const absl::StatusOr<dns::Name> name = dns::Name::FromText(text, origin);
  if (!name.ok()) Wrong(text, name.status().message());
  return *name;
}

uint16_t TypeOf(absl::string_view text) {
  const std::optional<uint16_t> type = dns::TypeFromText(text);
  if (!type.has_value()) Wrong(text, "not a type");
  return *type;
}

dns::Record RecordOf(absl::string_view line, const dns::Name& origin) {
  const std::vector<dns::TextToken> tokens = dns::SplitTextTokens(line);
  if (tokens.size() < 3) Wrong(line, "too short");
  dns::Record record;
  record.owner = NameOf(tokens[0].text, origin);
  record.ttl = 3600;
  size_t at = 1;
  if (absl::SimpleAtoi(tokens[at].text, &record.ttl)) {
    ++at;
  } else {
    record.ttl = 3600;
  }
  record.type = TypeOf(tokens[at].text);
  const auto error =
      dns::ParseRdataText(record.type, absl::MakeConstSpan(tokens).subspan(at + 1), origin, &record.rdata);
  if (error.has_value()) Wrong(line, error->message);
  return record;
}

void AppendSection(absl::string_view title, const std::vector<dns::Record>& records, std::string* out) {
  if (!records.empty()) absl::StrAppend(out, title, ":\n");
  for (const dns::Record& record : records) {
    absl::StrAppend(out, absl::StrReplaceAll(dns::RecordToText(record), {{"\t", " "}}), "\n");
  }
}

}  // namespace

std::string SnapshotText(absl::string_view origin_text, absl::string_view lines, uint16_t rr_class) {
  snapshot::Zone zone(NameOf(origin_text), rr_class);
  bool has_soa = false;
  for (absl::string_view line : absl::StrSplit(lines, '\n')) {
    line = absl::StripAsciiWhitespace(line);
    if (line.empty()) continue;
    zone.Add(RecordOf(line, zone.origin()));
    has_soa = has_soa || zone.records().back().type == dns::rr_type::kSOA;
  }
  if (!has_soa) zone.Add(RecordOf("@ SOA ns hostmaster 1 7200 900 1209600 300", zone.origin()));
  absl::StatusOr<std::string> octets = snapshot::BuildSnapshot(snapshot::ZoneTree(&zone));
  if (!octets.ok()) Wrong(origin_text, octets.status().message());
  return *std::move(octets);
}

std::shared_ptr<const Zone> MakeZone(std::shared_ptr<const ZoneOctets> octets) {
  const absl::StatusOr<snapshot::SnapshotReader> reader = snapshot::SnapshotReader::Open(octets->octets());
  if (!reader.ok()) Wrong("snapshot", reader.status().message());
  const absl::Status sound = reader->Verify();
  if (!sound.ok()) Wrong("snapshot", sound.message());
  return std::make_shared<const Zone>(Zone{*reader, std::move(octets)});
}

std::shared_ptr<const Zone> MakeZone(absl::string_view origin, absl::string_view lines) {
  return MakeZone(std::make_shared<const TestOctets>(SnapshotText(origin, lines)));
}

std::string AnswerText(absl::string_view wire) {
  const absl::StatusOr<dns::Message> message = dns::ParseMessage(wire);
  if (!message.ok()) return absl::StrCat("malformed: ", message.status().message());
  std::string out = dns::RcodeToText(message->rcode);
  if (message->authoritative) out += " aa";
  if (message->truncated) out += " tc";
  out += "\n";
  AppendSection("answer", message->answer, &out);
  AppendSection("authority", message->authority, &out);
  AppendSection("additional", message->additional, &out);
  EXPECT_TRUE(message->response && !message->recursion_desired && !message->recursion_available &&
              !message->authentic_data && !message->checking_disabled && message->id == 0 && !message->edns);
  return out;
}

std::string Ask(const ZoneCatalog& catalog, absl::string_view text, const AskOptions& options) {
  const std::vector<std::string> words = absl::StrSplit(text, ' ');
  if (words.size() != 2) Wrong(text, "not a name and a type");
  const dns::Name name = NameOf(words[0]);
  const dns::LookupName lookup(name.wire());
  Question question;
  question.name = &lookup;
  question.type = TypeOf(words[1]);
  question.rr_class = *dns::ClassFromText(options.rr_class);
  question.max_size = options.max_size;
  question.minimal_any = options.minimal_any;
  question.dnssec_ok = options.dnssec_ok;
  // Exactly as large as may be used, so that AddressSanitizer sees what is written behind.
  std::vector<char> buffer(options.max_size);
  size_t size = 0;
  switch (AnswerQuestion(catalog, question, buffer.data(), &size)) {
    case AnswerOutcome::kNotOurs:
      return "not ours";
    case AnswerOutcome::kDamaged:
      return "damaged";
    case AnswerOutcome::kTooCostly:
    case AnswerOutcome::kAnswered:
      break;
  }
  const absl::string_view wire(buffer.data(), size);
  const absl::StatusOr<dns::Message> message = dns::ParseMessage(wire);
  const dns::Question asked{name, question.type, question.rr_class};
  EXPECT_TRUE(message.ok() && message->questions.size() == 1 && message->questions[0] == asked) << message.status();
  return AnswerText(wire);
}

}  // namespace strata::authority
