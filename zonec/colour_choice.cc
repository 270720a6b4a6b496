// SPDX-License-Identifier: Apache-2.0
#include "zonec/colour_choice.h"

#include <unistd.h>

#include <cstdlib>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace strata::zonec {
namespace {

std::string Variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

Screen Screen::OfStandardError() { return {isatty(STDERR_FILENO) == 1, Variable("TERM"), Variable("NO_COLOR")}; }

absl::StatusOr<Colours> ChooseColours(absl::string_view when, const Screen& screen) {
  if (when == "always") return kTerminalColours;
  if (when == "never") return kNoColours;
  if (when != "auto") {
    return absl::InvalidArgumentError(absl::StrCat("--color=", when, " is none of auto, always, never"));
  }
  return screen.is_terminal && screen.term != "dumb" && screen.no_color.empty() ? kTerminalColours : kNoColours;
}

}  // namespace strata::zonec
