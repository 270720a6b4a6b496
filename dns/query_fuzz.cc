// Fuzzes ParseQuery: total; and where it and ParseMessage read the same packet, they read the same.
//
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dns/edns.h"
#include "dns/message.h"
#include "dns/name.h"
#include "dns/query.h"
#include "dns/record.h"
#include "dns/rr_type.h"

namespace strata::dns {
namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

size_t CountOptions(absl::string_view options) {
  size_t count = 0;
  for (EdnsOptionCursor option(options); option.Next();) ++count;
  return count;
}

void RequireSame(const Query& query, const Message& message) {
  Require(query.id == message.id);
  Require(query.opcode() == message.opcode);
  if (!query.question.empty()) {
    Require(message.questions.size() == 1);
    const Question& question = message.questions[0];
    Require(NamesEqual(query.name.wire(), question.name.wire()));
    Require(query.type == question.type && query.rr_class == question.rr_class);
    Require(query.question.substr(0, question.name.wire().size()) == question.name.wire());
  }
  Require(query.has_edns == message.edns.has_value());
  if (!query.has_edns) return;
  Require(query.edns.version == message.edns->version);
  Require(query.edns.udp_payload_size == message.edns->udp_payload_size);
  Require(query.edns.dnssec_ok == message.edns->dnssec_ok);
  Require(query.edns.extended_rcode == message.rcode >> 4);
  Require(CountOptions(query.edns.options) == message.edns->options.size());
}

// What a query may not hold, or only in one place.
bool HoldsOddRecord(const std::vector<Record>& section, const Message& message) {
  return std::any_of(section.begin(), section.end(), [&message](const Record& record) {
    return record.type == rr_type::kTSIG || record.type == 0 ||
           (record.type >= rr_type::kIXFR && record.type <= rr_type::kANY) ||
           (message.questions.size() == 1 && record.rr_class != message.questions[0].rr_class) ||
           record.rr_class == rr_class::kANY;
  });
}

// The message says why the query was refused.
void RequireReason(QueryVerdict verdict, absl::string_view packet, const Message& message) {
  switch (verdict) {
    case QueryVerdict::kAnswer:
      return;
    case QueryVerdict::kDrop:
      return Require(message.response);
    case QueryVerdict::kNotImp:
      return Require(message.opcode != opcode::kQuery);
    case QueryVerdict::kBadVers:
      return Require(message.edns && message.edns->version != 0);
    case QueryVerdict::kFormErr:
      // A sound message is a malformed query when it asks several questions, or asks one by a pointer (into the
      // header), or when
      // it holds records that belong elsewhere.
      return Require(message.questions.size() > 1 || HoldsOddRecord(message.answer, message) ||
                     HoldsOddRecord(message.authority, message) || HoldsOddRecord(message.additional, message) ||
                     (message.questions.size() == 1 &&
                      WireNameSize(packet.substr(kHeaderSize)) != message.questions[0].name.wire().size()));
    case QueryVerdict::kNoQuestion:
      return Require(message.questions.empty());
    case QueryVerdict::kUnknownKey:
      return Require(message.additional.back().type == rr_type::kTSIG);
  }
  std::abort();
}

void Run(absl::string_view packet) {
  static Query query;  // reused, as a server does
  const QueryVerdict verdict = ParseQuery(packet, &query);
  Require(query.question.empty() || query.question.size() == query.name.wire().size() + 4);
  Require(!query.question.empty() || (query.name.label_count() == 0 && query.type == 0));
  Require(verdict != QueryVerdict::kFormErr || !query.has_edns);
  const absl::StatusOr<Message> message = ParseMessage(packet);
  if (!message.ok()) return;  // which also looks into the RDATA
  RequireReason(verdict, packet, *message);
  if (verdict != QueryVerdict::kDrop && verdict != QueryVerdict::kFormErr && verdict != QueryVerdict::kNotImp) {
    RequireSame(query, *message);
  }
}

}  // namespace
}  // namespace strata::dns

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  strata::dns::Run(absl::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
