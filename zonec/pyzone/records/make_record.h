// Makes a record of the arguments of a record function. Private to zonec/pyzone.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_RECORDS_MAKE_RECORD_H_
#define STRATA_ZONEC_PYZONE_RECORDS_MAKE_RECORD_H_

#include "zonec/pyzone/values/call.h"

namespace strata::zonec::pyzone {

// What is wrong with the record is reported, and the evaluation goes on with a record that is marked as wrong, so that
// one run finds all mistakes. REQUIRES: self.record is set.
Value MakeRecord(const Builtin& self, const CallContext& context, const Arguments& arguments);

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_RECORDS_MAKE_RECORD_H_
