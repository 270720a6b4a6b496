// SPDX-License-Identifier: Apache-2.0
#include "dns/rr_type.h"

#include <cstddef>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "dns/text/decimal.h"
#include "dns/text/mnemonic_table.h"

namespace strata::dns {
namespace {

constexpr Mnemonic kTypes[] = {
    {1, "A"},          {2, "NS"},        {3, "MD"},          {4, "MF"},     {5, "CNAME"},     {6, "SOA"},
    {7, "MB"},         {8, "MG"},        {9, "MR"},          {10, "NULL"},  {11, "WKS"},      {12, "PTR"},
    {13, "HINFO"},     {14, "MINFO"},    {15, "MX"},         {16, "TXT"},   {17, "RP"},       {18, "AFSDB"},
    {19, "X25"},       {20, "ISDN"},     {21, "RT"},         {22, "NSAP"},  {23, "NSAP-PTR"}, {24, "SIG"},
    {25, "KEY"},       {26, "PX"},       {27, "GPOS"},       {28, "AAAA"},  {29, "LOC"},      {30, "NXT"},
    {31, "EID"},       {32, "NIMLOC"},   {33, "SRV"},        {34, "ATMA"},  {35, "NAPTR"},    {36, "KX"},
    {37, "CERT"},      {38, "A6"},       {39, "DNAME"},      {40, "SINK"},  {41, "OPT"},      {42, "APL"},
    {43, "DS"},        {44, "SSHFP"},    {45, "IPSECKEY"},   {46, "RRSIG"}, {47, "NSEC"},     {48, "DNSKEY"},
    {49, "DHCID"},     {50, "NSEC3"},    {51, "NSEC3PARAM"}, {52, "TLSA"},  {53, "SMIMEA"},   {55, "HIP"},
    {56, "NINFO"},     {57, "RKEY"},     {58, "TALINK"},     {59, "CDS"},   {60, "CDNSKEY"},  {61, "OPENPGPKEY"},
    {62, "CSYNC"},     {63, "ZONEMD"},   {64, "SVCB"},       {65, "HTTPS"}, {66, "DSYNC"},    {67, "HHIT"},
    {68, "BRID"},      {99, "SPF"},      {100, "UINFO"},     {101, "UID"},  {102, "GID"},     {103, "UNSPEC"},
    {104, "NID"},      {105, "L32"},     {106, "L64"},       {107, "LP"},   {108, "EUI48"},   {109, "EUI64"},
    {128, "NXNAME"},   {249, "TKEY"},    {250, "TSIG"},      {251, "IXFR"}, {252, "AXFR"},    {253, "MAILB"},
    {254, "MAILA"},    {255, "ANY"},     {256, "URI"},       {257, "CAA"},  {258, "AVC"},     {259, "DOA"},
    {260, "AMTRELAY"}, {261, "RESINFO"}, {262, "WALLET"},    {263, "CLA"},  {264, "IPN"},     {32768, "TA"},
    {32769, "DLV"},
};

constexpr Mnemonic kClasses[] = {
    {1, "IN"}, {3, "CH"}, {3, "CHAOS"}, {4, "HS"}, {4, "HESIOD"}, {254, "NONE"}, {255, "ANY"},
};

constexpr Mnemonic kRcodes[] = {
    {0, "NOERROR"},  {1, "FORMERR"},    {2, "SERVFAIL"}, {3, "NXDOMAIN"},  {4, "NOTIMP"},
    {5, "REFUSED"},  {6, "YXDOMAIN"},   {7, "YXRRSET"},  {8, "NXRRSET"},   {9, "NOTAUTH"},
    {10, "NOTZONE"}, {11, "DSOTYPENI"}, {16, "BADVERS"}, {17, "BADKEY"},   {18, "BADTIME"},
    {19, "BADMODE"}, {20, "BADNAME"},   {21, "BADALG"},  {22, "BADTRUNC"}, {23, "BADCOOKIE"},
};

constexpr Mnemonic kOpcodes[] = {
    {0, "QUERY"}, {1, "IQUERY"}, {2, "STATUS"}, {4, "NOTIFY"}, {5, "UPDATE"}, {6, "DSO"},
};

constexpr MnemonicIndex kTypeIndex(kTypes);
constexpr MnemonicIndex kClassIndex(kClasses);

static_assert(IsAscending(kTypes) && IsAscending(kClasses) && IsAscending(kRcodes) && IsAscending(kOpcodes));

template <size_t N>
std::string ToText(const Mnemonic (&table)[N], absl::string_view prefix, uint16_t number) {
  const char* mnemonic = MnemonicOf(table, number);
  return mnemonic != nullptr ? mnemonic : absl::StrCat(prefix, number);
}

template <size_t N>
std::optional<uint16_t> FromText(const MnemonicIndex<N>& index, absl::string_view prefix, absl::string_view text) {
  if (const int number = index.NumberOf(text); number >= 0) return static_cast<uint16_t>(number);
  if (!absl::StartsWithIgnoreCase(text, prefix)) return std::nullopt;
  return ParseDecimal(text.substr(prefix.size()), 65535);
}

}  // namespace

std::string TypeToText(uint16_t type) { return ToText(kTypes, "TYPE", type); }
std::optional<uint16_t> TypeFromText(absl::string_view text) { return FromText(kTypeIndex, "TYPE", text); }
std::vector<std::string> TypeMnemonics() {
  std::vector<std::string> mnemonics;
  for (const Mnemonic& type : kTypes) mnemonics.emplace_back(type.text);
  return mnemonics;
}
std::string ClassToText(uint16_t rr_class) { return ToText(kClasses, "CLASS", rr_class); }
std::optional<uint16_t> ClassFromText(absl::string_view text) {
  // Nearly always; types are tried for a class, too.
  if (text.size() == 2 && (text[0] | 0x20) == 'i' && (text[1] | 0x20) == 'n') return rr_class::kIN;
  return FromText(kClassIndex, "CLASS", text);
}
std::string RcodeToText(uint16_t rcode) { return ToText(kRcodes, "RCODE", rcode); }
std::string OpcodeToText(uint8_t opcode) { return ToText(kOpcodes, "OPCODE", opcode); }

bool IsMetaType(uint16_t type) { return type == rr_type::kOPT || (type >= 128 && type <= 255); }

}  // namespace strata::dns
