// Fills a protobuf message from a YAML tree and collects what is wrong with it. Part of config_file.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_CONFIG_READER_H_
#define STRATA_BASE_CONFIG_READER_H_

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "yaml-cpp/yaml.h"

namespace strata::base {

// One reading of one document; not thread-safe. yaml-cpp's exceptions pass through.
class ConfigReader {
 public:
  ConfigReader(absl::string_view file_name, size_t max_errors) : file_name_(file_name), max_errors_(max_errors) {}

  // Overlays `message` with the section `node`. What is wrong is added to errors() and otherwise skipped.
  void Read(const YAML::Node& node, google::protobuf::Message* message) { ReadMessage(node, "", 0, message); }

  const std::vector<std::string>& errors() const { return errors_; }

 private:
  // What a section has seen so far, to refuse a second one.
  struct Section {
    std::map<std::string, YAML::Mark> keys;
    std::map<const google::protobuf::OneofDescriptor*, std::string> oneofs;
  };

  void ReadMessage(const YAML::Node& node, const std::string& path, int depth, google::protobuf::Message* message);
  void ReadField(const YAML::Node& node, const std::string& path, int depth,
                 const google::protobuf::FieldDescriptor* field, google::protobuf::Message* message);
  void ReadList(const YAML::Node& node, const std::string& path, int depth,
                const google::protobuf::FieldDescriptor* field, google::protobuf::Message* message);
  void ReadMap(const YAML::Node& node, const std::string& path, int depth,
               const google::protobuf::FieldDescriptor* field, google::protobuf::Message* message);
  // One value of `field`: sets a singular field, adds to a repeated one.
  void ReadValue(const YAML::Node& node, const std::string& path, int depth,
                 const google::protobuf::FieldDescriptor* field, google::protobuf::Message* message);

  // Refuses a section that is none, and counts nodes: an alias shares its node with others, so a small file can
  // unfold into an enormous tree, or an endless one.
  bool CheckSection(const YAML::Node& node, const std::string& path, int depth, absl::string_view expected);
  bool CountNode(const YAML::Node& node, const std::string& path, int depth);
  // Refuses keys that are not plain or repeat one of `section`; sets the key's text and path.
  bool CheckKey(const YAML::Node& key, const std::string& path, Section* section, std::string* name,
                std::string* key_path);
  // Refuses `key:` without a scalar that `field` needs.
  bool CheckValue(const YAML::detail::iterator_value& item, const std::string& key_path,
                  const google::protobuf::FieldDescriptor& field);
  bool CheckOneof(const YAML::Node& key, const std::string& key_path, const google::protobuf::FieldDescriptor* field,
                  Section* section);
  void UnknownKey(const YAML::Node& key, const std::string& key_path, const std::string& name,
                  const google::protobuf::Descriptor& type);
  void Error(const YAML::Mark& mark, const std::string& path, absl::string_view what);
  bool stopped() const { return gave_up_ || errors_.size() >= max_errors_; }

  const std::string file_name_;
  const size_t max_errors_;
  size_t nodes_ = 0;
  bool gave_up_ = false;
  std::vector<std::string> errors_;
};

}  // namespace strata::base

#endif  // STRATA_BASE_CONFIG_READER_H_
