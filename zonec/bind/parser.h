// Reads zones in master-file format: RFC 1035 §5 and what BIND accepts (docs/zone_language.md).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_BIND_PARSER_H_
#define STRATA_ZONEC_BIND_PARSER_H_

#include <cstdint>
#include <optional>

#include "dns/name.h"
#include "zonec/diagnostics.h"
#include "zonec/include_files.h"
#include "zonec/parsed_zone.h"
#include "zonec/progress/progress.h"
#include "zonec/sources.h"

namespace strata::zonec {

struct MasterFileInput {
  Sources* sources;  // holds the file; included ones are added
  FileId file;
  dns::Name origin;        // before the first $ORIGIN
  IncludeFiles* includes;  // what $INCLUDE may read
  // Is told how much of the file is read; nullptr: nobody is told.
  Progress* progress = nullptr;
  // Of records before which none is stated; nullopt: that is an error.
  std::optional<uint32_t> default_ttl = std::nullopt;
};

// Reads all records, in the order of the text. What is wrong goes to `*diagnostics`, and reading goes on at the next
// entry, so that one run finds all mistakes; the zone is not whole then. The zone's origin is the input's.
//
// Time and memory are linear in the size of the text, included files counted as often as they are included, and of what
// $GENERATE makes, both of which are bounded (zonec/bind/directives.h). Nothing recurses.
ParsedZone ParseMasterFile(const MasterFileInput& input, Diagnostics* diagnostics);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_BIND_PARSER_H_
