// Octets written as commented hex, for tests.
//
//   HexMessage("12 34       ; id"
//              "\n81 80     ; response, RD RA")
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_TESTING_HEX_MESSAGE_H_
#define STRATA_DNS_TESTING_HEX_MESSAGE_H_

#include <string>

#include "absl/strings/string_view.h"

namespace strata::dns {

// The octets of `text`: pairs of hex digits in any case, blanks and line ends anywhere between digits, and comments
// from
// `;` to the end of the line. Anything else fails the running test.
std::string HexMessage(absl::string_view text);

// Lower-case hex without blanks, for comparing.
std::string ToHex(absl::string_view octets);

}  // namespace strata::dns

#endif  // STRATA_DNS_TESTING_HEX_MESSAGE_H_
