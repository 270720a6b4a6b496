// Reads zones in the language of pyzones: a subset of Python whose program leaves a list of records (docs/
// zone_language.md).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_PYZONE_H_
#define STRATA_ZONEC_PYZONE_PYZONE_H_

#include "zonec/diagnostics.h"
#include "zonec/parsed_zone.h"
#include "zonec/pyzone/limits.h"
#include "zonec/sources.h"

namespace strata::zonec {

// Runs the program and takes the records of its list `zone`, in order. The first mistake in the program ends it; wrong
// records are left out, and the program goes on. What is wrong goes to `*diagnostics`. The zone's origin is left to the
// caller. A pure function of the text.
ParsedZone ParsePyzone(Sources* sources, FileId file, const pyzone::Limits& limits, Diagnostics* diagnostics);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_PYZONE_PYZONE_H_
