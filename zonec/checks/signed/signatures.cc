// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/signed/signatures.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "dns/name.h"
#include "dns/rr_type.h"
#include "dns/text/time_text.h"
#include "zonec/checks/signed/repeated_finding.h"

namespace strata::zonec {
namespace {

using snapshot::ZoneTree;

// RFC 1982, as RFC 4034 §3.1.5 asks for.
bool IsBefore(uint32_t a, uint32_t b) { return static_cast<int32_t>(a - b) < 0; }

std::string TimeText(uint32_t time) {
  std::string out;
  dns::AppendTimeText(time, &out);
  return out;
}

class Walk {
 public:
  Walk(const SignedZone& zone, Diagnostics* diagnostics)
      : zone_(zone), tree_(zone.checked.tree), diagnostics_(diagnostics) {
    for (const ZoneTree::RRset& rrset : tree_.rrsets()) {
      if (rrset.type != dns::rr_type::kRRSIG) continue;
      any_ = true;
      for (const uint32_t record : rrset.records) used_[static_cast<uint8_t>(Rdata(record)[2])] = true;
    }
    for (const uint8_t algorithm : zone.algorithms) {
      if (used_[algorithm]) wanted_.push_back(algorithm);
    }
  }

  void Run() {
    if (!any_) {
      diagnostics_->Error(KeysPosition(), "zone-unsigned", "the zone has keys but not one signature");
      return;
    }
    for (const uint8_t algorithm : zone_.algorithms) {
      if (used_[algorithm]) continue;
      diagnostics_->Error(KeysPosition(), "algorithm-unused",
                          absl::StrCat("there is a key of algorithm ", AlgorithmText(algorithm),
                                       " but not one signature, and a zone is signed with each of its algorithms"));
    }
    for (ZoneTree::NodeId node = 0; node < tree_.nodes().size(); ++node) VisitNode(node);
    CheckKeySet();
    repeated_.Report(diagnostics_);
  }

 private:
  absl::string_view Rdata(uint32_t record) const { return zone_.checked.record(record).rdata(); }
  Position KeysPosition() const { return zone_.checked.position(zone_.keys.front().record); }
  std::string Text(const ZoneTree::RRset& rrset) const {
    return NameAndType(tree_.nodes()[rrset.node].name, rrset.type == dns::rr_type::kRRSIG ? rrset.covers : rrset.type);
  }

  void VisitNode(ZoneTree::NodeId node) {
    const auto rrsets = tree_.RRsetsOf(node);
    for (const ZoneTree::RRset& rrset : rrsets) {
      if (rrset.type == dns::rr_type::kRRSIG) {
        CheckCovered(rrset);
        for (const uint32_t record : rrset.records) CheckFields(rrset, record);
      } else if (IsSignedData(tree_, rrset)) {
        CheckPresent(rrset);
      }
    }
  }

  const ZoneTree::RRset* SignaturesOf(const ZoneTree::RRset& rrset) const {
    for (const ZoneTree::RRset& other : tree_.RRsetsOf(rrset.node)) {
      if (other.type == dns::rr_type::kRRSIG && other.covers == rrset.type) return &other;
    }
    return nullptr;
  }

  bool HasSignature(const ZoneTree::RRset* signatures, uint8_t algorithm) const {
    if (signatures == nullptr) return false;
    for (const uint32_t record : signatures->records) {
      if (static_cast<uint8_t>(Rdata(record)[2]) == algorithm) return true;
    }
    return false;
  }

  void CheckPresent(const ZoneTree::RRset& rrset) {
    const ZoneTree::RRset* const signatures = SignaturesOf(rrset);
    if (signatures == nullptr) {
      diagnostics_->Error(zone_.checked.position(rrset), "signature-missing",
                          absl::StrCat(Text(rrset), " has no signature"));
      return;
    }
    for (const uint8_t algorithm : wanted_) {
      if (HasSignature(signatures, algorithm)) continue;
      diagnostics_->Error(zone_.checked.position(rrset), "signature-missing",
                          absl::StrCat(Text(rrset), " has no signature of algorithm ", AlgorithmText(algorithm)));
    }
  }

  void CheckCovered(const ZoneTree::RRset& signatures) {
    const ZoneTree::RRset* const covered = tree_.FindRRset(signatures.node, signatures.covers);
    if (covered != nullptr && IsSignedData(tree_, *covered)) return;
    const absl::string_view why = covered == nullptr                      ? "which does not exist"
                                  : covered->type == dns::rr_type::kRRSIG ? "and signatures are not signed"
                                                                          : "for which the zone is not authoritative";
    diagnostics_->Error(zone_.checked.position(signatures), "signature-stray",
                        absl::StrCat("a signature of ", Text(signatures), ", ", why));
  }

