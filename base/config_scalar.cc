// Text to field, through protobuf's reflection.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/config_scalar.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"

namespace strata::base {
namespace {

using ::google::protobuf::EnumDescriptor;
using ::google::protobuf::EnumValueDescriptor;
using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::Reflection;

bool IsDuration(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
         field.message_type()->full_name() == "google.protobuf.Duration";
}

// "AnyPolicy" → "any_policy_": what the style guide puts before every value of the enum.
std::string EnumPrefix(const EnumDescriptor& type) {
  std::string prefix;
  for (const char c : type.name()) {
    if (absl::ascii_isupper(c) && !prefix.empty()) prefix.push_back('_');
    prefix.push_back(absl::ascii_tolower(c));
  }
  return prefix + "_";
}

// How `value` is written in a file: ANY_POLICY_MINIMAL → "minimal".
std::string EnumText(const EnumValueDescriptor& value) {
  const std::string name = absl::AsciiStrToLower(value.name());
  return std::string(absl::StripPrefix(name, EnumPrefix(*value.type())));
}

// The values that can be asked for. "Unspecified" is what a file says by leaving the key out.
std::vector<std::pair<std::string, int>> EnumTexts(const EnumDescriptor& type) {
  std::vector<std::pair<std::string, int>> texts;
  for (int i = 0; i < type.value_count(); ++i) {
    std::string text = EnumText(*type.value(i));
    if (text != "unspecified") texts.emplace_back(std::move(text), type.value(i)->number());
  }
  return texts;
}

template <typename T>
std::string DescribeInteger() {
  return absl::StrCat("an integer from ", std::numeric_limits<T>::min(), " to ", std::numeric_limits<T>::max());
}

// Reflection's setters differ by field kind and type: one pair of them per C++ type.
template <typename T>
void Store(T value, void (Reflection::*set)(Message*, const FieldDescriptor*, T) const,
           void (Reflection::*add)(Message*, const FieldDescriptor*, T) const, const FieldDescriptor* field,
           Message* message) {
  (message->GetReflection()->*(field->is_repeated() ? add : set))(message, field, std::move(value));
}

template <typename T>
bool StoreInteger(absl::string_view text, void (Reflection::*set)(Message*, const FieldDescriptor*, T) const,
                  void (Reflection::*add)(Message*, const FieldDescriptor*, T) const, const FieldDescriptor* field,
                  Message* message) {
  T value;
  if (!absl::SimpleAtoi(text, &value)) return false;
  Store(value, set, add, field, message);
  return true;
}

bool StoreBool(absl::string_view text, const FieldDescriptor* field, Message* message) {
  if (text != "true" && text != "false") return false;
  Store(text == "true", &Reflection::SetBool, &Reflection::AddBool, field, message);
  return true;
}

bool StoreNumber(absl::string_view text, const FieldDescriptor* field, Message* message) {
  double value;
  if (!absl::SimpleAtod(text, &value) || !std::isfinite(value)) return false;
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_DOUBLE) {
    Store(value, &Reflection::SetDouble, &Reflection::AddDouble, field, message);
    return true;
  }
  if (std::abs(value) > std::numeric_limits<float>::max()) return false;
  Store(static_cast<float>(value), &Reflection::SetFloat, &Reflection::AddFloat, field, message);
  return true;
}

bool StoreEnum(absl::string_view text, const FieldDescriptor* field, Message* message) {
  for (const auto& [name, number] : EnumTexts(*field->enum_type())) {
    if (text != name) continue;
    Store(number, &Reflection::SetEnumValue, &Reflection::AddEnumValue, field, message);
    return true;
  }
  return false;
}

bool StoreDuration(absl::string_view text, const FieldDescriptor* field, Message* message) {
  absl::Duration value;
  if (!absl::ParseDuration(text, &value) || absl::AbsDuration(value) > absl::Hours(24) * 3652500) {
    return false;  // google.protobuf.Duration: at most 10,000 years
  }
  absl::Duration rest;
  const int64_t seconds = absl::IDivDuration(value, absl::Seconds(1), &rest);
  const Reflection* reflection = message->GetReflection();
  Message* duration =
      field->is_repeated() ? reflection->AddMessage(message, field) : reflection->MutableMessage(message, field);
  const auto& type = *duration->GetDescriptor();
  duration->GetReflection()->SetInt64(duration, type.FindFieldByNumber(1), seconds);
  duration->GetReflection()->SetInt32(duration, type.FindFieldByNumber(2),
                                      static_cast<int32_t>(absl::ToInt64Nanoseconds(rest)));
  return true;
}

}  // namespace

bool IsScalarField(const FieldDescriptor& field) {
  return field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE || IsDuration(field);
}

std::string DescribeScalar(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return DescribeInteger<int32_t>();
    case FieldDescriptor::CPPTYPE_UINT32:
      return DescribeInteger<uint32_t>();
    case FieldDescriptor::CPPTYPE_INT64:
      return DescribeInteger<int64_t>();
    case FieldDescriptor::CPPTYPE_UINT64:
      return DescribeInteger<uint64_t>();
    case FieldDescriptor::CPPTYPE_BOOL:
      return "true or false";
    case FieldDescriptor::CPPTYPE_FLOAT:
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return "a number such as 0.5";
    case FieldDescriptor::CPPTYPE_STRING:
      return "a text";
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return "a duration with its unit, such as 500ms, 1.5s or 2m";
    case FieldDescriptor::CPPTYPE_ENUM:
      return absl::StrCat("one of ", absl::StrJoin(EnumTexts(*field.enum_type()), ", ",
                                                   [](std::string* out, const auto& text) { *out += text.first; }));
  }
  return "";
}

bool StoreScalar(absl::string_view text, const FieldDescriptor* field, Message* message) {
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return StoreInteger<int32_t>(text, &Reflection::SetInt32, &Reflection::AddInt32, field, message);
    case FieldDescriptor::CPPTYPE_UINT32:
      return StoreInteger<uint32_t>(text, &Reflection::SetUInt32, &Reflection::AddUInt32, field, message);
    case FieldDescriptor::CPPTYPE_INT64:
      return StoreInteger<int64_t>(text, &Reflection::SetInt64, &Reflection::AddInt64, field, message);
    case FieldDescriptor::CPPTYPE_UINT64:
      return StoreInteger<uint64_t>(text, &Reflection::SetUInt64, &Reflection::AddUInt64, field, message);
    case FieldDescriptor::CPPTYPE_BOOL:
      return StoreBool(text, field, message);
    case FieldDescriptor::CPPTYPE_FLOAT:
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return StoreNumber(text, field, message);
    case FieldDescriptor::CPPTYPE_STRING:
      Store(std::string(text), &Reflection::SetString, &Reflection::AddString, field, message);
      return true;
    case FieldDescriptor::CPPTYPE_ENUM:
      return StoreEnum(text, field, message);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return StoreDuration(text, field, message);
  }
  return false;
}

}  // namespace strata::base
