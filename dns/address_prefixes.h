// Lists of address prefixes: the RDATA of APL (RFC 3123), on the wire and as text.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_ADDRESS_PREFIXES_H_
#define STRATA_DNS_ADDRESS_PREFIXES_H_

#include <string>

#include "absl/strings/string_view.h"

namespace strata::dns {

// Whether the octets are a list of prefixes, which may be empty. Of address families other than IPv4 and IPv6 any
// octets will do.
bool AreValidAddressPrefixes(absl::string_view octets);

// Appends `1:192.168.32.0/21 !2:2001:db8::/32`. False for a list with other families, which have no text; what is
// appended is then unspecified.
bool AppendAddressPrefixesText(absl::string_view valid, std::string* out);

// Appends the wire form of one prefix such as `!1:192.168.32.0/21`; false when `text` is none.
bool ParseAddressPrefix(absl::string_view text, std::string* octets);

}  // namespace strata::dns

#endif  // STRATA_DNS_ADDRESS_PREFIXES_H_
