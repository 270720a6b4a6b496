// SPDX-License-Identifier: Apache-2.0
#include "zonec/bind/parser.h"

#include <optional>
#include <string>
#include <utility>

#include "zonec/bind/directives.h"
#include "zonec/bind/lexer.h"
#include "zonec/bind/parse_state.h"
#include "zonec/bind/record_entry.h"

namespace strata::zonec {
namespace {

void ParseEntry(Entry* entry, ParseState* state) {
  if (entry->error) {
    state->Error(state->PositionOf(entry->error->at), "syntax", std::string(entry->error->message));
    // An owner that it states, and how many records it swallowed, is unknown.
    state->parsed->unreliable = true;
    if (!entry->starts_blank) state->file().owner_failed = true;
  } else if (IsDirective(*entry)) {
    RunDirective(*entry, state);
  } else {
    ParseRecordEntry(entry, state);
  }
}

}  // namespace

ParsedZone ParseMasterFile(const MasterFileInput& input, Diagnostics* diagnostics) {
  ParsedZone parsed;
  parsed.zone.set_origin(input.origin);
  ParseState state;
  state.sources = input.sources;
  state.includes = input.includes;
  state.diagnostics = diagnostics;
  state.parsed = &parsed;
  state.default_ttl = input.default_ttl;
  state.files.push_back({input.file, Lexer(input.sources->text(input.file)), input.origin, std::nullopt});
  Entry entry;
  constexpr size_t kBetweenReports = 4096;
  const size_t size = input.sources->text(input.file).size();
  for (size_t count = 1; !state.files.empty(); ++count) {
    if (input.progress != nullptr && count % kBetweenReports == 0) {
      input.progress->Advance(state.files[0].lexer.position(), size);
    }
    if (state.file().lexer.Next(&entry)) {
      ParseEntry(&entry, &state);
    } else {
      state.files.pop_back();
    }
  }
  return parsed;
}

}  // namespace strata::zonec
