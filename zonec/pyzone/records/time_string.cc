// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/records/time_string.h"

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"

namespace strata::zonec::pyzone {
namespace {

constexpr double kMaxExact = 0x1p53;

double UnitSeconds(char unit) {
  switch (absl::ascii_toupper(static_cast<unsigned char>(unit))) {
    case 'S':
      return 1;
    case 'M':
      return 60;
    case 'H':
      return 3600;
    case 'D':
      return 86400;
    case 'W':
      return 7 * 86400;
    case 'Y':
      return 365 * 86400;
    default:
      return 0;
  }
}

}  // namespace

std::optional<int64_t> ParseTimeString(absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  if (text.empty()) return std::nullopt;
  const double unit = UnitSeconds(text.back());
  if (unit > 0) text = absl::StripTrailingAsciiWhitespace(text.substr(0, text.size() - 1));
  const absl::string_view allowed = unit > 0 ? "0123456789." : "0123456789";
  double number = 0;
  if (text.find_first_not_of(allowed) != absl::string_view::npos || !absl::SimpleAtod(text, &number)) {
    return std::nullopt;
  }
  const double seconds = number * (unit > 0 ? unit : 1);
  if (seconds >= kMaxExact) return std::nullopt;
  return static_cast<int64_t>(seconds);
}

}  // namespace strata::zonec::pyzone
