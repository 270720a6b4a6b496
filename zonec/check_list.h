// The list of all checks that `zonec checks` prints.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECK_LIST_H_
#define STRATA_ZONEC_CHECK_LIST_H_

#include <string>

namespace strata::zonec {

// A check a line in columns, under the headings of their themes.
std::string ChecksAsText();

// {"check":"no-address","theme":"Targets","level":"warning","always":false,"finds":"…"}, an object a line.
std::string ChecksAsJson();

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECK_LIST_H_
