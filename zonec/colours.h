// The colours of messages on a terminal: clang's.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_COLOURS_H_
#define STRATA_ZONEC_COLOURS_H_

#include "absl/strings/string_view.h"

namespace strata::zonec {

// Escape sequences (ECMA-48 SGR), or nothing.
struct Colours {
  absl::string_view place, error, warning, note, message, caret, end;
};

inline constexpr Colours kNoColours = {};
inline constexpr Colours kTerminalColours = {
    .place = "\033[1m",
    .error = "\033[1;31m",
    .warning = "\033[1;35m",
    .note = "\033[1;36m",
    .message = "\033[1m",
    .caret = "\033[1;32m",
    .end = "\033[0m",
};

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_COLOURS_H_
