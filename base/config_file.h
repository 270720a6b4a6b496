// Configuration files: YAML in, a protobuf message out. The message's .proto file is the schema and the manual.
//
//   strata::cache::v1::Config config;
//   STRATA_RETURN_IF_ERROR(LoadConfigFile("/etc/strata/cache.yaml", &config));
//   if (line.WasGiven("listen")) config.set_listen(…);  // flags override the file
//
// A key is a field's name; a section is a message or a map, a list a repeated field (one value alone will do for
// a list of one). Enum values are written in lower case and without the enum's name before them, durations with
// their unit (500ms, 1.5s), sizes as plain numbers of bytes. Whether a value is a number, a word or a text is
// decided by its field, never guessed: `version: 1.10` is "1.10" in a string field. A section without contents
// changes nothing.
//
// Errors carry one line a mistake, up to kMaxConfigErrors of them:
//   cache.yaml:7:3: groups[1].adress: unknown key; did you mean "address"?
//
// Pure but for reading the file; safe from any thread.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_CONFIG_FILE_H_
#define STRATA_BASE_CONFIG_FILE_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

namespace strata::base {

// The exit code of a process whose configuration is wrong (EX_CONFIG): a restart will not mend it.
inline constexpr int kExitConfig = 78;

inline constexpr size_t kMaxConfigBytes = 1 << 20;
inline constexpr size_t kMaxConfigErrors = 20;

// Overlays *out with the file at `path`: what the file leaves out keeps its value in *out; a list in the file
// replaces the list. InvalidArgument for a bad file, another code when it cannot be read; then *out is unchanged.
absl::Status LoadConfigFile(const std::string& path, google::protobuf::Message* out);

// The same for a text at hand; errors call it `file_name`.
absl::Status ParseConfig(absl::string_view text, absl::string_view file_name, google::protobuf::Message* out);

}  // namespace strata::base

#endif  // STRATA_BASE_CONFIG_FILE_H_
