// The words that files of expected answers have for outcomes and sections.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_ZONE_TEST_OUTCOME_WORD_H_
#define STRATA_AUTHORITY_ZONE_TEST_OUTCOME_WORD_H_

#include "absl/strings/string_view.h"
#include "authority/zone_test/expectation.h"

namespace strata::authority {

struct OutcomeWord {
  Outcome outcome;
  absl::string_view word;
};

// All but kAnswer, which is what records say.
inline constexpr OutcomeWord kOutcomeWords[] = {
    {Outcome::kNoData, "NODATA"},   {Outcome::kNxDomain, "NXDOMAIN"},   {Outcome::kReferral, "REFERRAL"},
    {Outcome::kRefused, "REFUSED"}, {Outcome::kTruncated, "TRUNCATED"},
};

// By Section.
inline constexpr absl::string_view kHeadings[kSections] = {"answer:", "authority:", "additional:"};

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_ZONE_TEST_OUTCOME_WORD_H_
