// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/signed/keys.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "dns/rr_type.h"
#include "zonec/checks/signed/ds_digest.h"
#include "zonec/checks/signed/public_key.h"

namespace strata::zonec {
namespace {

using snapshot::ZoneTree;

// Of those that must not be signed with: RSA/MD5, DSA and GOST (RFC 8624 §3.1), SHA-1 (RFC 9905).
bool IsDeprecated(uint8_t algorithm) {
  return algorithm == 1 || algorithm == 3 || algorithm == 5 || algorithm == 6 || algorithm == 7 || algorithm == 12;
}

void CheckKey(const SignedZone& zone, const ZoneKey& key, Diagnostics* diagnostics) {
  const Position position = zone.checked.position(key.record);
  if (!key.IsForZone()) {
    diagnostics->Warning(position, "dnskey-not-for-zone",
                         absl::StrCat("key ", key.tag, " verifies nothing: its ",
                                      key.protocol != 3 ? absl::StrCat("protocol is ", key.protocol, ", not 3")
                                                        : "flags lack the zone key flag (256)"));
    return;
  }
  if ((key.flags & kRevokeFlag) != 0) {
    diagnostics->Warning(position, "dnskey-revoked", absl::StrCat("key ", key.tag, " is revoked"));
  }
  if (IsDeprecated(key.algorithm)) {
    diagnostics->Warning(position, "dnskey-algorithm",
                         absl::StrCat("key ", key.tag, " is of algorithm ", AlgorithmText(key.algorithm),
                                      ", with which zones must not be signed any more"));
  }
  const std::string defect = PublicKeyDefect(key.algorithm, key.public_key);
  if (!defect.empty()) {
    diagnostics->Error(position, "dnskey-malformed", absl::StrCat("key ", key.tag, " is unusable: ", defect));
  }
}

// RFC 8078 §4: the parent is asked to remove its DS records.
bool AsksForRemoval(uint16_t type, absl::string_view rdata) {
  return type == kCDS ? rdata.size() == 5 && rdata[2] == 0 : rdata.size() == 5 && rdata[3] == 0;
}

bool Matches(const SignedZone& zone, uint16_t type, absl::string_view rdata) {
  const absl::string_view apex = zone.checked.tree.nodes()[0].name;
  return std::any_of(zone.keys.begin(), zone.keys.end(), [&](const ZoneKey& key) {
    return type == kCDS ? RefersTo(rdata, key, apex) : rdata == key.rdata;
  });
}

// RFC 7344 §4.1: they are at the apex, and refer to keys of the zone.
void CheckForParent(const SignedZone& zone, uint16_t type, Diagnostics* diagnostics) {
  const absl::string_view type_name = type == kCDS ? "CDS" : "CDNSKEY";
  const ZoneTree::RRset* const rrset = zone.checked.tree.FindRRset(0, type);
  if (rrset == nullptr) return;
  for (const uint32_t record : rrset->records) {
    const absl::string_view rdata = zone.checked.record(record).rdata();
    if (AsksForRemoval(type, rdata) || Matches(zone, type, rdata)) continue;
    diagnostics->Error(zone.checked.position(record), "cds-mismatch",
                       absl::StrCat("the ", type_name, " record is for none of the zone's DNSKEYs"));
  }
}

}  // namespace

void CheckKeys(const SignedZone& zone, Diagnostics* diagnostics) {
  bool has_sep = false;
  for (const ZoneKey& key : zone.keys) {
    CheckKey(zone, key, diagnostics);
    has_sep = has_sep || (key.IsForZone() && (key.flags & kSepFlag) != 0);
  }
  if (!has_sep) {
    diagnostics->Warning(zone.checked.position(zone.keys.front().record), "dnskey-no-sep",
                         "no key has the SEP flag (1), which says which one the parent refers to");
  }
  CheckForParent(zone, kCDS, diagnostics);
  CheckForParent(zone, kCDNSKEY, diagnostics);
}

}  // namespace strata::zonec
