// Reads zones in the language of pyzones: a subset of Python whose program leaves a list of records (docs/
// zone_language.md).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_PYZONE_H_
#define STRATA_ZONEC_PYZONE_PYZONE_H_

#include <map>
#include <string>

#include "zonec/diagnostics.h"
#include "zonec/include_files.h"
#include "zonec/parsed_zone.h"
#include "zonec/pyzone/limits.h"
#include "zonec/sources.h"

namespace strata::zonec {

struct PyzoneInput {
  Sources* sources = nullptr;
  FileId file = 0;
  IncludeFiles* includes = nullptr;
  // By name, as --define gives them. Names that are none of variables are reported.
  const std::map<std::string, std::string>* defines = nullptr;
  // A define that the program does not read is worth a warning.
  bool warn_of_unused_defines = true;
  pyzone::Limits limits = {};
};

// Runs the program and takes the records of its list `zone`, in order. All mistakes are found in one run: what
// goes wrong is left out, with what depends on it, and the program goes on. What is wrong goes to `*diagnostics`. The
// zone's origin is left to the caller. A pure function of the text, the defines, and the files that it includes.
ParsedZone ParsePyzone(const PyzoneInput& input, Diagnostics* diagnostics);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_PYZONE_PYZONE_H_
