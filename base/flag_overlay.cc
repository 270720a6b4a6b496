// SPDX-License-Identifier: Apache-2.0
#include "base/flag_overlay.h"

#include <string>
#include <vector>

#include "absl/flags/commandlineflag.h"
#include "absl/flags/reflection.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "base/repeated_flag.h"
#include "google/protobuf/duration.pb.h"

namespace strata::base {
namespace {

using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

absl::Status SetEnum(const FieldDescriptor* field, const std::string& text, Message* config) {
  std::vector<std::string> names;
  for (int i = 0; i < field->enum_type()->value_count(); ++i) {
    const EnumValueDescriptor* value = field->enum_type()->value(i);
    names.push_back(absl::AsciiStrToLower(value->name()));
    if (names.back() == text) {
      config->GetReflection()->SetEnum(config, field, value);
      return absl::OkStatus();
    }
  }
  return absl::InvalidArgumentError(
      absl::StrCat("--", field->name(), "=", text, ": one of ", absl::StrJoin(names, ", ")));
}

void SetStrings(const FieldDescriptor* field, const absl::CommandLineFlag& flag, const std::string& text,
                Message* config) {
  const Reflection* reflection = config->GetReflection();
  reflection->ClearField(config, field);
  const char separator = flag.IsOfType<RepeatedFlag>() ? kRepeatedFlagSeparator : ',';
  for (absl::string_view value : absl::StrSplit(text, separator, absl::SkipEmpty())) {
    reflection->AddString(config, field, std::string(value));
  }
}

absl::Status SetDuration(const FieldDescriptor* field, const std::string& text, Message* config) {
  absl::Duration value;
  // The largest that google.protobuf.Duration holds is some 10000 years.
  if (!absl::ParseDuration(text, &value) || absl::AbsDuration(value) > absl::Hours(24) * 3652500) {
    return absl::InvalidArgumentError(
        absl::StrCat("--", field->name(), "=", text, ": a time with its unit, such as 10s or 500ms"));
  }
  google::protobuf::Duration duration;
  absl::Duration rest;
  duration.set_seconds(absl::IDivDuration(value, absl::Seconds(1), &rest));
  duration.set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(rest)));
  config->GetReflection()->MutableMessage(config, field)->CopyFrom(duration);
  return absl::OkStatus();
}

absl::Status SetField(const FieldDescriptor* field, const absl::CommandLineFlag& flag, Message* config) {
  const Reflection* reflection = config->GetReflection();
  const std::string text = flag.CurrentValue();
  if (field->is_repeated()) {
    SetStrings(field, flag, text, config);
    return absl::OkStatus();
  }
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      reflection->SetString(config, field, text);
      return absl::OkStatus();
    case FieldDescriptor::CPPTYPE_BOOL:
      reflection->SetBool(config, field, text == "true");
      return absl::OkStatus();
    case FieldDescriptor::CPPTYPE_UINT32: {
      uint32_t value = 0;
      if (!absl::SimpleAtoi(text, &value))
        return absl::InvalidArgumentError(absl::StrCat("--", field->name(), ": a number"));
      reflection->SetUInt32(config, field, value);
      return absl::OkStatus();
    }
    case FieldDescriptor::CPPTYPE_ENUM:
      return SetEnum(field, text, config);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (field->message_type() == google::protobuf::Duration::descriptor()) return SetDuration(field, text, config);
      break;
    default:
      break;
  }
  return absl::InternalError(absl::StrCat("--", field->name(), ": a field of a kind that no flag can set"));
}

}  // namespace

absl::Status OverlayFlags(const CommandLine& line, Message* config) {
  for (int i = 0; i < config->GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = config->GetDescriptor()->field(i);
    const absl::CommandLineFlag* flag = absl::FindCommandLineFlag(field->name());
    if (flag == nullptr || !line.WasGiven(field->name())) continue;
    absl::Status set = SetField(field, *flag, config);
    if (!set.ok()) return set;
  }
  return absl::OkStatus();
}

}  // namespace strata::base
