// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/records/record_functions.h"

#include <cstdint>
#include <deque>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "dns/rdata_schema.h"
#include "dns/rr_type.h"
#include "zonec/pyzone/records/make_record.h"
#include "zonec/pyzone/records/record_function.h"

namespace strata::zonec::pyzone {
namespace {

using Presence = RecordParameter::Presence;

constexpr uint16_t kNull = 10;

// The parameters as Twisted Names calls them, "=0" behind those that it lets out; "|" before a second name. All other
// types' parameters are called as the fields in dns/rdata_schema.
struct ParameterNames {
  absl::string_view type;
  absl::string_view names;
};

constexpr ParameterNames kParameterNames[] = {
    {"SOA", "mname rname serial=0 refresh=0 retry=0 expire=0 minimum=0"},
    {"NS", "target"},
    {"CNAME", "target"},
    {"PTR", "target"},
    {"DNAME", "target"},
    {"MB", "target"},
    {"MD", "target"},
    {"MF", "target"},
    {"MG", "target"},
    {"MR", "target"},
    {"MX", "preference=0 target|exchange"},
    {"SRV", "priority=0 weight=0 port=0 target"},
    {"TXT", "data"},
    {"SPF", "data"},
    {"NAPTR", "order preference flags service regexp replacement"},
    {"HINFO", "cpu os"},
    {"RP", "mbox txt"},
    {"MINFO", "rmailbx emailbx"},
    {"AFSDB", "subtype hostname"},
    {"WKS", "address protocol map"},
    {"A6", "prefixLen suffix prefix"},
    {"SSHFP", "algorithm fingerprintType fingerprint"},
};

// Types of Twisted Names whose fields dns/ does not know.
constexpr dns::RdataSchema kMoreSchemas[] = {
    {kNull, dns::NameRule::kKeep, {{dns::FieldKind::kHex, "payload"}}},
};

// "key tag" is key_tag.
std::string Identifier(absl::string_view noun) {
  std::string out(noun);
  for (char& c : out) c = absl::ascii_isalnum(static_cast<unsigned char>(c)) ? c : '_';
  return absl::AsciiStrToLower(out);
}

Presence PresenceOf(dns::FieldKind kind) {
  switch (kind) {
    case dns::FieldKind::kOptionalString:
    case dns::FieldKind::kOptionalBase64:
    case dns::FieldKind::kKeyData:
    case dns::FieldKind::kIpsecKey:
    case dns::FieldKind::kA6Suffix:
    case dns::FieldKind::kA6Prefix:
      return Presence::kOptional;
    case dns::FieldKind::kStrings:
    case dns::FieldKind::kTypes:
    case dns::FieldKind::kSomeTypes:
    case dns::FieldKind::kSvcParams:
    case dns::FieldKind::kNxtTypes:
    case dns::FieldKind::kLocation:
    case dns::FieldKind::kAddressPrefixes:
    case dns::FieldKind::kNames:
      return Presence::kRest;
    default:
      return Presence::kRequired;
  }
}

void NameParameters(absl::string_view names, std::vector<RecordParameter>* parameters) {
  size_t i = 0;
  for (absl::string_view name : absl::StrSplit(names, ' ')) {
    RecordParameter& parameter = (*parameters)[i++];
    if (absl::ConsumeSuffix(&name, "=0")) parameter.presence = Presence::kZero;
    const std::pair<absl::string_view, absl::string_view> both = absl::StrSplit(name, absl::MaxSplits('|', 1));
    parameter.name = std::string(both.first);
    parameter.other_name = std::string(both.second);
  }
}

RecordFunction FunctionOf(const dns::RdataSchema& schema) {
  RecordFunction function;
  function.type = schema.type;
  for (const dns::RdataField* field = schema.fields; field->kind != dns::FieldKind::kNone; ++field) {
    function.parameters.push_back({Identifier(field->name), "", *field, PresenceOf(field->kind)});
  }
  for (const ParameterNames& row : kParameterNames) {
    if (row.type == dns::TypeToText(schema.type)) NameParameters(row.names, &function.parameters);
  }
  return function;
}

class Registry {
 public:
  Registry() {
    for (const dns::RdataSchema& schema : dns::AllRdataSchemas()) Add(dns::TypeToText(schema.type), FunctionOf(schema));
    for (const dns::RdataSchema& schema : kMoreSchemas) {
      RecordFunction function = FunctionOf(schema);
      for (RecordParameter& parameter : function.parameters) parameter.name = parameter.field.name;
      Add(dns::TypeToText(schema.type), std::move(function));
    }
    Add("RR", {RecordFunction::Form::kGeneric, 0, {}});
    // The registry's types that have a name (IANA "DNS Parameters") are all below, but for two that have fields.
    constexpr uint16_t kEndOfNamed = 300;
    for (uint16_t type = 1; type < kEndOfNamed; ++type) AddFormless(type);
  }

  const Builtin* Find(absl::string_view name) const {
    const auto found = by_name_.find(name);
    return found == by_name_.end() ? nullptr : found->second;
  }

 private:
  void Add(std::string name, RecordFunction function) {
    functions_.push_back(std::move(function));
    names_.push_back(std::move(name));
    builtins_.push_back({names_.back(), MakeRecord, &functions_.back()});
    by_name_.emplace(names_.back(), &builtins_.back());
  }
  void AddFormless(uint16_t type) {
    const std::string name = dns::TypeToText(type);
    if (by_name_.contains(name) || absl::StartsWith(name, "TYPE")) return;
    Add(name, {dns::IsMetaType(type) ? RecordFunction::Form::kMeta : RecordFunction::Form::kNoForm, type, {}});
  }

  // Deques, whose elements stay where they are.
  std::deque<std::string> names_;
  std::deque<RecordFunction> functions_;
  std::deque<Builtin> builtins_;
  absl::flat_hash_map<absl::string_view, const Builtin*> by_name_;
};

}  // namespace

const Builtin* FindRecordFunction(absl::string_view name) {
  static const Registry* const registry = new Registry;
  return registry->Find(name);
}

}  // namespace strata::zonec::pyzone
