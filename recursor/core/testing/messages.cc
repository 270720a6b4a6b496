// SPDX-License-Identifier: Apache-2.0
#include "recursor/core/testing/messages.h"

#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "dns/edns.h"
#include "dns/message.h"
#include "dns/name.h"
#include "dns/rdata_text.h"
#include "dns/record.h"
#include "dns/testing/text_tokens.h"

namespace strata::recursor::testing {
namespace {

void Require(bool condition, absl::string_view what) {
  if (condition) return;
  std::fprintf(stderr, "bad test input: %s\n", std::string(what).c_str());
  std::abort();
}

dns::Record RecordFromText(absl::string_view line) {
  const std::vector<dns::TextToken> tokens = dns::SplitTextTokens(line);
  Require(tokens.size() > 3, line);
  dns::Record record;
  record.owner = *dns::Name::FromText(tokens[0].text);
  Require(absl::SimpleAtoi(tokens[1].text, &record.ttl), line);
  record.type = dns::TypeFromText(tokens[2].text).value();
  const auto error =
      dns::ParseRdataText(record.type, absl::MakeConstSpan(tokens).subspan(3), dns::Name(), &record.rdata);
  Require(!error, line);
  return record;
}

void AppendSection(absl::string_view name, const std::vector<dns::Record>& records, std::string* out) {
  if (records.empty()) return;
  absl::StrAppend(out, "\n", name, ":");
  for (const dns::Record& record : records) {
    absl::StrAppend(out, "\n", absl::StrReplaceAll(dns::RecordToText(record), {{"\t", " "}}));
  }
}

}  // namespace

std::string MakeReply(absl::string_view query, const ReplyText& reply) {
  const absl::StatusOr<dns::Message> asked = dns::ParseMessage(query);
  Require(asked.ok(), "the query");
  dns::Message message;
  message.id = asked->id;
  message.questions = asked->questions;
  message.recursion_desired = asked->recursion_desired;
  message.response = true;
  message.recursion_available = true;
  message.truncated = reply.truncated;
  message.rcode = reply.rcode;
  for (absl::string_view line : reply.answer) message.answer.push_back(RecordFromText(line));
  for (absl::string_view line : reply.authority) message.authority.push_back(RecordFromText(line));
  for (absl::string_view line : reply.additional) message.additional.push_back(RecordFromText(line));
  dns::MessageEdns edns;
  if (reply.extended_error) {
    std::string option;
    dns::AppendExtendedError({*reply.extended_error, std::string(reply.extended_error_text)}, &option);
    edns.options.push_back({dns::edns_option::kExtendedError, option.substr(4)});
  }
  if (reply.edns) message.edns = edns;
  return *dns::SerializeMessage(message);
}

std::string WireName(absl::string_view text) { return std::string(dns::Name::FromText(text)->wire()); }

QuestionView MakeQuestion(absl::string_view text) {
  const size_t space = text.find(' ');
  QuestionView question;
  // Kept for ever, where a leak checker sees it.
  static std::set<std::string>* const names = new std::set<std::string>();
  question.name = *names->insert(WireName(text.substr(0, space))).first;
  question.type = dns::TypeFromText(text.substr(space + 1)).value();
  question.rr_class = dns::rr_class::kIN;
  return question;
}

std::string MessageSummary(absl::string_view wire) {
  const absl::StatusOr<dns::Message> message = dns::ParseMessage(wire);
  if (!message.ok()) return "malformed";
  std::string text = dns::RcodeToText(message->rcode);
  if (message->authoritative) text += " aa";
  if (message->truncated) text += " tc";
  if (message->authentic_data) text += " ad";
  if (message->checking_disabled) text += " cd";
  if (message->edns) text += " edns";
  AppendSection("answer", message->answer, &text);
  AppendSection("authority", message->authority, &text);
  AppendSection("additional", message->additional, &text);
  return text;
}

}  // namespace strata::recursor::testing
