// What Python has and pyzones do not, and what to write instead.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_PYZONE_TOKENS_FOREIGN_WORDS_H_
#define STRATA_ZONEC_PYZONE_TOKENS_FOREIGN_WORDS_H_

#include <string>

#include "absl/strings/string_view.h"

namespace strata::zonec::pyzone {

// A word that Python reserves; no variable can be called so.
bool IsKeyword(absl::string_view word);

// "`while` is not part of the language: write `for ... in range(...)`", or empty when the word is no such.
std::string ForeignKeyword(absl::string_view word);
// The same for names of Python's built-in functions.
std::string ForeignFunction(absl::string_view word);

}  // namespace strata::zonec::pyzone

#endif  // STRATA_ZONEC_PYZONE_TOKENS_FOREIGN_WORDS_H_
