// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/dmarc_syntax.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "zonec/checks/tag_list.h"

namespace strata::zonec {
namespace {

bool IsOneOf(absl::string_view value, absl::string_view words) {
  for (const absl::string_view word : absl::StrSplit(words, ' ')) {
    if (absl::EqualsIgnoreCase(value, word)) return true;
  }
  return false;
}

bool IsNumber(absl::string_view value, uint32_t most) {
  uint32_t number = 0;
  const auto is_digit = [](char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); };
  return std::all_of(value.begin(), value.end(), is_digit) && absl::SimpleAtoi(value, &number) && number <= most;
}

// "0:d:s": reports of which failures (RFC 7489 §6.3).
bool IsFailureList(absl::string_view value) {
  for (const absl::string_view one : absl::StrSplit(value, ':')) {
    if (!IsOneOf(absl::StripAsciiWhitespace(one), "0 1 d s")) return false;
  }
  return true;
}

// "!10m" at the end of an address for reports: their greatest size.
bool IsSizeLimit(absl::string_view text) {
  if (!text.empty() && IsOneOf(text.substr(text.size() - 1), "k m g t")) text.remove_suffix(1);
  return !text.empty() && IsNumber(text, 0xffffffff);
}

// URIs with commas between them: "mailto:a@b.example,mailto:c@d.example!10m".
bool IsReportList(absl::string_view value) {
  for (absl::string_view uri : absl::StrSplit(value, ',')) {
    uri = absl::StripAsciiWhitespace(uri);
    const size_t limit = uri.find('!');
    if (limit != absl::string_view::npos) {
      if (!IsSizeLimit(uri.substr(limit + 1))) return false;
      uri = uri.substr(0, limit);
    }
    const size_t colon = uri.find(':');
    if (colon == absl::string_view::npos || colon == 0 || colon + 1 == uri.size()) return false;
    const bool is_mail = absl::EqualsIgnoreCase(uri.substr(0, colon), "mailto");
    if (is_mail && uri.find('@') == absl::string_view::npos) return false;
    if (uri.find(' ') != absl::string_view::npos) return false;
  }
  return true;
}

bool IsPolicy(absl::string_view value) { return IsOneOf(value, "none quarantine reject"); }
bool IsAlignment(absl::string_view value) { return IsOneOf(value, "r s"); }
bool IsPercentage(absl::string_view value) { return IsNumber(value, 100); }
bool IsInterval(absl::string_view value) { return IsNumber(value, 0xffffffff); }
bool IsSwitch(absl::string_view value) { return IsOneOf(value, "y n"); }
bool IsPublicSuffix(absl::string_view value) { return IsOneOf(value, "y n u"); }
bool IsAnything(absl::string_view value) { return !value.empty(); }

struct TagRow {
  absl::string_view name;
  bool (*fits)(absl::string_view value);
  absl::string_view expectation;
};

// RFC 7489 §6.3; np of RFC 9091; psd and t of its successor.
constexpr TagRow kTags[] = {
    {"v", IsAnything, ""},
    {"p", IsPolicy, "none, quarantine or reject"},
    {"sp", IsPolicy, "none, quarantine or reject"},
    {"np", IsPolicy, "none, quarantine or reject"},
    {"adkim", IsAlignment, "r or s"},
    {"aspf", IsAlignment, "r or s"},
    {"pct", IsPercentage, "0 to 100"},
    {"ri", IsInterval, "a number of seconds"},
    {"fo", IsFailureList, "0, 1, d and s with colons between them"},
    {"rf", IsAnything, "the format of the reports"},
    {"rua", IsReportList, "addresses such as mailto:reports@example.com with commas between them"},
    {"ruf", IsReportList, "addresses such as mailto:reports@example.com with commas between them"},
    {"psd", IsPublicSuffix, "y, n or u"},
    {"t", IsSwitch, "y or n"},
};

absl::Status CheckTag(const Tag& tag) {
  for (const TagRow& row : kTags) {
    if (row.name != tag.name) continue;
    if (row.fits(tag.value)) return absl::OkStatus();
    return absl::InvalidArgumentError(
        absl::StrCat("behind ", tag.name, "= stands ", row.expectation, ", not ", Quoted(tag.value)));
  }
  return absl::InvalidArgumentError(absl::StrCat("there is no tag ", tag.name, "="));
}

}  // namespace

bool IsMeantForDmarc(absl::string_view text) {
  std::string start;
  for (const char c : text.substr(0, 32)) {
    if (c != ' ' && c != '\t') start.push_back(c);
  }
  return absl::StartsWithIgnoreCase(start, "v=dmarc1");
}

absl::Status CheckDmarc(absl::string_view text) {
  const absl::StatusOr<std::vector<Tag>> tags = ParseTagList(text);
  if (!tags.ok()) return tags.status();
  if (tags->empty() || tags->front().name != "v" || tags->front().value != "DMARC1") {
    return absl::InvalidArgumentError("it does not start with v=DMARC1, in this case of letters");
  }
  for (const Tag& tag : *tags) {
    const absl::Status status = CheckTag(tag);
    if (!status.ok()) return status;
  }
  if (FindTag(*tags, "p") == nullptr) return absl::InvalidArgumentError("it has no policy: the tag p= is missing");
  return absl::OkStatus();
}

}  // namespace strata::zonec
