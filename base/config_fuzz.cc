// Fuzzes configuration files: no input may crash, hang, or change the message when it is refused.
//
// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "base/config_file.h"
#include "base/testing/test_config.pb.h"
#include "base/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  strata::base::testing::TestConfig config;
  config.set_listen("as before");
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  const absl::Status status = strata::base::ParseConfig(text, "fuzz.yaml", &config);
  if (status.ok()) {
    // protobuf refuses string fields that are not UTF-8.
    strata::base::testing::TestConfig copy;
    if (!copy.ParseFromString(config.SerializeAsString())) std::abort();
  } else if (config.listen() != "as before" || !absl::StartsWith(status.message(), "fuzz.yaml:") ||
             strata::base::FindInvalidUtf8(status.message()) != absl::string_view::npos) {
    std::abort();
  }
  return 0;
}
