// The name under which an address's own name is found (RFC 1035 §3.5, RFC 3596 §2.5).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_CORE_REVERSE_NAME_H_
#define STRATA_RECURSOR_CORE_REVERSE_NAME_H_

#include <string>

#include "absl/strings/string_view.h"

namespace strata::recursor {

// `address` is 4 or 16 octets in network order. Wire form, lower case.
std::string ReverseName(absl::string_view address);

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_CORE_REVERSE_NAME_H_
