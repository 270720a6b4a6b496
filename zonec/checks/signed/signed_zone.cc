// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/signed/signed_zone.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "dns/rr_type.h"
#include "dns/text/dnssec_mnemonic.h"

namespace strata::zonec {
namespace {

uint8_t Octet(absl::string_view octets, size_t at) { return static_cast<uint8_t>(octets[at]); }
uint16_t Read16(absl::string_view octets, size_t at) {
  return static_cast<uint16_t>(Octet(octets, at) << 8 | Octet(octets, at + 1));
}
uint32_t Read32(absl::string_view octets, size_t at) {
  return static_cast<uint32_t>(Read16(octets, at)) << 16 | Read16(octets, at + 2);
}

size_t NameSize(absl::string_view octets) {
  size_t size = 0;
  while (octets[size] != 0) size += 1 + Octet(octets, size);
  return size + 1;
}

}  // namespace

Signature ReadSignature(absl::string_view rdata) {
  Signature s;
  s.covers = Read16(rdata, 0);
  s.algorithm = Octet(rdata, 2);
  s.labels = Octet(rdata, 3);
  s.original_ttl = Read32(rdata, 4);
  s.expiration = Read32(rdata, 8);
  s.inception = Read32(rdata, 12);
  s.key_tag = Read16(rdata, 16);
  s.signer = rdata.substr(18, NameSize(rdata.substr(18)));
  s.signature = rdata.substr(18 + s.signer.size());
  return s;
}

uint16_t KeyTag(absl::string_view rdata) {
  // RSA/MD5 takes its tag from the modulus instead (appendix B.1).
  if (Octet(rdata, 3) == 1 && rdata.size() >= 7) return Read16(rdata, rdata.size() - 3);
  uint32_t sum = 0;
  for (size_t i = 0; i < rdata.size(); ++i) sum += i % 2 == 0 ? Octet(rdata, i) << 8 : Octet(rdata, i);
  return static_cast<uint16_t>(sum + (sum >> 16));
}

ZoneKey ReadKey(absl::string_view rdata, uint32_t record) {
  return {record, Read16(rdata, 0), Octet(rdata, 2), Octet(rdata, 3), KeyTag(rdata), rdata.substr(4), rdata};
}

std::optional<SignedZone> ReadSignedZone(const CheckedZone& zone, const SignedZoneOptions& options) {
  const snapshot::ZoneTree::RRset* const rrset = zone.tree.FindRRset(0, dns::rr_type::kDNSKEY);
  if (rrset == nullptr) return std::nullopt;
  SignedZone out{zone, options, {}, {}};
  for (const uint32_t number : rrset->records) {
    const ZoneKey key = ReadKey(zone.record(number).rdata(), number);
    const auto same = [&](const ZoneKey& other) { return other.rdata == key.rdata; };
    if (std::any_of(out.keys.begin(), out.keys.end(), same)) continue;
    out.keys.push_back(key);
    if (key.IsForZone()) out.algorithms.push_back(key.algorithm);
  }
  std::sort(out.algorithms.begin(), out.algorithms.end());
  out.algorithms.erase(std::unique(out.algorithms.begin(), out.algorithms.end()), out.algorithms.end());
  return out;
}

bool IsSignedData(const snapshot::ZoneTree& tree, const snapshot::ZoneTree::RRset& rrset) {
  if (rrset.type == dns::rr_type::kRRSIG || !OwnsName(tree, rrset.node)) return false;
  return tree.nodes()[rrset.node].cut == snapshot::kNone || rrset.type == dns::rr_type::kDS ||
         rrset.type == dns::rr_type::kNSEC;
}

int SignedLabels(absl::string_view wire) {
  int labels = wire.size() > 2 && wire[0] == 1 && wire[1] == '*' ? -1 : 0;
  for (size_t at = 0; wire[at] != 0; at += 1 + Octet(wire, at)) ++labels;
  return labels;
}

std::string AlgorithmText(uint8_t algorithm) {
  const std::string text = dns::DnssecAlgorithmToText(algorithm);
  return text == absl::StrCat(algorithm) ? text : absl::StrCat(text, " (", algorithm, ")");
}

}  // namespace strata::zonec
