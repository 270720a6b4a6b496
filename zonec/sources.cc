// SPDX-License-Identifier: Apache-2.0
#include "zonec/sources.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace strata::zonec {
namespace {

// A line ends at LF, CR LF, or a CR alone, as the lexers have it.
std::vector<uint32_t> LineStarts(absl::string_view text) {
  std::vector<uint32_t> starts = {0};
  for (size_t i = 0; i < text.size(); ++i) {
    const bool ends = text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'));
    if (ends) starts.push_back(static_cast<uint32_t>(i + 1));
  }
  return starts;
}

}  // namespace

absl::StatusOr<FileId> Sources::Add(std::string name, std::string text) {
  if (text.size() >= Position::kWholeFile) {
    return absl::InvalidArgumentError(absl::StrCat(name, " has ", text.size(), " octets; the most is 4 GiB - 2"));
  }
  files_.push_back({std::move(name), std::move(text), {}});
  return static_cast<FileId>(files_.size() - 1);
}

size_t Sources::FindLine(Position position) {
  File& file = files_[position.file];
  if (file.line_starts.empty()) file.line_starts = LineStarts(file.text);
  const auto after = std::upper_bound(file.line_starts.begin(), file.line_starts.end(), position.offset);
  return static_cast<size_t>(after - file.line_starts.begin()) - 1;
}

LineColumn Sources::Locate(Position position) {
  const size_t line = FindLine(position);
  return {line + 1, position.offset - files_[position.file].line_starts[line] + 1};
}

absl::string_view Sources::Line(Position position) {
  const size_t line = FindLine(position);
  const File& file = files_[position.file];
  const size_t start = file.line_starts[line];
  const size_t end = line + 1 < file.line_starts.size() ? file.line_starts[line + 1] : file.text.size();
  absl::string_view text = absl::string_view(file.text).substr(start, end - start);
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

}  // namespace strata::zonec
