// The version of all Strata binaries, which are released together.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_BASE_VERSION_H_
#define STRATA_BASE_VERSION_H_

#include "absl/strings/string_view.h"

namespace strata::base {

inline constexpr absl::string_view kVersion = "0.1.0";

}  // namespace strata::base

#endif  // STRATA_BASE_VERSION_H_
