// SPDX-License-Identifier: Apache-2.0
#include "dns/location.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "dns/big_endian.h"
#include "dns/text/decimal.h"

namespace strata::dns {
namespace {

// On the wire (RFC 1876 §2): version, size, horizontal and vertical precision, an octet each; latitude, longitude and
// altitude, 32 bits each.
constexpr size_t kSize = 16;
constexpr size_t kLatitudeAt = 4, kLongitudeAt = 8, kAltitudeAt = 12;

// Thousandths of a second of arc from here: the equator or the prime meridian.
constexpr uint32_t kOrigin = 0x80000000;
constexpr uint32_t kDegree = 3600 * 1000;
constexpr uint32_t kMaxLatitude = 90, kMaxLongitude = 180;

// Centimetres from 100 km below the surface.
constexpr int64_t kSeaLevel = 100000 * 100;

// A length of so many centimetres: a digit, and the power of ten that it is multiplied with.
bool IsValidLength(uint8_t length) { return length >> 4 <= 9 && (length & 0xf) <= 9; }

bool IsWithin(uint32_t angle, uint32_t max_degrees) {
  return angle >= kOrigin - max_degrees * kDegree && angle <= kOrigin + max_degrees * kDegree;
}

void AppendAngle(uint32_t angle, const char* directions, std::string* out) {
  const bool positive = angle >= kOrigin;
  const uint32_t from_origin = positive ? angle - kOrigin : kOrigin - angle;
  absl::StrAppendFormat(out, "%u %u %u.%03u %c ", from_origin / kDegree, from_origin / 60000 % 60,
                        from_origin / 1000 % 60, from_origin % 1000, directions[positive ? 0 : 1]);
}

void AppendLength(uint8_t length, std::string* out) {
  uint64_t centimetres = length >> 4;
  for (int i = length & 0xf; i > 0; --i) centimetres *= 10;
  if (centimetres != 0 && centimetres % 100 == 0) {
    absl::StrAppend(out, " ", centimetres / 100, "m");
  } else {
    absl::StrAppendFormat(out, " %u.%02um", centimetres / 100, centimetres % 100);
  }
}

// A number with up to `places` digits behind a point, times 10 to the power of `places`.
std::optional<uint64_t> ParseFixed(absl::string_view text, size_t places) {
  const size_t point = std::min(text.find('.'), text.size());
  std::string digits(text.substr(0, point));
  const absl::string_view fraction = text.substr(std::min(point + 1, text.size()));
  if (fraction.size() > places || (digits.empty() && fraction.empty()) || digits.size() > 10) return std::nullopt;
  absl::StrAppend(&digits, fraction, std::string(places - fraction.size(), '0'));
  uint64_t number = 0;
  for (const char c : digits) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) return std::nullopt;
    number = number * 10 + static_cast<uint64_t>(c - '0');
  }
  return number;
}

// Text in metres.
std::optional<uint64_t> ParseCentimetres(absl::string_view text) {
  absl::ConsumeSuffix(&text, "m");
  return ParseFixed(text, 2);
}

class LocationParser {
 public:
  using Error = std::optional<RdataTextError>;

  LocationParser(absl::Span<const TextToken> tokens, std::string* rdata) : tokens_(tokens), rdata_(*rdata) {}

  Error Parse();

 private:
  bool AtEnd() const { return next_ == tokens_.size(); }
  Error ParseAngle(const char* name, uint32_t max_degrees, const char* directions, uint32_t* angle);
  Error ParseAltitude(uint32_t* altitude);
  Error ParseLength(const char* name, uint8_t* length);
  // The direction that a token is: 0 or 1; -1 when it is none.
  int Direction(const char* directions) const;
  Error Missing(absl::string_view what) const {
    return RdataTextError{tokens_.size(), absl::StrCat("the ", what, " is missing")};
  }
  // About the token taken last.
  Error Wrong(const char* name, absl::string_view expected) const {
    return RdataTextError{next_ - 1, absl::StrCat(name, " \"", tokens_[next_ - 1].text, "\" is not ", expected)};
  }

  const absl::Span<const TextToken> tokens_;
  std::string& rdata_;
  size_t next_ = 0;
};

LocationParser::Error LocationParser::Parse() {
  uint32_t latitude = 0, longitude = 0, altitude = 0;
  if (Error error = ParseAngle("latitude", kMaxLatitude, "NS", &latitude)) return error;
  if (Error error = ParseAngle("longitude", kMaxLongitude, "EW", &longitude)) return error;
  if (Error error = ParseAltitude(&altitude)) return error;
  // RFC 1876 §3: 1 m, 10 km and 10 m.
  uint8_t lengths[] = {0x12, 0x16, 0x13};
  constexpr const char* kNames[] = {"size", "horizontal precision", "vertical precision"};
  for (size_t i = 0; i < std::size(lengths) && !AtEnd(); ++i) {
    if (Error error = ParseLength(kNames[i], &lengths[i])) return error;
  }
  if (!AtEnd()) {
    return RdataTextError{
        next_, absl::StrCat("\"", tokens_[next_].text, "\" is left over: the vertical precision is the last of LOC")};
  }
  rdata_.push_back('\0');
  for (const uint8_t length : lengths) rdata_.push_back(static_cast<char>(length));
  AppendU32(latitude, &rdata_);
  AppendU32(longitude, &rdata_);
  AppendU32(altitude, &rdata_);
  return std::nullopt;
}

