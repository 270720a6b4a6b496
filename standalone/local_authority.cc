// SPDX-License-Identifier: Apache-2.0
#include "standalone/local_authority.h"

#include <optional>

#include "authority/answerer.h"
#include "dns/edns.h"
#include "dns/rr_type.h"

namespace strata::standalone {

LocalAuthority::LocalAuthority(const authority::PublishedCatalog& catalog, frontend::BackendEvents* events)
    : catalog_(catalog), events_(*events), buffer_(new char[65535]) {}

void LocalAuthority::Submit(const frontend::BackendQuery& query) {
  authority::Question question;
  question.name = query.name;
  question.type = query.type;
  question.rr_class = query.rr_class;
  if (query.max_size != 0) question.max_size = query.max_size;
  question.minimal_any = query.minimal_any;
  question.dnssec_ok = query.dnssec_ok;
  size_t size = 0;
  std::optional<dns::ZoneVersion> version;
  const authority::AnswerOutcome outcome = authority::AnswerQuestion(catalog_.Refresh(), question, buffer_.get(), &size,
                                                                     query.want_zoneversion ? &version : nullptr);
  frontend::BackendAnswer answer;
  answer.id = query.id;
  if (outcome == authority::AnswerOutcome::kAnswered || outcome == authority::AnswerOutcome::kTooCostly) {
    answer.wire = absl::string_view(buffer_.get(), size);
  } else {
    // Zones are served from memory, so they are never damaged; one can be withdrawn between routing and asking.
    answer.rcode = dns::rcode::kRefused;
  }
  if (outcome == authority::AnswerOutcome::kTooCostly) {
    answer.has_extended_error = true;
    answer.extended_error = dns::extended_error::kUnsupportedNsec3Iterations;
    answer.extended_error_text = authority::kTooCostlyText;
  }
  options_.clear();
  if (version.has_value()) {
    const auto value = dns::ZoneVersionValue(*version);
    dns::AppendEdnsOption(dns::edns_option::kZoneVersion, absl::string_view(value.data(), value.size()), &options_);
  }
  answer.options = options_;
  events_.OnAnswer(this, answer);
}

}  // namespace strata::standalone
