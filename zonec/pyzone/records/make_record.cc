// SPDX-License-Identifier: Apache-2.0
#include "zonec/pyzone/records/make_record.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "dns/name.h"
#include "dns/rdata_field_parser.h"
#include "dns/rdata_schema.h"
#include "dns/rdata_text.h"
#include "dns/rr_type.h"
#include "dns/text/time_text.h"
#include "zonec/bind/lexer.h"
#include "zonec/pyzone/records/record_function.h"
#include "zonec/pyzone/records/record_tokens.h"
#include "zonec/pyzone/records/time_string.h"

namespace strata::zonec::pyzone {
namespace {

using Presence = RecordParameter::Presence;

constexpr size_t kMaxRdataSize = 65535;

// One call of a record function.
class RecordMaker {
 public:
  RecordMaker(const Builtin& self, const Arguments& arguments, Run* run)
      : name_(self.name), function_(*self.record), arguments_(arguments), run_(*run), call_(run->at()) {}

  Value Make();

 private:
  // All of these return false after what they reported.
  bool Read();
  bool ReadArguments();
  bool ReadFields();
  bool ReadNamed(const Argument& argument);
  // A service parameter by name: alpn="h2,h3", ipv4hint=[...], no_default_alpn=True.
  bool ReadServiceParameter(const Argument& argument);
  bool CheckGiven();
  bool ReadOwner(const Argument& argument);
  bool ReadTtl(const Argument& argument);
  bool MakeTokens();
  bool AddField(const RecordParameter& parameter, const Argument& argument);
  bool EncodeFields();
  bool EncodeGeneric();
  bool ReadType(const Argument& argument);

  bool IsGeneric() const { return function_.form == RecordFunction::Form::kGeneric; }
  // nullopt: the value is no time. A time string becomes a number.
  std::optional<int64_t> Seconds(Value value) const;
  bool Report(Position position, absl::string_view check, std::string message);
  bool ReportRdata(const dns::RdataTextError& error);

