// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/pyzone.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/utf8.h"
#include "dns/big_endian.h"
#include "dns/record.h"
#include "dns/rr_type.h"
#include "dns/text/time_text.h"
#include "zonec/pyzone/functions/builtins.h"
#include "zonec/pyzone/inputs/defines.h"
#include "zonec/pyzone/inputs/inclusions.h"
#include "zonec/pyzone/interpreter/interpreter.h"
#include "zonec/pyzone/records/record_functions.h"
#include "zonec/pyzone/syntax/statement.h"
#include "zonec/pyzone/tokens/foreign_words.h"
#include "zonec/pyzone/values/run.h"

namespace strata::zonec {
namespace {

using pyzone::Kind;
using pyzone::RecordValue;
using pyzone::Value;

const pyzone::Builtin* FindBuiltin(absl::string_view name) {
  const pyzone::Builtin* record = pyzone::FindRecordFunction(name);
  return record != nullptr ? record : pyzone::FindBuiltinFunction(name);
}

// The list `zone`; nullopt when there is none.
std::optional<pyzone::List> ZoneList(const pyzone::Interpreter& interpreter, const pyzone::Run& run, FileId file,
                                     Diagnostics* diagnostics) {
  const Value zone = interpreter.Global("zone");
  if (zone.Is(Kind::kList)) return zone.list();
  if (zone.Is(Kind::kTuple)) return pyzone::List{zone.tuple().items};
  // Why there is none was said already.
  if (zone.failed() && run.error_count() > 0) return std::nullopt;
  diagnostics->Error({file}, "zone-list",
                     zone.failed() ? "the file leaves no list called `zone`"
                                   : absl::StrCat("`zone` is ", KindName(zone.kind()), ", not a list of records"));
  return std::nullopt;
}

// What an item of `zone` has to be instead.
std::string WrongItem(const pyzone::List& zone, size_t index) {
  const Value item = zone.items[index];
  const std::string which =
      zone.incomplete ? "an item of `zone`" : absl::StrCat("item ", index, " of `zone`, counted from 0,");
  std::string message = absl::StrCat(which, " is ", KindName(item.kind()), ", not a record");
  const bool nested = item.Is(Kind::kList) || item.Is(Kind::kTuple) || item.Is(Kind::kIterator);
  if (nested) absl::StrAppend(&message, "; lists are joined by + or, within brackets, by *");
  return message;
}

// Of records that state none: the TTL of the first SOA record, or else its minimum.
uint32_t DefaultTtl(const std::vector<Value>& items) {
  for (const Value& item : items) {
    if (!item.Is(Kind::kRecord) || item.record().wrong || item.record().type != dns::rr_type::kSOA) continue;
    const RecordValue& soa = item.record();
    return soa.ttl ? *soa.ttl
                   : std::min(dns::ReadU32(absl::string_view(soa.rdata).substr(soa.rdata.size() - 4)), dns::kMaxTtl);
  }
  return 0;  // a zone without SOA is refused
}

void AddRecords(const pyzone::List& zone, FileId file, Diagnostics* diagnostics, ParsedZone* parsed) {
  const std::vector<Value>& items = zone.items;
  const uint32_t default_ttl = DefaultTtl(items);
  for (size_t i = 0; i < items.size(); ++i) {
    if (!items[i].Is(Kind::kRecord)) {
      diagnostics->Error({file}, "zone-list", WrongItem(zone, i));
      continue;
    }
    const RecordValue& record = items[i].record();
    if (record.wrong) continue;
    parsed->zone.Add(parsed->zone.AddName(record.owner.wire()), record.type, record.ttl.value_or(default_ttl),
                     record.rdata);
    parsed->positions.push_back(record.position);
  }
}

// The defines' names are variables, and none of functions.
bool CheckDefines(const std::map<std::string, std::string>& defines, FileId file, Diagnostics* diagnostics) {
  bool fine = true;
  for (const auto& [name, value] : defines) {
    std::string wrong;
    if (pyzone::IsKeyword(name)) {
      wrong = "a word of the language";
    } else if (FindBuiltin(name) != nullptr) {
      wrong = "a function";
    } else if (base::FindInvalidUtf8(value) != absl::string_view::npos) {
      wrong = "given a value that is not UTF-8";
    }
    if (wrong.empty()) continue;
    fine = false;
    diagnostics->Error({file}, "define", absl::StrCat("--define=", name, "=...: `", name, "` is ", wrong));
  }
  return fine;
}

}  // namespace

ParsedZone ParsePyzone(const PyzoneInput& input, Diagnostics* diagnostics) {
  ParsedZone parsed;
  parsed.unreliable = true;
  if (!CheckDefines(*input.defines, input.file, diagnostics)) return parsed;
  pyzone::Run run(&input.limits, diagnostics, input.sources);
  pyzone::Program program;
  pyzone::Inclusions files(input.file, input.sources, input.includes, &program, &run);
  pyzone::Defines defines(*input.defines, &program, &run);
  const pyzone::Block* const block = run.failed() ? nullptr : files.ParseZone();
  if (block == nullptr) return parsed;
  pyzone::Interpreter interpreter(&program, FindBuiltin, {&files, &defines}, &run);
  const bool fine = interpreter.RunFile(*block);
  if (run.ended()) return parsed;
  const std::optional<pyzone::List> zone = ZoneList(interpreter, run, input.file, diagnostics);
  if (!zone) return parsed;
  parsed.unreliable = false;
  AddRecords(*zone, input.file, diagnostics, &parsed);
  // One that failed may have been about to read them.
  if (!input.warn_of_unused_defines || !fine) return parsed;
  for (const std::string& name : defines.Unread()) {
    diagnostics->Warning({input.file}, "unused-define",
                         absl::StrCat("--define=", name, "=... is read by no line of it"));
  }
  return parsed;
}

}  // namespace strata::zonec
