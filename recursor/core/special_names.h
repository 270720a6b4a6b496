// Names of special use that are not for servers to answer (RFC 6761, RFC 7686).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_CORE_SPECIAL_NAMES_H_
#define STRATA_RECURSOR_CORE_SPECIAL_NAMES_H_

#include "absl/strings/string_view.h"

namespace strata::recursor {

enum class SpecialName {
  kNone,
  kLocalhost,        // localhost, and all below (RFC 6761 §6.3)
  kLoopbackReverse,  // of 127.0.0.1 and ::1
  kNonexistent,      // invalid and onion, and all below (RFC 6761 §6.4, RFC 7686 §2)
};

// `name` is in wire form and lower case.
SpecialName FindSpecialName(absl::string_view name);

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_CORE_SPECIAL_NAMES_H_
