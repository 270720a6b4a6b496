// Whether messages are printed in colours.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_COLOUR_CHOICE_H_
#define STRATA_ZONEC_COLOUR_CHOICE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "zonec/colours.h"

namespace strata::zonec {

// Where the messages go; an unset variable is empty.
struct Screen {
  bool is_terminal = false;
  std::string term;      // $TERM
  std::string no_color;  // $NO_COLOR

  static Screen OfStandardError();
};

// `when` is --color: "always", "never", or "auto", which means on terminals that can show them, unless NO_COLOR is set
// (no-color.org).
absl::StatusOr<Colours> ChooseColours(absl::string_view when, const Screen& screen);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_COLOUR_CHOICE_H_