  const absl::string_view name_;
  const RecordFunction& function_;
  const Arguments& arguments_;
  Run& run_;
  const Position call_;
  std::optional<Argument> owner_, ttl_;
  std::vector<std::optional<Argument>> fields_;  // by parameter
  std::vector<Argument> rest_;
  RecordTokens tokens_;
  RecordValue record_;
};

bool RecordMaker::Report(Position position, absl::string_view check, std::string message) {
  if (!absl::StartsWith(message, absl::StrCat(name_, " "))) message = absl::StrCat(name_, ": ", message);
  run_.diagnostics().Error(run_.PositionOf(position), check, std::move(message),
                           run_.call() ? std::vector<Note>{*run_.call()} : std::vector<Note>());
  return false;
}

bool RecordMaker::ReportRdata(const dns::RdataTextError& error) {
  return Report(tokens_.PositionOf(error.token, call_), "rdata", error.message);
}

Value RecordMaker::Make() {
  record_.position = run_.PositionOf(call_);
  record_.type = function_.type;
  size_t octets = 0;
  for (const Argument& argument : arguments_) octets += argument.value.IsText() ? argument.value.octets().size() : 8;
  if (!run_.Spend(20 + octets / 8)) return Value();
  record_.wrong = !Read();
  return run_.NewRecord(std::move(record_));
}

bool RecordMaker::Read() {
  switch (function_.form) {
    case RecordFunction::Form::kNoForm:
      return Report(call_, "rdata",
                    absl::StrCat("the type has no function of its own; write RR(owner, \"", name_,
                                 "\", r\"\\# SIZE HEX\") (RFC 3597)"));
    case RecordFunction::Form::kMeta:
      return Report(call_, "type", "a meta type (RFC 6895 §3.1), which no zone can hold");
    default:
      break;
  }
  // Both are read in any case, to find all mistakes.
  const bool read = ReadArguments() && CheckGiven();
  const bool has_owner = owner_ && ReadOwner(*owner_);
  const bool has_ttl = !ttl_ || ReadTtl(*ttl_);
  if (!read) return false;
  const bool encoded = IsGeneric() ? EncodeGeneric() : MakeTokens() && EncodeFields();
  return encoded && has_owner && has_ttl;
}

// By place: the owner, the fields, and the TTL unless the last field takes all the rest.
bool RecordMaker::ReadArguments() {
  fields_.resize(IsGeneric() ? 1 : function_.parameters.size());
  const bool takes_rest =
      IsGeneric() || (!function_.parameters.empty() && function_.parameters.back().presence == Presence::kRest);
  const size_t places = fields_.size() - (takes_rest && !IsGeneric() ? 1 : 0);
  size_t next = 0;
  for (const Argument& argument : arguments_) {
    if (!argument.name.empty()) {
      if (!ReadNamed(argument)) return false;
      continue;
    }
    const size_t place = next++;
    if (place == 0) {
      owner_ = argument;
    } else if (place <= places) {
      fields_[place - 1] = argument;
    } else if (takes_rest) {
      rest_.push_back(argument);
    } else if (place == places + 1) {
      ttl_ = argument;
    } else {
      return Report(argument.position, "arguments",
                    absl::StrCat("too many arguments; it takes the owner, ", places, " more and the ttl"));
    }
  }
  return true;
}

bool RecordMaker::ReadNamed(const Argument& argument) {
  std::optional<Argument>* target = nullptr;
  if (argument.name == "ttl") target = &ttl_;
  for (size_t i = 0; i < function_.parameters.size() && target == nullptr; ++i) {
    const RecordParameter& parameter = function_.parameters[i];
    if (parameter.presence == Presence::kRest) continue;
    if (argument.name == parameter.name || argument.name == parameter.other_name) target = &fields_[i];
  }
  if (IsGeneric() && argument.name == "type") target = &fields_[0];
  if (target == nullptr && (argument.name == "name" || argument.name == "owner")) target = &owner_;
  const bool has_services =
      !function_.parameters.empty() && function_.parameters.back().field.kind == dns::FieldKind::kSvcParams;
  if (target == nullptr && has_services) return ReadServiceParameter(argument);
  if (target == nullptr) {
    std::string known = "owner";
    for (const RecordParameter& parameter : function_.parameters) absl::StrAppend(&known, ", ", parameter.name);
    if (IsGeneric()) absl::StrAppend(&known, ", type");
    return Report(argument.position, "arguments",
                  absl::StrCat("there is no parameter `", argument.name, "`; there are ", known, ", ttl"));
  }
  if (*target) return Report(argument.position, "arguments", absl::StrCat("`", argument.name, "` is given twice"));
  *target = argument;
  return true;
}

bool RecordMaker::ReadServiceParameter(const Argument& argument) {
  std::string text = absl::StrReplaceAll(argument.name, {{"_", "-"}});
  const Value value = argument.value;
  std::vector<Value> items = {value};
  if (value.Is(Kind::kList)) items = value.list().items;
  if (value.Is(Kind::kTuple)) items = value.tuple().items;
  const bool bare = value.Is(Kind::kBool) && value.integer() != 0;
  for (size_t i = 0; i < items.size() && !bare; ++i) {
    absl::StrAppend(&text, i == 0 ? "=" : ",");
    if (items[i].Is(Kind::kInt)) {
      absl::StrAppend(&text, items[i].integer());
    } else if (items[i].IsText()) {
      absl::StrAppend(&text, items[i].octets());
    } else {
      return Report(argument.position, "arguments",
                    absl::StrCat("`", argument.name, "` is a str, an int, a list of these, or True, not ",
                                 KindName(items[i].kind())));
    }
    if (!run_.CheckSize(text.size())) return false;
  }
  const Value parameter = run_.NewStr(text);
  if (parameter.failed()) return false;
  rest_.push_back({"", parameter, argument.position});
  return true;
}

bool RecordMaker::CheckGiven() {
  if (!owner_) return Report(call_, "arguments", "the owner is missing");
  if (IsGeneric()) {
    if (fields_[0] && rest_.size() == 1) return true;
    return Report(call_, "arguments", "it takes the owner, the type and one text, which is all of the RDATA");
  }
  for (size_t i = 0; i < fields_.size(); ++i) {
    const RecordParameter& parameter = function_.parameters[i];
    if (fields_[i] || parameter.presence != Presence::kRequired) continue;
    return Report(call_, "arguments", absl::StrCat("`", parameter.name, "` is missing"));
  }
  return true;
}

bool RecordMaker::ReadOwner(const Argument& argument) {
  const std::string wrong = CheckNameText(argument.value);
  if (!wrong.empty()) return Report(argument.position, "name", absl::StrCat("owner: ", wrong));
  absl::StatusOr<dns::Name> owner = dns::Name::FromText(argument.value.octets());
  if (!owner.ok()) return Report(argument.position, "name", absl::StrCat("owner: ", owner.status().message()));
  record_.owner = *std::move(owner);
  return true;
}

std::optional<int64_t> RecordMaker::Seconds(Value value) const {
  if (value.Is(Kind::kInt)) return value.integer();
  return value.IsText() ? ParseTimeString(value.octets()) : std::nullopt;
}

bool RecordMaker::ReadTtl(const Argument& argument) {
  if (argument.value.Is(Kind::kNone)) return true;
  const std::optional<int64_t> seconds = Seconds(argument.value);
  if (!seconds || *seconds < 0 || *seconds > dns::kMaxTtl) {
    return Report(argument.position, "ttl",
                  "this is not a TTL; it is a number of seconds, or one with a unit such as \"1H\" or \"1.5D\", "
                  "up to 2147483647");
  }
  record_.ttl = static_cast<uint32_t>(*seconds);
  return true;
}

bool RecordMaker::MakeTokens() {
  for (size_t i = 0; i < fields_.size(); ++i) {
    const RecordParameter& parameter = function_.parameters[i];
    if (parameter.presence == Presence::kRest) break;
    if (fields_[i]) {
      if (!AddField(parameter, *fields_[i])) return false;
    } else if (parameter.presence == Presence::kZero) {
      tokens_.AddRaw("0", /*quoted=*/false, call_);
    }
  }
  for (const Argument& argument : rest_) {
    if (!AddField(function_.parameters.back(), argument)) return false;
  }
  return true;
}

bool RecordMaker::AddField(const RecordParameter& parameter, const Argument& argument) {
  Value value = argument.value;
  // Times may stand in each of an SOA's numbers, as Twisted Names has it.
  const bool is_number =
      parameter.field.kind == dns::FieldKind::kSeconds || parameter.field.kind == dns::FieldKind::kU32;
  if (function_.type == dns::rr_type::kSOA && is_number && value.IsText()) {
    const std::optional<int64_t> seconds = Seconds(value);
    if (!seconds) {
      return Report(argument.position, "rdata",
                    absl::StrCat(parameter.field.name, " \"", value.octets(),
                                 "\" is not a number, or one with a unit such as \"1H\" or \"1.5D\""));
    }
    value = Value::Int(*seconds);
  }
  const std::string wrong = tokens_.Add(parameter.field, value, argument.position);
  return wrong.empty() || Report(argument.position, "rdata", wrong);
}

bool RecordMaker::EncodeFields() {
  const dns::Name root;
  if (dns::FindRdataSchema(function_.type) != nullptr) {
    const auto error = dns::ParseRdataText(function_.type, tokens_.tokens(), root, &record_.rdata);
    return !error || ReportRdata(*error);
  }
  dns::RdataFieldParser parser(tokens_.tokens(), root, &record_.rdata);
  for (const RecordParameter& parameter : function_.parameters) {
    if (parameter.presence == Presence::kOptional && parser.AtEnd()) break;
    if (const auto error = parser.Parse(parameter.field)) return ReportRdata(*error);
  }
  return record_.rdata.size() <= kMaxRdataSize ||
         Report(call_, "rdata", absl::StrCat("the RDATA has ", record_.rdata.size(), " octets; the most is 65535"));
}

bool RecordMaker::ReadType(const Argument& argument) {
  const Value value = argument.value;
  std::optional<uint16_t> type;
  if (value.Is(Kind::kInt) && value.integer() > 0 && value.integer() <= 0xffff) {
    type = static_cast<uint16_t>(value.integer());
  } else if (value.IsText()) {
    type = dns::TypeFromText(value.octets());
  }
  if (!type || *type == 0) {
    return Report(argument.position, "type", "this is not an RR type; types without a name are written \"TYPE65280\"");
  }
  if (dns::IsMetaType(*type)) {
    return Report(argument.position, "type",
                  absl::StrCat(dns::TypeToText(*type), " is a meta type (RFC 6895 §3.1), which no zone can hold"));
  }
  record_.type = *type;
  return true;
}

bool RecordMaker::EncodeGeneric() {
  if (!ReadType(*fields_[0])) return false;
  const Argument& argument = rest_[0];
  if (!argument.value.IsText()) {
    return Report(argument.position, "rdata", "the RDATA is one str, as a master file has it");
  }
  Lexer lexer(argument.value.octets());
  Entry entry, more;
  const bool any = lexer.Next(&entry);
  if (entry.error) return Report(argument.position, "rdata", std::string(entry.error->message));
  if (any && lexer.Next(&more)) return Report(argument.position, "rdata", "the RDATA has more than one line");
  if (record_.type == dns::rr_type::kSVCB || record_.type == dns::rr_type::kHTTPS) JoinQuotedValues(0, &entry);
  for (const dns::TextToken& token : entry.tokens) tokens_.AddRaw(token.text, token.quoted, argument.position);
  const auto error = dns::ParseRdataText(record_.type, tokens_.tokens(), dns::Name(), &record_.rdata);
  return !error ||
         Report(argument.position, "rdata", absl::StrCat(dns::TypeToText(record_.type), ": ", error->message));
}

}  // namespace

Value MakeRecord(const Builtin& self, const CallContext& context, const Arguments& arguments) {
  return RecordMaker(self, arguments, context.run).Make();
}

}  // namespace strata::zonec::pyzone
