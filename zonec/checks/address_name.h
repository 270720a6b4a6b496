// Addresses that are written where names belong.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_ADDRESS_NAME_H_
#define STRATA_ZONEC_CHECKS_ADDRESS_NAME_H_

#include <string>

#include "absl/strings/string_view.h"

namespace strata::zonec {

// The address that a valid wire-form name starts with, as "MX 10 192.0.2.1" makes 192.0.2.1.example.com. of it; empty
// when there is none. Names in in-addr.arpa are numbers by right.
std::string AddressInName(absl::string_view name);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_ADDRESS_NAME_H_
