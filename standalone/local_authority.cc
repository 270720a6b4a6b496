// SPDX-License-Identifier: Apache-2.0
#include "standalone/local_authority.h"

#include "authority/answerer.h"
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
  size_t size = 0;
  const authority::AnswerOutcome outcome =
      authority::AnswerQuestion(catalog_.Refresh(), question, buffer_.get(), &size);
  frontend::BackendAnswer answer;
  answer.id = query.id;
  if (outcome == authority::AnswerOutcome::kAnswered) {
    answer.wire = absl::string_view(buffer_.get(), size);
  } else {
    // Zones are served from memory, so they are never damaged; one can be withdrawn between routing and asking.
    answer.rcode = dns::rcode::kRefused;
  }
  events_.OnAnswer(this, answer);
}

}  // namespace strata::standalone
