// SPDX-License-Identifier: Apache-2.0
#include "zonec/define_flag.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace strata::zonec {
namespace {

bool IsIdentifier(absl::string_view name) {
  const auto fits = [](char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_'; };
  return !name.empty() && std::all_of(name.begin(), name.end(), fits) &&
         !absl::ascii_isdigit(static_cast<unsigned char>(name[0]));
}

}  // namespace

absl::StatusOr<std::map<std::string, std::string>> ParseDefines(const std::vector<std::string>& texts) {
  std::map<std::string, std::string> defines;
  for (const std::string& text : texts) {
    const size_t equals = text.find('=');
    const std::string name = text.substr(0, equals);
    if (!IsIdentifier(name)) {
      return absl::InvalidArgumentError(
          absl::StrCat("--define=", text, ": \"", name, "\" is no name of a variable; write --define=NAME=VALUE"));
    }
    if (equals == std::string::npos) {
      return absl::InvalidArgumentError(
          absl::StrCat("--define=", text, " has no value; write --define=", text, "=VALUE"));
    }
    if (!defines.emplace(name, text.substr(equals + 1)).second) {
      return absl::InvalidArgumentError(absl::StrCat("--define=", text, ": ", name, " is given twice"));
    }
  }
  return defines;
}

}  // namespace strata::zonec