  void CheckFields(const ZoneTree::RRset& rrset, uint32_t record) {
    const Signature s = ReadSignature(Rdata(record));
    const Position position = zone_.checked.position(record);
    if (dns::ToLowerAscii(s.signer) != tree_.nodes()[0].name) {
      diagnostics_->Error(position, "signature-signer",
                          absl::StrCat("the signature of ", Text(rrset), " says that ", dns::WireNameToText(s.signer),
                                       " signed it, which is not the zone"));
    }
    const int labels = SignedLabels(tree_.nodes()[rrset.node].name);
    if (s.labels != labels) {
      diagnostics_->Error(
          position, "signature-labels",
          absl::StrCat("the signature of ", Text(rrset), " is for ", s.labels, " labels, where the name has ", labels));
    }
    CheckTtl(rrset, s, position);
    CheckTimes(rrset, s, position);
    CheckKey(s, position);
  }

  // A resolver takes the smaller of the two (RFC 4035 §5.3.3), so it is no more than untidy.
  void CheckTtl(const ZoneTree::RRset& rrset, const Signature& s, Position position) {
    const ZoneTree::RRset* const covered = tree_.FindRRset(rrset.node, rrset.covers);
    if (covered == nullptr) return;
    const uint32_t ttl = zone_.checked.record(covered->records[0]).ttl;
    if (ttl == s.original_ttl) return;
    repeated_.Add(Severity::kWarning, position, "signature-ttl", 0, [&] {
      return absl::StrCat("the signature of ", Text(rrset), " is for a TTL of ", s.original_ttl, ", which is ", ttl);
    });
  }

  void CheckTimes(const ZoneTree::RRset& rrset, const Signature& s, Position position) {
    if (!zone_.options.time) return;
    const uint32_t now = *zone_.options.time;
    const auto add = [&](Severity severity, absl::string_view check, absl::string_view verb, uint32_t time) {
      repeated_.Add(severity, position, check, 0,
                    [&] { return absl::StrCat("the signature of ", Text(rrset), " ", verb, " ", TimeText(time)); });
    };
    if (IsBefore(s.expiration, s.inception)) {
      add(Severity::kError, "signature-expired", "expires before it is valid: at", s.expiration);
    } else if (IsBefore(s.expiration, now)) {
      add(Severity::kError, "signature-expired", "expired at", s.expiration);
    } else if (IsBefore(now, s.inception)) {
      add(Severity::kError, "signature-not-yet-valid", "is not valid before", s.inception);
    } else if (s.expiration - now < zone_.options.expiring_within) {
      add(Severity::kWarning, "signature-expiring", "expires soon: at", s.expiration);
    }
  }

  void CheckKey(const Signature& s, Position position) {
    for (const ZoneKey& key : zone_.keys) {
      if (key.tag == s.key_tag && key.algorithm == s.algorithm && key.IsForZone()) return;
    }
    repeated_.Add(Severity::kError, position, "signature-key-unknown", s.algorithm << 16 | s.key_tag, [&] {
      return absl::StrCat("a signature by key ", s.key_tag, " of algorithm ", AlgorithmText(s.algorithm),
                          ", which is none of the zone's DNSKEYs");
    });
  }

  // The parent refers to a key by its digest, and that key must vouch for the others.
  void CheckKeySet() {
    const ZoneTree::RRset& keys = *tree_.FindRRset(0, dns::rr_type::kDNSKEY);
    const ZoneTree::RRset* const signatures = SignaturesOf(keys);
    if (signatures == nullptr) return;  // said already
    bool has_sep = false;
    for (const ZoneKey& key : zone_.keys) {
      if (!key.IsForZone() || (key.flags & kSepFlag) == 0 || (key.flags & kRevokeFlag) != 0) continue;
      has_sep = true;
      for (const uint32_t record : signatures->records) {
        const Signature s = ReadSignature(Rdata(record));
        if (s.key_tag == key.tag && s.algorithm == key.algorithm) return;
      }
    }
    if (!has_sep) return;  // dnskey-no-sep
    diagnostics_->Error(zone_.checked.position(keys), "dnskey-unsigned",
                        "no key with the SEP flag signs the DNSKEY records");
  }

  const SignedZone& zone_;
  const ZoneTree& tree_;
  Diagnostics* const diagnostics_;
  RepeatedFindings repeated_;
  std::array<bool, 256> used_ = {};
  bool any_ = false;
  std::vector<uint8_t> wanted_;  // algorithms that each RRset should be signed with
};

}  // namespace

void CheckSignatures(const SignedZone& zone, Diagnostics* diagnostics) { Walk(zone, diagnostics).Run(); }

}  // namespace strata::zonec
