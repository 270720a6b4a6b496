// The built-in functions that make a value of one kind of one of another. Private to zonec/pyzone.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_FUNCTIONS_CONVERSIONS_H_
#define STRATA_ZONEC_PYZONE_FUNCTIONS_CONVERSIONS_H_

#include "zonec/pyzone/values/call.h"

namespace strata::zonec::pyzone {

Value ToBool(const Builtin& self, const CallContext& context, const Arguments& arguments);
Value ToInt(const Builtin& self, const CallContext& context, const Arguments& arguments);
Value ToFloat(const Builtin& self, const CallContext& context, const Arguments& arguments);
Value ToStr(const Builtin& self, const CallContext& context, const Arguments& arguments);
Value ToBytes(const Builtin& self, const CallContext& context, const Arguments& arguments);
Value ToList(const Builtin& self, const CallContext& context, const Arguments& arguments);
Value ToTuple(const Builtin& self, const CallContext& context, const Arguments& arguments);
Value ToDict(const Builtin& self, const CallContext& context, const Arguments& arguments);
// chr() and ord().
Value ToCharacter(const Builtin& self, const CallContext& context, const Arguments& arguments);
Value ToOrdinal(const Builtin& self, const CallContext& context, const Arguments& arguments);

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_FUNCTIONS_CONVERSIONS_H_
