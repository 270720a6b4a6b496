// One YAML document from untrusted text, without yaml-cpp's exceptions and surprises. Part of config_file.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_YAML_DOCUMENT_H_
#define STRATA_BASE_YAML_DOCUMENT_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "yaml-cpp/yaml.h"

namespace strata::base {

// Parses `text`, which must be UTF-8 without control characters and hold at most one document; the node is null
// if it holds none. InvalidArgument as "file:line:column: what". Walking the node may still throw YAML::Exception.
absl::StatusOr<YAML::Node> ParseYamlDocument(absl::string_view text, absl::string_view file_name);

// The InvalidArgument of a text that yaml-cpp found wrong at a place, both counted from 1.
absl::Status NotYaml(absl::string_view file_name, int line, int column, const std::string& what);

}  // namespace strata::base

#endif  // STRATA_BASE_YAML_DOCUMENT_H_
