// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/inputs/inclusions.h"

#include <optional>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "zonec/pyzone/syntax/statement_parser.h"

namespace strata::zonec::pyzone {

Inclusions::Inclusions(FileId file, Sources* sources, IncludeFiles* includes, Program* program, Run* run)
    : sources_(*sources), includes_(*includes), program_(*program), run_(*run), entered_{file} {}

const Block* Inclusions::ParseZone() {
  const Parsed* const parsed = Parse(entered_.front());
  return parsed == nullptr ? nullptr : &parsed->block;
}

const Block* Inclusions::Fail(Position call, absl::string_view check, std::string message) {
  run_.Fail(call, check, std::move(message));
  return nullptr;
}

const Inclusions::Parsed* Inclusions::Parse(FileId file) {
  const uint32_t text = sources_.TextNumber(file);
  const auto known = parsed_.find(text);
  if (known != parsed_.end()) return &known->second;
  std::optional<Block> block = ParseFile(sources_.text(file), file, &program_, &run_);
  return block ? &parsed_.emplace(text, Parsed{file, *std::move(block)}).first->second : nullptr;
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
  const absl::StatusOr<FileId> reading = includes_.Open(path, run_.Place(call), &sources_);
  if (!reading.ok()) {
    return Fail(call, "include", absl::StrCat("cannot include \"", path, "\": ", reading.status().message()));
  }
  const Parsed* const parsed = Parse(*reading);
  if (parsed == nullptr) return nullptr;
  entered_.push_back(*reading);
  run_.ReadAs(parsed->file, *reading);
  return &parsed->block;
}

void Inclusions::Leave() {
  const FileId parsed = parsed_.at(sources_.TextNumber(entered_.back())).file;
  run_.ReadAs(parsed, parsed);
  entered_.pop_back();
}

}  // namespace strata::zonec::pyzone
