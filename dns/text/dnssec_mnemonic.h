// Mnemonics that RDATA text knows for small numbers: DNSSEC algorithms, DS digest types, CERT types
// and others.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_TEXT_DNSSEC_MNEMONIC_H_
#define STRATA_DNS_TEXT_DNSSEC_MNEMONIC_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace strata::dns {

// All take decimal numbers too, and mnemonics in any case.

// "ECDSAP256SHA256" (IANA "DNS Security Algorithm Numbers").
std::optional<uint8_t> DnssecAlgorithmFromText(absl::string_view text);
// The number where there is no mnemonic.
std::string DnssecAlgorithmToText(uint8_t algorithm);

// "SHA-256" (IANA "Delegation Signer Digest Algorithms").
std::optional<uint8_t> DsDigestTypeFromText(absl::string_view text);

// "PKIX" (RFC 4398 §2.1).
std::optional<uint16_t> CertTypeFromText(absl::string_view text);
std::string CertTypeToText(uint16_t cert_type);

// Flags of a key: "ZONE|KSK", mnemonics of RFC 2535 §7.1 joined by bars.
std::optional<uint16_t> KeyFlagsFromText(absl::string_view text);
// "DNSSEC" (RFC 2535 §7.1).
std::optional<uint8_t> KeyProtocolFromText(absl::string_view text);

// "SHA-1" (IANA "DNSSEC NSEC3 Hash Algorithms").
std::optional<uint8_t> HashAlgorithmFromText(absl::string_view text);

// "NOTIFY" (IANA "DSYNC: Location of Synchronization Endpoints").
std::optional<uint8_t> SyncSchemeFromText(absl::string_view text);

}  // namespace strata::dns

#endif  // STRATA_DNS_TEXT_DNSSEC_MNEMONIC_H_
