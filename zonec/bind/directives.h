// $ORIGIN, $TTL, $INCLUDE and $GENERATE. Private to zonec/bind.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_BIND_DIRECTIVES_H_
#define STRATA_ZONEC_BIND_DIRECTIVES_H_

#include "zonec/bind/lexer.h"
#include "zonec/bind/parse_state.h"

namespace strata::zonec {

// Bounds that keep a few lines of text from costing without limit.
inline constexpr size_t kMaxIncludeDepth = 16;
inline constexpr size_t kMaxIncludes = 4096;             // in all
inline constexpr size_t kMaxReread = size_t{64} << 20;   // octets of files included again, in all
inline constexpr size_t kMaxGeneratedRecords = 1 << 20;  // in all

// Whether the entry starts with an unquoted `$`, at the beginning of its line. Owners that do are written `\$`.
bool IsDirective(const Entry& entry);

// Carries it out; reports what is wrong. REQUIRES: IsDirective().
void RunDirective(const Entry& entry, ParseState* state);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_BIND_DIRECTIVES_H_
