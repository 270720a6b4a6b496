// Asks zones as a client would, and says what the answer is.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_ZONE_TEST_ZONE_ANSWER_H_
#define STRATA_AUTHORITY_ZONE_TEST_ZONE_ANSWER_H_

#include <vector>

#include "absl/status/statusor.h"
#include "authority/zone_catalog.h"
#include "authority/zone_test/expectation.h"
#include "dns/name.h"
#include "dns/record.h"

namespace strata::authority {

struct AnsweredRecord {
  Section section = Section::kAnswer;
  dns::Record record;
};

struct ZoneAnswer {
  Outcome outcome = Outcome::kAnswer;
  // kReferral: the name servers, in lower case and canonical order.
  std::vector<dns::Name> servers;
  // In the order of the message.
  std::vector<AnsweredRecord> records;
};

// Makes the answer by the code that servers run (authority/answerer.h), and reads it back from its octets. Fails when
// the zone cannot be read or the answer is no message.
absl::StatusOr<ZoneAnswer> AskZones(const ZoneCatalog& catalog, const AskedQuestion& question);

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_ZONE_TEST_ZONE_ANSWER_H_
