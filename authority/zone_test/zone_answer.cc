// SPDX-License-Identifier: Apache-2.0
#include "authority/zone_test/zone_answer.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "authority/answerer.h"
#include "base/status_macros.h"
#include "dns/lookup_name.h"
#include "dns/message.h"
#include "dns/rr_type.h"

namespace strata::authority {
namespace {

// An OPT record without options, which the frontend adds to what it sends (RFC 6891 §6.1.2).
constexpr size_t kOptSize = 11;

bool Has(const std::vector<dns::Record>& records, uint16_t type) {
  return std::any_of(records.begin(), records.end(), [type](const dns::Record& r) { return r.type == type; });
}

// RFC 2308 §2.1, §2.2: an SOA record makes a negative answer, NS records in its place a referral.
Outcome OutcomeOf(const dns::Message& message) {
  if (message.truncated) return Outcome::kTruncated;
  if (message.rcode == dns::rcode::kNXDomain) return Outcome::kNxDomain;
  if (Has(message.authority, dns::rr_type::kSOA)) return Outcome::kNoData;
  if (Has(message.authority, dns::rr_type::kNS)) return Outcome::kReferral;
  return message.answer.empty() ? Outcome::kNoData : Outcome::kAnswer;
}

void Add(Section section, std::vector<dns::Record> from, ZoneAnswer* to) {
  for (dns::Record& record : from) to->records.push_back({section, std::move(record)});
}

std::vector<dns::Name> ServersOf(const std::vector<dns::Record>& authority) {
  std::vector<dns::Name> servers;
  for (const dns::Record& record : authority) {
    if (record.type != dns::rr_type::kNS) continue;
    const absl::StatusOr<dns::Name> server = dns::Name::FromWire(record.rdata);
    if (server.ok()) servers.push_back(server->Lowercased());
  }
  std::sort(servers.begin(), servers.end());
  return servers;
}

}  // namespace

absl::StatusOr<ZoneAnswer> AskZones(const ZoneCatalog& catalog, const AskedQuestion& asked) {
  const dns::LookupName name(asked.name.wire());
  Question question;
  question.name = &name;
  question.type = asked.type;
  question.rr_class = asked.rr_class;
  question.dnssec_ok = asked.dnssec;
  if (asked.bufsize) {
    question.max_size = *asked.bufsize - kOptSize;
    question.minimal_any = true;  // as servers do over UDP, unless --any says otherwise
  }
  std::vector<char> buffer(65535);
  size_t size = 0;
  switch (AnswerQuestion(catalog, question, buffer.data(), &size)) {
    case AnswerOutcome::kNotOurs:
      return ZoneAnswer{.outcome = Outcome::kRefused, .servers = {}, .records = {}};
    case AnswerOutcome::kDamaged:
      return absl::DataLossError(absl::StrCat("the zone of ", asked.name.ToText(), " cannot be read"));
    case AnswerOutcome::kTooCostly:
      return absl::ResourceExhaustedError(
          absl::StrCat("the proofs for ", asked.name.ToText(), " cost more than an answer may"));
    case AnswerOutcome::kAnswered:
      break;
  }
  STRATA_ASSIGN_OR_RETURN(dns::Message message, dns::ParseMessage(absl::string_view(buffer.data(), size)));
  ZoneAnswer answer;
  answer.outcome = OutcomeOf(message);
  if (answer.outcome == Outcome::kReferral) answer.servers = ServersOf(message.authority);
  Add(Section::kAnswer, std::move(message.answer), &answer);
  Add(Section::kAuthority, std::move(message.authority), &answer);
  Add(Section::kAdditional, std::move(message.additional), &answer);
  return answer;
}

}  // namespace strata::authority
