// Names of the protocols and services that WKS lists (RFC 1035 §3.4.2, RFC 1010).
//
// The tables are here and not the machine's /etc/services, so that a zone means the same everywhere.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_TEXT_SERVICE_MNEMONIC_H_
#define STRATA_DNS_TEXT_SERVICE_MNEMONIC_H_

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"

namespace strata::dns {

// Both take decimal numbers too, and mnemonics in any case.

// "tcp" is 6 (IANA "Protocol Numbers").
std::optional<uint8_t> ProtocolFromText(absl::string_view text);
// "smtp" is 25 (IANA "Service Name and Transport Protocol Port Number Registry").
std::optional<uint16_t> PortFromText(absl::string_view text);

}  // namespace strata::dns

#endif  // STRATA_DNS_TEXT_SERVICE_MNEMONIC_H_
