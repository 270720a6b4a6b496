// Addresses of networks of old in text: NSAP (RFC 1706) and ATM (ATM Name System Specification, af-saa-0069).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_TEXT_OLD_NETWORK_ADDRESS_H_
#define STRATA_DNS_TEXT_OLD_NETWORK_ADDRESS_H_

#include <string>

#include "absl/strings/string_view.h"

namespace strata::dns {

// `0x47.0005.80`: hexadecimal digits in pairs, points anywhere. False when `text` is none; `*octets` is then
// unspecified.
bool ParseNsap(absl::string_view text, std::string* octets);
void AppendNsapText(absl::string_view octets, std::string* out);

// An ATM address is an octet that says its format, and the address.
bool IsValidAtmAddress(absl::string_view octets);
// `47.0005.80`, an AESA in hexadecimal (format 0), or `+61.200.000000`, a number of E.164 (format 1): single points
// between the digits.
bool ParseAtmAddress(absl::string_view text, std::string* octets);
// False, and nothing appended, for formats without text.
bool AppendAtmAddressText(absl::string_view valid, std::string* out);

}  // namespace strata::dns

#endif  // STRATA_DNS_TEXT_OLD_NETWORK_ADDRESS_H_
