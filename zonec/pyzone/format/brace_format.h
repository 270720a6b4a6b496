// Formatting by str.format(): "host-{:03d}.{zone}".
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_FORMAT_BRACE_FORMAT_H_
#define STRATA_ZONEC_PYZONE_FORMAT_BRACE_FORMAT_H_

#include "absl/strings/string_view.h"
#include "zonec/pyzone/values/call.h"

namespace strata::zonec::pyzone {

// Fields are {}, {0} and {name}, with [index], !conversion and :format behind; a format may hold fields itself.
Value BraceFormat(absl::string_view format, const Arguments& arguments, Run* run);

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_FORMAT_BRACE_FORMAT_H_
