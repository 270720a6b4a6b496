// Names that were completed with the origin although they had been complete.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_MISSING_DOT_H_
#define STRATA_ZONEC_CHECKS_MISSING_DOT_H_

#include "absl/strings/string_view.h"

namespace strata::zonec {

// Whether the name ends with the origin twice, as www.example.com.example.com. does. Never so for an origin of one
// label: in the zone com, com.com may be meant. Both in wire form; the name is in the zone.
bool EndsWithOriginTwice(absl::string_view name, absl::string_view origin);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_MISSING_DOT_H_
