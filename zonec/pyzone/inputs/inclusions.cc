// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/inputs/inclusions.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "zonec/pyzone/syntax/statement_parser.h"

namespace strata::zonec::pyzone {

Inclusions::Inclusions(FileId file, Sources* sources, IncludeFiles* includes, Program* program, Run* run)
    : sources_(*sources), includes_(*includes), program_(*program), run_(*run), entered_{file} {}

const Block* Inclusions::ParseZone() { return Parse(entered_.front()); }

const Block* Inclusions::Fail(Position call, absl::string_view check, std::string message) {
  run_.Fail(call, check, std::move(message));
  return nullptr;
}

const Block* Inclusions::Parse(FileId file) {
  const auto known = blocks_.find(file);
  if (known != blocks_.end()) return &known->second;
  std::optional<Block> block = ParseFile(sources_.text(file), file, &program_, &run_);
  return block ? &blocks_.emplace(file, *std::move(block)).first->second : nullptr;
}

const Block* Inclusions::Enter(absl::string_view path, Position call) {
  const Limits& limits = run_.limits();
  // The zone itself is one of those entered.
  if (entered_.size() > limits.include_depth) {
    return Fail(call, "limit", absl::StrCat("more than ", limits.include_depth, " include() in each other"));
  }
  if (++count_ > limits.includes) {
    return Fail(call, "limit", absl::StrCat("the zone includes more than ", limits.includes, " files"));
  }
  const absl::StatusOr<FileId> file = includes_.Open(path, sources_.name(call.file), &sources_);
  if (!file.ok()) {
    return Fail(call, "include", absl::StrCat("cannot include \"", path, "\": ", file.status().message()));
  }
  if (std::find(entered_.begin(), entered_.end(), *file) != entered_.end()) {
    return Fail(call, "include", absl::StrCat("\"", path, "\" includes itself"));
  }
  const Block* const block = Parse(*file);
  if (block != nullptr) entered_.push_back(*file);
  return block;
}

}  // namespace strata::zonec::pyzone
