// What the checks of signed zones look at: the zone, its keys, and its signatures field by field.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_SIGNED_SIGNED_ZONE_H_
#define STRATA_ZONEC_CHECKS_SIGNED_SIGNED_ZONE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "zonec/checks/check.h"

namespace strata::zonec {

// A DS record of a parent zone, and where it was read.
struct ParentDs {
  Position position;
  std::string owner;  // wire form, lower case
  std::string rdata;
};

struct SignedZoneOptions {
  // Seconds since 1970 that signatures have to be valid at; none: their times are not looked at.
  std::optional<uint32_t> time;
  // Seconds within which an expiry is worth a warning: three days, in which a weekend passes.
  uint32_t expiring_within = 3 * 24 * 3600;
  // Whether signatures are verified by their keys, and not only read.
  bool verify = false;
  // The DS records that the parent has, for this zone and perhaps for others; nullopt: they are not known.
  std::optional<std::vector<ParentDs>> parent_ds = std::nullopt;
};

inline constexpr uint16_t kCDS = 59, kCDNSKEY = 60;

// Flags of a DNSKEY (RFC 4034 §2.1.1, RFC 5011 §7).
inline constexpr uint16_t kZoneKeyFlag = 0x100, kRevokeFlag = 0x80, kSepFlag = 1;

// A DNSKEY record of the apex. Its views are into the zone.
struct ZoneKey {
  uint32_t record = 0;
  uint16_t flags = 0;
  uint8_t protocol = 0;
  uint8_t algorithm = 0;
  uint16_t tag = 0;
  absl::string_view public_key;
  absl::string_view rdata;

  // Whether it may verify signatures of the zone (RFC 4034 §2.1.1 and §2.1.2).
  bool IsForZone() const { return (flags & kZoneKeyFlag) != 0 && protocol == 3; }
};

// The RDATA of an RRSIG (RFC 4034 §3.1).
struct Signature {
  uint16_t covers = 0;
  uint8_t algorithm = 0;
  uint8_t labels = 0;
  uint32_t original_ttl = 0;
  uint32_t expiration = 0;
  uint32_t inception = 0;
  uint16_t key_tag = 0;
  absl::string_view signer;     // wire form, in the case in which it was written
  absl::string_view signature;  // the octets
};

// REQUIRES: valid RDATA, which the result refers to.
Signature ReadSignature(absl::string_view rdata);
ZoneKey ReadKey(absl::string_view rdata, uint32_t record);
// RFC 4034 appendix B.
uint16_t KeyTag(absl::string_view dnskey_rdata);

struct SignedZone {
  const CheckedZone& checked;
  const SignedZoneOptions& options;
  std::vector<ZoneKey> keys;  // in the order of the text

  // The algorithms of the keys that are for the zone, ascending.
  std::vector<uint8_t> algorithms;
};

// nullopt when the apex owns no DNSKEY. The arguments must outlive the result.
std::optional<SignedZone> ReadSignedZone(const CheckedZone& zone, const SignedZoneOptions& options);

// Whether the zone is authoritative for the name: not below a delegation or a DNAME. Delegation points are.
inline bool OwnsName(const snapshot::ZoneTree& tree, snapshot::ZoneTree::NodeId node) {
  const snapshot::ZoneTree::Node& n = tree.nodes()[node];
  return n.cut == snapshot::kNone ? n.dname_above == snapshot::kNone : n.cut == node;
}
// Whether the zone signs such an RRset there (RFC 4035 §2.2).
bool IsSignedData(const snapshot::ZoneTree& tree, const snapshot::ZoneTree::RRset& rrset);

// Labels without the root and a leading asterisk (RFC 4034 §3.1.3).
int SignedLabels(absl::string_view wire_name);

// "ECDSAP256SHA256 (13)"
std::string AlgorithmText(uint8_t algorithm);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_SIGNED_SIGNED_ZONE_H_
