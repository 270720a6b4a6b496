// The walk over a YAML tree, guided by a message's descriptor.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/config_reader.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/types/span.h"
#include "base/config_scalar.h"
#include "base/nearest_name.h"
#include "base/utf8.h"

namespace strata::base {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::Reflection;

constexpr int kMaxDepth = 32;
constexpr size_t kMaxNodes = 100'000;
constexpr size_t kMaxShownText = 40;
constexpr size_t kMaxShownKeys = 12;

// `text` on one line and not too long, cut between characters.
std::string Shown(absl::string_view text) {
  absl::string_view start = text.substr(0, kMaxShownText);
  start = start.substr(0, FindInvalidUtf8(start));
  return absl::StrCat(EscapedText(start), start.size() < text.size() ? "..." : "");
}

std::string DescribeNode(const YAML::Node& node) {
  if (node.IsMap()) return "a section (key: value)";
  if (node.IsSequence()) return "a list";
  if (node.IsScalar()) return absl::StrCat("\"", Shown(node.Scalar()), "\"");
  return "nothing";
}

}  // namespace

void ConfigReader::ReadMessage(const YAML::Node& node, const std::string& path, int depth, Message* message) {
  if (!CheckSection(node, path, depth, "a section (key: value)")) return;
  const Descriptor& type = *message->GetDescriptor();
  Section section;
  for (const auto& item : node) {
    if (stopped()) return;
    std::string name, key_path;
    if (!CheckKey(item.first, path, &section, &name, &key_path)) continue;
    const FieldDescriptor* field = type.FindFieldByName(name);
    if (field == nullptr) {
      UnknownKey(item.first, key_path, name, type);
    } else if (item.second.IsNull() && (field->is_repeated() || !IsScalarField(*field))) {
      continue;  // a section without contents
    } else if (CheckValue(item, key_path, *field) && CheckOneof(item.first, key_path, field, &section)) {
      ReadField(item.second, key_path, depth + 1, field, message);
    }
  }
}

void ConfigReader::ReadField(const YAML::Node& node, const std::string& path, int depth, const FieldDescriptor* field,
                             Message* message) {
  if (field->is_map()) {
    ReadMap(node, path, depth, field, message);
  } else if (field->is_repeated()) {
    ReadList(node, path, depth, field, message);
  } else {
    ReadValue(node, path, depth, field, message);
  }
}

void ConfigReader::ReadList(const YAML::Node& node, const std::string& path, int depth, const FieldDescriptor* field,
                            Message* message) {
  message->GetReflection()->ClearField(message, field);
  if (!node.IsSequence()) {
    if (node.IsScalar() && IsScalarField(*field)) return ReadValue(node, path, depth, field, message);
    Error(node.Mark(), path,
          absl::StrCat("found ", DescribeNode(node), ", expected a list; begin each of its items with \"- \""));
    return;
  }
  if (!CountNode(node, path, depth)) return;
  size_t index = 0;
  for (const auto& item : node) {
    if (stopped()) return;
    ReadValue(item, absl::StrCat(path, "[", index++, "]"), depth + 1, field, message);
  }
}

void ConfigReader::ReadMap(const YAML::Node& node, const std::string& path, int depth, const FieldDescriptor* field,
                           Message* message) {
  const Reflection* reflection = message->GetReflection();
  reflection->ClearField(message, field);
  if (!CheckSection(node, path, depth, "a section (name: value)")) return;
  const FieldDescriptor* key_field = field->message_type()->map_key();
  const FieldDescriptor* value_field = field->message_type()->map_value();
  Section section;
  for (const auto& item : node) {
    if (stopped()) return;
    std::string name, key_path;
    if (!CheckKey(item.first, path, &section, &name, &key_path)) continue;
    if (!CheckValue(item, key_path, *value_field)) continue;
    Message* entry = reflection->AddMessage(message, field);
    if (!StoreScalar(name, key_field, entry)) {
      Error(item.first.Mark(), key_path,
            absl::StrCat("the name \"", Shown(name), "\" is not ", DescribeScalar(*key_field)));
      continue;
    }
    ReadValue(item.second, key_path, depth + 1, value_field, entry);
  }
}

