// SPDX-License-Identifier: Apache-2.0
#include "zonec/bind/directives.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/nearest_name.h"
#include "dns/name.h"
#include "dns/text/time_text.h"
#include "zonec/bind/generate.h"
#include "zonec/bind/record_entry.h"

namespace strata::zonec {
namespace {

// What the records behind a failed directive mean is unknown.
void Fail(Position position, std::string message, ParseState* state) {
  state->Error(position, "directive", std::move(message));
  state->parsed->unreliable = true;
}

// Whether the directive has `least` to `most` arguments; reports it otherwise.
bool HasArguments(const Entry& entry, size_t least, size_t most, absl::string_view usage, ParseState* state) {
  const size_t count = entry.tokens.size() - 1;
  if (count < least) {
    Fail(state->PositionBehind(entry.tokens.back()), absl::StrCat("the directive ends too soon: ", usage), state);
    return false;
  }
  if (count > most) {
    Fail(state->PositionOf(entry.tokens[most + 1]), absl::StrCat("more than the directive takes: ", usage), state);
    return false;
  }
  return true;
}

// RFC 1035 §5.1. Relative names are completed with the origin that held before.
void RunOrigin(const Entry& entry, ParseState* state) {
  if (!HasArguments(entry, 1, 1, "$ORIGIN name", state)) return;
  absl::StatusOr<dns::Name> origin = dns::Name::FromText(entry.tokens[1].text, state->file().origin);
  if (!origin.ok()) return Fail(state->PositionOf(entry.tokens[1]), std::string(origin.status().message()), state);
  state->file().origin = *std::move(origin);
  state->file().owner_text = "";
}

// RFC 2308 §4.
void RunTtl(const Entry& entry, ParseState* state) {
  if (!HasArguments(entry, 1, 1, "$TTL time", state)) return;
  const std::optional<uint32_t> ttl = dns::ParseTtl(entry.tokens[1].text);
  if (!ttl) {
    Fail(state->PositionOf(entry.tokens[1]),
         absl::StrCat("\"", entry.tokens[1].text, "\" is not a TTL; it is written 3600 or 1h30m, up to 2147483647"),
         state);
    // Spares the records behind it complaints about having none.
    state->default_ttl = state->default_ttl.value_or(0);
    return;
  }
  state->default_ttl = ttl;
}

// RFC 1035 §5.1. The included file starts with our owner, as in BIND; its own origin and owner end with it.
void RunInclude(const Entry& entry, ParseState* state) {
  if (!HasArguments(entry, 1, 2, "$INCLUDE file [origin]", state)) return;
  const Position position = state->PositionOf(entry.tokens[1]);
  dns::Name origin = state->file().origin;
  if (entry.tokens.size() > 2) {
    absl::StatusOr<dns::Name> given = dns::Name::FromText(entry.tokens[2].text, origin);
    if (!given.ok()) return Fail(state->PositionOf(entry.tokens[2]), std::string(given.status().message()), state);
    origin = *std::move(given);
  }
  if (state->files.size() > kMaxIncludeDepth) {
    return Fail(position, absl::StrCat("included files are nested more than ", kMaxIncludeDepth, " deep"), state);
  }
  if (++state->include_count > kMaxIncludes) {
    // Once is enough: files that include each other get here quickly.
    if (state->include_count == kMaxIncludes + 1) {
      Fail(position, absl::StrCat("more than ", kMaxIncludes, " files included"), state);
    }
    return;
  }
  const absl::string_view path = entry.tokens[1].text;
  // Of the directive, which is where the reading is entered from.
  const absl::StatusOr<FileId> file = state->includes->Open(path, state->PositionOf(entry.tokens[0]), state->sources);
  if (!file.ok()) {
    return Fail(position, absl::StrCat("cannot include \"", path, "\": ", file.status().message()), state);
  }
  const absl::string_view text = state->sources->text(*file);
  if (!state->included_texts.insert(state->sources->TextNumber(*file)).second) {
    if (state->reread > kMaxReread) return;
    state->reread += text.size();
    // Once is enough, as above.
    if (state->reread > kMaxReread) {
      return Fail(position, absl::StrCat("files are included again, more than ", kMaxReread >> 20, " MiB of them"),
                  state);
    }
  }
  MasterFile included = {*file, Lexer(text), std::move(origin), state->file().owner, state->file().owner_failed};
  state->files.push_back(std::move(included));
}

// Stands at the head of what old servers wrote to disk: the time of writing. BIND reads over it.
void RunDate(const Entry& entry, ParseState* state) {
  if (!HasArguments(entry, 1, 1, "$DATE YYYYMMDDHHMMSS", state)) return;
  const absl::string_view time = entry.tokens[1].text;
  if (time.size() != 14 || !std::all_of(time.begin(), time.end(), absl::ascii_isdigit)) {
    Fail(state->PositionOf(entry.tokens[1]), absl::StrCat("\"", time, "\" is not a time YYYYMMDDHHMMSS"), state);
  }
}

// BIND's: a record for each number of a range.
void RunGenerate(const Entry& entry, ParseState* state) {
  constexpr absl::string_view kUsage = "$GENERATE from-to[/step] owner [TTL] [class] type rdata";
  if (!HasArguments(entry, 4, entry.tokens.size(), kUsage, state)) return;
  const absl::StatusOr<GenerateRange> range = ParseGenerateRange(entry.tokens[1].text);
  if (!range.ok()) return Fail(state->PositionOf(entry.tokens[1]), std::string(range.status().message()), state);
  RecordFields fields;
  if (!ReadRecordFields(entry, 3, state, &fields)) return;
  if (fields.rdata_token == entry.tokens.size()) {
    return Fail(state->PositionBehind(entry.tokens.back()), absl::StrCat("the directive ends too soon: ", kUsage),
                state);
  }
  if (range->Count() > kMaxGeneratedRecords - state->generated_count) {
    return Fail(state->PositionOf(entry.tokens[1]),
                absl::StrCat("more than ", kMaxGeneratedRecords, " records are generated in all"), state);
  }
  state->generated_count += range->Count();
  GenerateRecords(*range, entry, fields, state);
}

struct Directive {
  absl::string_view name;
  void (*run)(const Entry& entry, ParseState* state);
};

constexpr Directive kDirectives[] = {
    {"$DATE", RunDate}, {"$GENERATE", RunGenerate}, {"$INCLUDE", RunInclude}, {"$ORIGIN", RunOrigin}, {"$TTL", RunTtl},
};

}  // namespace

bool IsDirective(const Entry& entry) {
  return !entry.starts_blank && !entry.tokens[0].quoted && entry.tokens[0].text[0] == '$';
}

void RunDirective(const Entry& entry, ParseState* state) {
  for (const Directive& directive : kDirectives) {
    if (absl::EqualsIgnoreCase(directive.name, entry.tokens[0].text)) return directive.run(entry, state);
  }
  std::vector<std::string> names;
  for (const Directive& directive : kDirectives) names.emplace_back(directive.name);
  const std::string near = base::NearestName(absl::AsciiStrToUpper(entry.tokens[0].text), names);
  const std::string hint = near.empty() ? "" : absl::StrCat("did you mean ", near, "? ");
  Fail(state->PositionOf(entry.tokens[0]),
       absl::StrCat("\"", entry.tokens[0].text, "\" is no directive; ", hint, "they are ", absl::StrJoin(names, ", "),
                    "; an owner that starts with $ is written \\$"),
       state);
}

}  // namespace strata::zonec
