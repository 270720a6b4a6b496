// What an answer and the expectation of it differ in.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_ZONE_TEST_COMPARISON_H_
#define STRATA_AUTHORITY_ZONE_TEST_COMPARISON_H_

#include <cstddef>
#include <vector>

#include "authority/zone_test/expectation.h"
#include "authority/zone_test/zone_answer.h"

namespace strata::authority {

struct Difference {
  bool outcome = false;
  std::vector<size_t> missing;     // of the expectation's records
  std::vector<size_t> unexpected;  // of the answer's records, in sections that the expectation checks

  bool any() const { return outcome || !missing.empty() || !unexpected.empty(); }
};

// Records match in any order: by section, owner, type, RDATA (names in any case, as RFC 4343 has it), and by TTL where
// the expectation states one. An empty expectation differs from every answer.
Difference Compare(const Expectation& expectation, const ZoneAnswer& answer);

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_ZONE_TEST_COMPARISON_H_
