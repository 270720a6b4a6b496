// Diagnostics for people and for programs.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_DIAGNOSTIC_PRINTER_H_
#define STRATA_ZONEC_DIAGNOSTIC_PRINTER_H_

#include <cstddef>
#include <string>

#include "zonec/colours.h"
#include "zonec/diagnostics.h"
#include "zonec/sources.h"

namespace strata::zonec {

// As compilers print them, sorted by position:
//
//   example.zone:7:9: error: "300.1.1.1" is not an IPv4 address [rdata]
//   www IN A 300.1.1.1
//            ^~~~~~~~~
//
// "In file included from example.zone:7:10:" stands before what is in an included file, the innermost first; behind it
// come the calls that led there and the notes, each with its place and its line. What is said of one place again and
// again is shown once, with "(and 9 more like this)".
//
// Shows at most `limit`, errors first when there are more, and ends with a line that tells how many are left out. Long
// lines are cut to the part around the caret, and octets that could play tricks on a terminal become `?`.
std::string DiagnosticsToText(const Diagnostics& diagnostics, Sources* sources, size_t limit,
                              const Colours& colours = kNoColours);

// One JSON object a line:
//
//   {"severity":"error","check":"rdata","file":"example.zone","line":7,"column":9,"message":"…"}
//
// with "notes":[{"file":…,"line":…,"column":…,"message":…}], "included_from":[{"file":…,"line":…,"column":…}] and
// "calls":[{"function":…,"file":…,"line":…,"column":…}] where there are any, the innermost first; notes have the latter
// two as well; "more":9 counts those that say the same of the same place. What concerns a whole file has no line and
// column. Shows at most `limit`; a last object
// {"omitted_errors":N,"omitted_warnings":N} counts the others, if any.
std::string DiagnosticsToJson(const Diagnostics& diagnostics, Sources* sources, size_t limit);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_DIAGNOSTIC_PRINTER_H_
