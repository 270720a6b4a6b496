// The flag --define=NAME=VALUE, which gives values to pyzones.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_DEFINE_FLAG_H_
#define STRATA_ZONEC_DEFINE_FLAG_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace strata::zonec {

// The values by name, of texts "NAME=VALUE" whose names are identifiers (letters, digits and underscores), each given
// once. The error quotes the flag.
absl::StatusOr<std::map<std::string, std::string>> ParseDefines(const std::vector<std::string>& texts);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_DEFINE_FLAG_H_
