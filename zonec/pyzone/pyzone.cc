// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/pyzone.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "dns/big_endian.h"
#include "dns/record.h"
#include "dns/rr_type.h"
#include "dns/text/time_text.h"
#include "zonec/pyzone/functions/builtins.h"
#include "zonec/pyzone/interpreter/interpreter.h"
#include "zonec/pyzone/records/record_functions.h"
#include "zonec/pyzone/syntax/statement_parser.h"
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

// The items of the list `zone`; nullopt when there is none.
std::optional<std::vector<Value>> ZoneItems(const pyzone::Interpreter& interpreter, FileId file,
                                            Diagnostics* diagnostics) {
  const Value zone = interpreter.Global("zone");
  if (zone.Is(Kind::kList)) return zone.list().items;
  if (zone.Is(Kind::kTuple)) return zone.tuple().items;
  diagnostics->Error({file}, "zone-list",
                     zone.failed() ? "the file leaves no list called `zone`"
                                   : absl::StrCat("`zone` is ", KindName(zone.kind()), ", not a list of records"));
  return std::nullopt;
}

// What an item of `zone` has to be instead.
std::string WrongItem(size_t index, Value item) {
  std::string message =
      absl::StrCat("item ", index, " of `zone`, counted from 0, is ", KindName(item.kind()), ", not a record");
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

void AddRecords(const std::vector<Value>& items, FileId file, Diagnostics* diagnostics, ParsedZone* parsed) {
  const uint32_t default_ttl = DefaultTtl(items);
  for (size_t i = 0; i < items.size(); ++i) {
    if (!items[i].Is(Kind::kRecord)) {
      diagnostics->Error({file}, "zone-list", WrongItem(i, items[i]));
      continue;
    }
    const RecordValue& record = items[i].record();
    if (record.wrong) continue;
    parsed->zone.Add(parsed->zone.names().Add(record.owner.wire()), record.type, record.ttl.value_or(default_ttl),
                     record.rdata);
    parsed->positions.push_back(record.position);
  }
}

}  // namespace

ParsedZone ParsePyzone(Sources* sources, FileId file, const pyzone::Limits& limits, Diagnostics* diagnostics) {
  ParsedZone parsed;
  pyzone::Run run(&limits, diagnostics);
  const std::optional<pyzone::Program> program = pyzone::ParseProgram(sources->text(file), file, &run);
  parsed.unreliable = true;
  if (!program) return parsed;
  pyzone::Interpreter interpreter(&*program, FindBuiltin, &run);
  if (!interpreter.RunFile()) return parsed;
  const std::optional<std::vector<Value>> items = ZoneItems(interpreter, file, diagnostics);
  if (!items) return parsed;
  parsed.unreliable = false;
  AddRecords(*items, file, diagnostics, &parsed);
  return parsed;
}

}  // namespace strata::zonec
