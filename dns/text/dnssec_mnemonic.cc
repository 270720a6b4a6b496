// SPDX-License-Identifier: Apache-2.0
#include "dns/text/dnssec_mnemonic.h"

#include <cstddef>

#include "absl/strings/str_cat.h"
#include "dns/text/decimal.h"
#include "dns/text/mnemonic_table.h"

namespace strata::dns {
namespace {

constexpr Mnemonic kAlgorithms[] = {
    {1, "RSAMD5"},
    {2, "DH"},
    {3, "DSA"},
    {5, "RSASHA1"},
    {6, "NSEC3DSA"},
    {6, "DSA-NSEC3-SHA1"},
    {7, "NSEC3RSASHA1"},
    {7, "RSASHA1-NSEC3-SHA1"},
    {8, "RSASHA256"},
    {10, "RSASHA512"},
    {12, "ECCGOST"},
    {12, "ECC-GOST"},
    {13, "ECDSAP256SHA256"},
    {14, "ECDSAP384SHA384"},
    {15, "ED25519"},
    {16, "ED448"},
    {17, "SM2SM3"},
    {23, "ECC-GOST12"},
    {252, "INDIRECT"},
    {253, "PRIVATEDNS"},
    {254, "PRIVATEOID"},
};

constexpr Mnemonic kDsDigestTypes[] = {
    {1, "SHA-1"},   {1, "SHA1"},   {2, "SHA-256"}, {2, "SHA256"}, {3, "GOST"},
    {4, "SHA-384"}, {4, "SHA384"}, {5, "GOST12"},  {6, "SM3"},
};

constexpr Mnemonic kCertTypes[] = {
    {1, "PKIX"}, {2, "SPKI"},   {3, "PGP"},     {4, "IPKIX"}, {5, "ISPKI"},
    {6, "IPGP"}, {7, "ACPKIX"}, {8, "IACPKIX"}, {253, "URI"}, {254, "OID"},
};

static_assert(IsAscending(kAlgorithms) && IsAscending(kDsDigestTypes) && IsAscending(kCertTypes));

template <typename Number, size_t N>
std::optional<Number> FromText(const Mnemonic (&table)[N], absl::string_view text) {
  if (const std::optional<uint16_t> number = NumberOf(table, text)) return *number;
  return ParseDecimal(text, static_cast<Number>(~Number{0}));
}

template <size_t N>
std::string ToText(const Mnemonic (&table)[N], uint16_t number) {
  const char* mnemonic = MnemonicOf(table, number);
  return mnemonic != nullptr ? mnemonic : absl::StrCat(number);
}

}  // namespace

std::optional<uint8_t> DnssecAlgorithmFromText(absl::string_view text) { return FromText<uint8_t>(kAlgorithms, text); }
std::string DnssecAlgorithmToText(uint8_t algorithm) { return ToText(kAlgorithms, algorithm); }
std::optional<uint8_t> DsDigestTypeFromText(absl::string_view text) { return FromText<uint8_t>(kDsDigestTypes, text); }
std::optional<uint16_t> CertTypeFromText(absl::string_view text) { return FromText<uint16_t>(kCertTypes, text); }
std::string CertTypeToText(uint16_t cert_type) { return ToText(kCertTypes, cert_type); }

}  // namespace strata::dns
