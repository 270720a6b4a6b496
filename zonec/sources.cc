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
  texts_.push_back({std::move(name), std::move(text), {}});
  first_readings_.push_back(static_cast<FileId>(readings_.size()));
  readings_.push_back({static_cast<uint32_t>(texts_.size() - 1), {}});
  return first_readings_.back();
}

FileId Sources::Enter(FileId text_of, const Entrance& entrance) {
  readings_.push_back({readings_[text_of].text, entrance});
  return static_cast<FileId>(readings_.size() - 1);
}

size_t Sources::FindLine(Position position) {
  Text& text = texts_[readings_[position.file].text];
  if (text.line_starts.empty()) text.line_starts = LineStarts(text.text);
  const auto after = std::upper_bound(text.line_starts.begin(), text.line_starts.end(), position.offset);
  return static_cast<size_t>(after - text.line_starts.begin()) - 1;
}

void Sources::DropTexts() {
  for (Text& text : texts_) {
    std::string().swap(text.text);  // an assignment would keep the memory
    text.line_starts.clear();
  }
}

LineColumn Sources::Locate(Position position) {
  const size_t line = FindLine(position);
  return {line + 1, position.offset - TextOf(position.file).line_starts[line] + 1};
}

absl::string_view Sources::Line(Position position) {
  const size_t line = FindLine(position);
  const Text& text = TextOf(position.file);
  const size_t start = text.line_starts[line];
  const size_t end = line + 1 < text.line_starts.size() ? text.line_starts[line + 1] : text.text.size();
  absl::string_view out = absl::string_view(text.text).substr(start, end - start);
  while (!out.empty() && (out.back() == '\n' || out.back() == '\r')) out.remove_suffix(1);
  return out;
}

}  // namespace strata::zonec
