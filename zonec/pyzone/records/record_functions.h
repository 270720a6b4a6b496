// The functions that make records: one for each RR type, with the arguments of Twisted Names where it has the type.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_RECORDS_RECORD_FUNCTIONS_H_
#define STRATA_ZONEC_PYZONE_RECORDS_RECORD_FUNCTIONS_H_

#include "absl/strings/string_view.h"
#include "zonec/pyzone/values/call.h"

namespace strata::zonec::pyzone {

// nullptr: there is no such function. Thread-safe; lives for ever.
const Builtin* FindRecordFunction(absl::string_view name);

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_RECORDS_RECORD_FUNCTIONS_H_
