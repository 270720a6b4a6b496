// Formatting by %, as C's printf: "host-%03d" % number.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_FORMAT_PERCENT_FORMAT_H_
#define STRATA_ZONEC_PYZONE_FORMAT_PERCENT_FORMAT_H_

#include "zonec/pyzone/values/run.h"
#include "zonec/pyzone/values/value.h"

namespace strata::zonec::pyzone {

// `format` is a str or a bytes. `values` is a tuple, a dict for %(name)s, or the only value.
Value PercentFormat(Value format, Value values, Run* run);

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_FORMAT_PERCENT_FORMAT_H_
