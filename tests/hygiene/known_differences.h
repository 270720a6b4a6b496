// Where we mean to do otherwise than other servers.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_TESTS_HYGIENE_KNOWN_DIFFERENCES_H_
#define STRATA_TESTS_HYGIENE_KNOWN_DIFFERENCES_H_

#include <vector>

#include "tests/hygiene/agreement.h"

namespace strata::tests {

// Each is needed: a row that explains nothing fails the test.
const std::vector<KnownDifference>& KnownDifferences();

}  // namespace strata::tests

#endif  // STRATA_TESTS_HYGIENE_KNOWN_DIFFERENCES_H_
