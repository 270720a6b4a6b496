// SPDX-License-Identifier: Apache-2.0
#include "dns/text/dnssec_mnemonic.h"

#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
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

constexpr Mnemonic kKeyFlags[] = {
    {0x0000, "USER"},   {0x0000, "SIG0"},   {0x0001, "KSK"},   {0x0001, "SIG1"},  {0x0002, "SIG2"},   {0x0003, "SIG3"},
    {0x0004, "SIG4"},   {0x0005, "SIG5"},   {0x0006, "SIG6"},  {0x0007, "SIG7"},  {0x0008, "SIG8"},   {0x0009, "SIG9"},
    {0x000a, "SIG10"},  {0x000b, "SIG11"},  {0x000c, "SIG12"}, {0x000d, "SIG13"}, {0x000e, "SIG14"},  {0x000f, "SIG15"},
    {0x0010, "FLAG11"}, {0x0020, "FLAG10"}, {0x0040, "FLAG9"}, {0x0080, "FLAG8"}, {0x0100, "ZONE"},   {0x0200, "HOST"},
    {0x0200, "ENTITY"}, {0x0300, "NTYP3"},  {0x0400, "FLAG5"}, {0x0800, "FLAG4"}, {0x1000, "EXTEND"}, {0x2000, "FLAG2"},
    {0x4000, "NOCONF"}, {0x8000, "NOAUTH"}, {0xc000, "NOKEY"},
};

constexpr Mnemonic kKeyProtocols[] = {
    {0, "NONE"}, {1, "TLS"}, {2, "EMAIL"}, {3, "DNSSEC"}, {4, "IPSEC"}, {255, "ALL"},
};

constexpr Mnemonic kHashAlgorithms[] = {{1, "SHA-1"}};

constexpr Mnemonic kSyncSchemes[] = {{1, "NOTIFY"}};

static_assert(IsAscending(kKeyFlags) && IsAscending(kKeyProtocols));
static_assert(IsAscending(kAlgorithms) && IsAscending(kDsDigestTypes) && IsAscending(kCertTypes));

template <typename Number, size_t N>
std::optional<Number> FromText(const Mnemonic (&table)[N], absl::string_view text) {
  if (const std::optional<uint32_t> number = ParseDecimal(text, static_cast<Number>(~Number{0}))) return *number;
  return NumberOf(table, text);
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

std::optional<uint16_t> KeyFlagsFromText(absl::string_view text) {
  if (const std::optional<uint32_t> number = ParseDecimal(text, 65535)) return static_cast<uint16_t>(*number);
  uint16_t flags = 0;
  for (const absl::string_view mnemonic : absl::StrSplit(text, '|')) {
    const std::optional<uint16_t> flag = NumberOf(kKeyFlags, mnemonic);
    if (!flag) return std::nullopt;
    flags = static_cast<uint16_t>(flags | *flag);
  }
  return flags;
}
std::optional<uint8_t> KeyProtocolFromText(absl::string_view text) { return FromText<uint8_t>(kKeyProtocols, text); }
std::optional<uint8_t> HashAlgorithmFromText(absl::string_view text) {
  return FromText<uint8_t>(kHashAlgorithms, text);
}
std::optional<uint8_t> SyncSchemeFromText(absl::string_view text) { return FromText<uint8_t>(kSyncSchemes, text); }

}  // namespace strata::dns
