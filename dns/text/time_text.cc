// SPDX-License-Identifier: Apache-2.0
#include "dns/text/time_text.h"

#include <limits>

#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "dns/text/decimal.h"

namespace strata::dns {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// 0 when `unit` is none.
uint32_t SecondsOf(char unit) {
  switch (unit) {
    case 's':
    case 'S':
      return 1;
    case 'm':
    case 'M':
      return 60;
    case 'h':
    case 'H':
      return 3600;
    case 'd':
    case 'D':
      return 86400;
    case 'w':
    case 'W':
      return 604800;
    default:
      return 0;
  }
}

// Of digits only.
int ToInt(absl::string_view digits) {
  int value = 0;
  for (char c : digits) value = value * 10 + (c - '0');
  return value;
}

constexpr absl::CivilSecond kEpoch(1970, 1, 1);

}  // namespace

std::optional<uint32_t> ParseSeconds(absl::string_view text, uint32_t max) {
  if (text.empty()) return std::nullopt;
  if (IsDigit(text.back())) return ParseDecimal(text, max);
  uint64_t total = 0;
  for (size_t pos = 0; pos < text.size(); ++pos) {
    const size_t start = pos;
    while (IsDigit(text[pos])) ++pos;  // the last character is no digit
    const std::optional<uint32_t> count = ParseDecimal(text.substr(start, pos - start), max);
    const uint64_t unit = SecondsOf(text[pos]);
    if (!count || unit == 0) return std::nullopt;
    total += *count * unit;
    if (total > max) return std::nullopt;
  }
  return static_cast<uint32_t>(total);
}

std::optional<uint32_t> ParseTtl(absl::string_view text) { return ParseSeconds(text, kMaxTtl); }

std::optional<uint32_t> ParseTime(absl::string_view text) {
  constexpr uint32_t kMax = std::numeric_limits<uint32_t>::max();
  if (text.size() != 14) return ParseDecimal(text, kMax);
  for (char c : text) {
    if (!IsDigit(c)) return std::nullopt;
  }
  const int year = ToInt(text.substr(0, 4)), month = ToInt(text.substr(4, 2)), day = ToInt(text.substr(6, 2));
  const int hour = ToInt(text.substr(8, 2)), minute = ToInt(text.substr(10, 2)), second = ToInt(text.substr(12, 2));
  const absl::CivilSecond time(year, month, day, hour, minute, second);
  // CivilSecond takes 31 February as 3 March.
  if (time.month() != month || time.day() != day || time.hour() != hour || time.minute() != minute ||
      time.second() != second) {
    return std::nullopt;
  }
  const int64_t seconds = time - kEpoch;
  if (seconds < 0 || seconds > int64_t{kMax}) return std::nullopt;
  return static_cast<uint32_t>(seconds);
}

void AppendTimeText(uint32_t seconds_since_1970, std::string* out) {
  const absl::CivilSecond time = kEpoch + seconds_since_1970;
  absl::StrAppendFormat(out, "%04d%02d%02d%02d%02d%02d", time.year(), time.month(), time.day(), time.hour(),
                        time.minute(), time.second());
}

}  // namespace strata::dns
