// SPDX-License-Identifier: Apache-2.0
#include "dns/text/service_mnemonic.h"

#include "dns/text/decimal.h"
#include "dns/text/mnemonic_table.h"

namespace strata::dns {
namespace {

constexpr Mnemonic kProtocols[] = {
    {1, "icmp"}, {2, "igmp"}, {3, "ggp"},  {4, "ipencap"}, {5, "st"},       {6, "tcp"},  {8, "egp"},
    {9, "igp"},  {12, "pup"}, {17, "udp"}, {20, "hmp"},    {22, "xns-idp"}, {27, "rdp"}, {29, "iso-tp4"},
};

constexpr Mnemonic kServices[] = {
    {1, "tcpmux"},     {7, "echo"},    {9, "discard"},      {11, "systat"},       {13, "daytime"},
    {15, "netstat"},   {17, "qotd"},   {19, "chargen"},     {20, "ftp-data"},     {21, "ftp"},
    {22, "ssh"},       {23, "telnet"}, {25, "smtp"},        {37, "time"},         {43, "whois"},
    {49, "tacacs"},    {53, "domain"}, {67, "bootps"},      {68, "bootpc"},       {69, "tftp"},
    {70, "gopher"},    {79, "finger"}, {80, "http"},        {88, "kerberos"},     {102, "iso-tsap"},
    {104, "acr-nema"}, {110, "pop3"},  {111, "sunrpc"},     {113, "auth"},        {119, "nntp"},
    {123, "ntp"},      {135, "epmap"}, {137, "netbios-ns"}, {138, "netbios-dgm"}, {139, "netbios-ssn"},
    {143, "imap2"},    {161, "snmp"},  {162, "snmp-trap"},  {163, "cmip-man"},    {164, "cmip-agent"},
    {174, "mailq"},    {177, "xdmcp"}, {179, "bgp"},        {199, "smux"},        {209, "qmtp"},
    {210, "z3950"},    {213, "ipx"},   {389, "ldap"},       {443, "https"},       {444, "snpp"},
    {464, "kpasswd"},  {513, "login"}, {514, "shell"},      {515, "printer"},     {540, "uucp"},
    {563, "nntps"},    {636, "ldaps"}, {853, "domain-s"},   {873, "rsync"},       {990, "ftps"},
    {993, "imaps"},    {995, "pop3s"},
};

static_assert(IsAscending(kProtocols) && IsAscending(kServices));

}  // namespace

std::optional<uint8_t> ProtocolFromText(absl::string_view text) {
  if (const std::optional<uint16_t> number = NumberOf(kProtocols, text)) return static_cast<uint8_t>(*number);
  return ParseDecimal(text, 255);
}

std::optional<uint16_t> PortFromText(absl::string_view text) {
  if (const std::optional<uint16_t> number = NumberOf(kServices, text)) return number;
  return ParseDecimal(text, 65535);
}

}  // namespace strata::dns
