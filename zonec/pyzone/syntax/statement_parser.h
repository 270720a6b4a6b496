// Parses a pyzone.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_SYNTAX_STATEMENT_PARSER_H_
#define STRATA_ZONEC_PYZONE_SYNTAX_STATEMENT_PARSER_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "zonec/pyzone/syntax/statement.h"
#include "zonec/pyzone/values/run.h"
#include "zonec/sources.h"

namespace strata::zonec::pyzone {

// Parses the text of a file of the program, which outlives the result; nullopt after the first error, which the Run
// has. The constants in it belong to the Run, which counts the text as memory. Linear in time and memory.
std::optional<Block> ParseFile(absl::string_view text, FileId file, Program* program, Run* run);

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_SYNTAX_STATEMENT_PARSER_H_
