// What two servers must agree on, apart from freedoms that the standards leave them.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_TESTS_CLUSTER_ANSWER_SETS_H_
#define STRATA_TESTS_CLUSTER_ANSWER_SETS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "dns/message.h"

namespace strata::tests {

// Rcode, AA, TC, the answer section and, where the answer is a referral or negative, the authority section: lines of
// text in a fixed order, names in lower case. A positive answer may or may not carry NS records there, and additional
// records are any server's own choice.
std::string AnswerSets(const dns::Message& message);

// Names to ask a zone for: each of its owners, their parents down to the apex (among them empty non-terminals), a name
// below each, one beside each, and one outside the zone. `dump` is what `zonec dump` prints of it.
std::vector<std::string> NamesToAsk(absl::string_view dump);

// Types to ask for: those of the registry that a zone may hold, and unknown ones.
std::vector<uint16_t> TypesToAsk();

}  // namespace strata::tests

#endif  // STRATA_TESTS_CLUSTER_ANSWER_SETS_H_
