// IPv4 and IPv6 addresses in text (RFC 1035 §3.4.1; RFC 4291 §2.2, written as RFC 5952 says).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_TEXT_IP_ADDRESS_H_
#define STRATA_DNS_TEXT_IP_ADDRESS_H_

#include <string>

#include "absl/strings/string_view.h"

namespace strata::dns {

// Append the 4 or 16 octets of an address to `*octets`; false, and nothing appended, when `text` is none. IPv4 is four
// decimal numbers without leading zeros; IPv6 has no zone index.
bool ParseIpv4(absl::string_view text, std::string* octets);
bool ParseIpv6(absl::string_view text, std::string* octets);

// REQUIRES: 4 or 16 octets.
void AppendIpv4Text(absl::string_view octets, std::string* out);
void AppendIpv6Text(absl::string_view octets, std::string* out);

}  // namespace strata::dns

#endif  // STRATA_DNS_TEXT_IP_ADDRESS_H_