void ConfigReader::ReadValue(const YAML::Node& node, const std::string& path, int depth, const FieldDescriptor* field,
                             Message* message) {
  if (!IsScalarField(*field)) {
    const Reflection* reflection = message->GetReflection();
    return ReadMessage(
        node, path, depth,
        field->is_repeated() ? reflection->AddMessage(message, field) : reflection->MutableMessage(message, field));
  }
  if (!CountNode(node, path, depth)) return;
  if (!node.IsScalar() || !StoreScalar(node.Scalar(), field, message)) {
    Error(node.Mark(), path, absl::StrCat("found ", DescribeNode(node), ", expected ", DescribeScalar(*field)));
  }
}

bool ConfigReader::CheckSection(const YAML::Node& node, const std::string& path, int depth,
                                absl::string_view expected) {
  if (!CountNode(node, path, depth) || node.IsNull()) return false;
  if (node.IsMap()) return true;
  Error(node.Mark(), path, absl::StrCat("found ", DescribeNode(node), ", expected ", expected));
  return false;
}

bool ConfigReader::CountNode(const YAML::Node& node, const std::string& path, int depth) {
  if (stopped()) return false;
  if (depth <= kMaxDepth && ++nodes_ <= kMaxNodes) return true;
  Error(node.Mark(), path,
        depth > kMaxDepth ? absl::StrCat("nested more than ", kMaxDepth, " deep")
                          : absl::StrCat("more than ", kMaxNodes, " values; aliases (*name) count each time"));
  gave_up_ = true;
  return false;
}

bool ConfigReader::CheckKey(const YAML::Node& key, const std::string& path, Section* section, std::string* name,
                            std::string* key_path) {
  if (!key.IsScalar()) {
    Error(key.Mark(), path, absl::StrCat("a key must be a word, not ", DescribeNode(key)));
    return false;
  }
  *name = key.Scalar();
  *key_path = absl::StrCat(path, path.empty() ? "" : ".", Shown(*name));
  const auto [first, is_new] = section->keys.emplace(*name, key.Mark());
  if (!is_new) {
    Error(key.Mark(), *key_path,
          absl::StrCat("given twice; remove one (the first is on line ", first->second.line + 1, ")"));
  }
  return is_new;
}

bool ConfigReader::CheckValue(const YAML::detail::iterator_value& item, const std::string& key_path,
                              const FieldDescriptor& field) {
  if (!item.second.IsNull() || !IsScalarField(field)) return true;
  // yaml-cpp places the absent value on the next line.
  Error(item.first.Mark(), key_path, absl::StrCat("has no value; give it ", DescribeScalar(field), ", or remove it"));
  return false;
}

bool ConfigReader::CheckOneof(const YAML::Node& key, const std::string& key_path, const FieldDescriptor* field,
                              Section* section) {
  if (field->real_containing_oneof() == nullptr) return true;
  const auto [first, is_new] = section->oneofs.emplace(field->real_containing_oneof(), field->name());
  if (!is_new) {
    Error(key.Mark(), key_path, absl::StrCat("excludes \"", first->second, "\" beside it; remove one"));
  }
  return is_new;
}

void ConfigReader::UnknownKey(const YAML::Node& key, const std::string& key_path, const std::string& name,
                              const Descriptor& type) {
  if (type.IsReservedName(name)) return Error(key.Mark(), key_path, "is no longer supported; remove it");
  std::vector<std::string> known;
  known.reserve(type.field_count());
  for (int i = 0; i < type.field_count(); ++i) known.push_back(type.field(i)->name());
  const std::string nearest = NearestName(name, known);
  std::string hint = absl::StrCat("; did you mean \"", nearest, "\"?");
  if (nearest.empty()) {
    const bool all = known.size() <= kMaxShownKeys;
    if (!all) known.resize(kMaxShownKeys);
    hint = absl::StrCat("; known here: ", absl::StrJoin(known, ", "), all ? "" : ", ...");
  }
  Error(key.Mark(), key_path, absl::StrCat("unknown key", hint));
}

void ConfigReader::Error(const YAML::Mark& mark, const std::string& path, absl::string_view what) {
  if (stopped()) return;
  // yaml-cpp leaves the mark unset (-1) where nothing was written.
  errors_.push_back(absl::StrCat(file_name_, ":", std::max(mark.line, 0) + 1, ":", std::max(mark.column, 0) + 1, ": ",
                                 path.empty() ? "" : path + ": ", what));
}

}  // namespace strata::base
