// A line of a source with a caret below the place that a message means.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_SOURCE_SNIPPET_H_
#define STRATA_ZONEC_SOURCE_SNIPPET_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "zonec/colours.h"
#include "zonec/format.h"
#include "zonec/sources.h"

namespace strata::zonec {

// UTF-8 without control characters (tabs stay), which become `?`: source text is foreign, and terminals obey escape
// sequences.
std::string Printable(absl::string_view text);

// How many octets of `line` the token has that starts at `start`, as far as one line tells: 1 at least, 0 behind the
// line. A string counts to its closing quote.
size_t TokenSize(absl::string_view line, size_t start, Format language);

// The line and, below it, `^~~~` under the token at the position; a long line is cut to the part around the caret.
// Nothing for a position that means the whole file.
void AppendSnippet(Position position, const Colours& colours, Sources* sources, std::string* out);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_SOURCE_SNIPPET_H_