int LocationParser::Direction(const char* directions) const {
  const absl::string_view text = tokens_[next_].text;
  if (text.size() != 1) return -1;
  return text[0] == directions[0] ? 0 : text[0] == directions[1] ? 1 : -1;
}

LocationParser::Error LocationParser::ParseAngle(const char* name, uint32_t max_degrees, const char* directions,
                                                 uint32_t* angle) {
  uint64_t parts[3] = {};  // degrees, minutes, thousandths of seconds
  const std::string direction = absl::StrCat("direction of the ", name, " (", absl::string_view(directions, 1), " or ",
                                             absl::string_view(directions + 1, 1), ")");
  for (size_t part = 0;; ++part) {
    if (AtEnd()) return Missing(part == 0 ? absl::string_view(name) : absl::string_view(direction));
    const int found = part == 0 ? -1 : Direction(directions);
    if (found >= 0) {
      ++next_;
      const uint64_t whole = parts[0] * kDegree + parts[1] * 60000 + parts[2];
      if (whole > uint64_t{max_degrees} * kDegree) {
        return RdataTextError{next_ - 1, absl::StrCat("the ", name, " is beyond ", max_degrees, " degrees")};
      }
      *angle = static_cast<uint32_t>(found == 0 ? kOrigin + whole : kOrigin - whole);
      return std::nullopt;
    }
    if (part == 3) {
      return RdataTextError{next_, absl::StrCat("\"", tokens_[next_].text, "\" is not the ", direction)};
    }
    const absl::string_view text = tokens_[next_++].text;
    if (part < 2) {
      const std::optional<uint32_t> number = ParseDecimal(text, part == 0 ? max_degrees : 59);
      if (!number) {
        return Wrong(name, part == 0 ? absl::StrCat("a number of degrees from 0 to ", max_degrees)
                                     : absl::StrCat("a number of minutes from 0 to 59, or ", direction));
      }
      parts[part] = *number;
    } else {
      const std::optional<uint64_t> number = ParseFixed(text, 3);
      if (!number || *number >= 60000) {
        return Wrong(name, "a number of seconds below 60 with up to three digits behind the point");
      }
      parts[part] = *number;
    }
  }
}

LocationParser::Error LocationParser::ParseAltitude(uint32_t* altitude) {
  if (AtEnd()) return Missing("altitude");
  absl::string_view text = tokens_[next_++].text;
  const bool below = absl::ConsumePrefix(&text, "-");
  if (!below) absl::ConsumePrefix(&text, "+");
  const std::optional<uint64_t> centimetres = ParseCentimetres(text);
  const int64_t whole = kSeaLevel + (below ? -1 : 1) * static_cast<int64_t>(centimetres.value_or(0));
  if (!centimetres || whole < 0 || whole > int64_t{UINT32_MAX}) {
    return Wrong("altitude", "a number of metres such as -2.5m, from -100000.00 to 42849672.95");
  }
  *altitude = static_cast<uint32_t>(whole);
  return std::nullopt;
}

LocationParser::Error LocationParser::ParseLength(const char* name, uint8_t* length) {
  constexpr uint64_t kEnd = 10'000'000'000;  // 9 with nine zeros is the most
  std::optional<uint64_t> centimetres = ParseCentimetres(tokens_[next_++].text);
  if (!centimetres || *centimetres >= kEnd) {
    return Wrong(name, "a number of metres such as 0.5m, from 0 to 90000000.00");
  }
  uint8_t power = 0;
  for (; *centimetres > 9; ++power) *centimetres /= 10;
  *length = static_cast<uint8_t>(*centimetres << 4 | power);
  return std::nullopt;
}

}  // namespace

bool IsValidLocation(absl::string_view octets) {
  if (octets.empty()) return false;
  if (octets[0] != '\0') return true;
  if (octets.size() != kSize) return false;
  for (size_t i = 1; i < kLatitudeAt; ++i) {
    if (!IsValidLength(static_cast<uint8_t>(octets[i]))) return false;
  }
  return IsWithin(ReadU32(octets.substr(kLatitudeAt)), kMaxLatitude) &&
         IsWithin(ReadU32(octets.substr(kLongitudeAt)), kMaxLongitude);
}

bool AppendLocationText(absl::string_view valid, std::string* out) {
  if (valid[0] != '\0') return false;
  for (size_t i = 1; i < kLatitudeAt; ++i) {
    const auto length = static_cast<uint8_t>(valid[i]);
    if (length != 0 && length >> 4 == 0) return false;
  }
  AppendAngle(ReadU32(valid.substr(kLatitudeAt)), "NS", out);
  AppendAngle(ReadU32(valid.substr(kLongitudeAt)), "EW", out);
  const int64_t altitude = int64_t{ReadU32(valid.substr(kAltitudeAt))} - kSeaLevel;
  const int64_t centimetres = altitude < 0 ? -altitude : altitude;
  absl::StrAppendFormat(out, "%s%d.%02dm", altitude < 0 ? "-" : "", centimetres / 100, centimetres % 100);
  for (size_t i = 1; i < kLatitudeAt; ++i) AppendLength(static_cast<uint8_t>(valid[i]), out);
  return true;
}

std::optional<RdataTextError> ParseLocation(absl::Span<const TextToken> tokens, std::string* rdata) {
  return LocationParser(tokens, rdata).Parse();
}

}  // namespace strata::dns
