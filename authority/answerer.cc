// SPDX-License-Identifier: Apache-2.0
#include "authority/answerer.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "authority/answer_writer.h"
#include "authority/denial_proofs.h"
#include "authority/zone_lookup.h"
#include "dns/header.h"
#include "dns/name.h"
#include "dns/rr_type.h"

namespace strata::authority {
namespace {

using snapshot::kNone;
using snapshot::NodeEntry;
using snapshot::NodeId;
using snapshot::RRsetView;
using snapshot::SnapshotReader;
using Section = AnswerWriter::Section;

namespace rr = dns::rr_type;

// Big-endian, at the end of SOA RDATA.
uint32_t SoaMinimum(absl::string_view rdata) {
  if (rdata.size() < 4) return 0;
  const absl::string_view field = rdata.substr(rdata.size() - 4);
  return static_cast<uint32_t>(dns::GetU16(field, 0)) << 16 | dns::GetU16(field, 2);
}

dns::ZoneVersion VersionOf(const SnapshotReader& zone) {
  const int labels = dns::LookupName(zone.origin()).label_count();
  return {static_cast<uint8_t>(labels), zone.serial()};
}

// One question on its way through the zones.
class AnswerRun {
 public:
  AnswerRun(const ZoneCatalog& catalog, const Question& question, char* buffer)
      : catalog_(catalog),
        question_(question),
        name_(question.name),
        out_(*question.name, question.type, question.rr_class, std::min<size_t>(question.max_size, 65535), buffer) {}

  AnswerOutcome Run(size_t* size, std::optional<dns::ZoneVersion>* version) {
    const Zone* zone = FindZone();
    if (zone == nullptr) return AnswerOutcome::kNotOurs;
    const SnapshotReader& first = zone->reader;
    while (zone != nullptr) {
      // Here, because a search of damaged tables may be long; and in the end, because what was read may be damaged by
      // then.
      if (zone->storage->damaged()) return AnswerOutcome::kDamaged;
      zone_ = &zone->reader;
      asked_[asked_count_++] = zone->storage.get();
      const bool alias = Step();
      // Step 3a: an alias starts the search again with its target.
      zone = alias ? FindZone() : nullptr;
    }
    WriteAuthority();
    WriteAdditional();
    if (AnyDamaged()) return AnswerOutcome::kDamaged;
    const bool too_costly = proofs_.too_costly();
    if (too_costly) {
      out_.Fail(dns::rcode::kServFail);
    } else if (out_.ok()) {
      out_.Finish(flags_);
    } else {
      out_.Truncate(flags_);
    }
    *size = out_.size();
    if (too_costly) return AnswerOutcome::kTooCostly;
    if (version != nullptr) *version = VersionOf(first);
    return AnswerOutcome::kAnswered;
  }

 private:
  // Step 2: the zone to ask for `name_`. The DS records of a zone's apex are asked of the parent, unless what is served
  // above the apex is not the parent but an ancestor that delegates to it (RFC 4035 §3.1.4.1).
  const Zone* FindZone() const {
    const Zone* zone = catalog_.Find(*name_);
    if (zone == nullptr) return nullptr;
    if (question_.type == rr::kDS && name_->label_count() > 0 && zone->reader.origin() == name_->wire()) {
      const Zone* above = catalog_.Find(*name_, 1);
      if (above != nullptr && above->reader.rr_class() == question_.rr_class &&
          LookupInZone(above->reader, *name_, rr::kDS).kind != LookupKind::kDelegation) {
        zone = above;
      }
    }
    return zone->reader.rr_class() == question_.rr_class ? zone : nullptr;
  }

  bool AnyDamaged() const {
    return std::any_of(asked_, asked_ + asked_count_, [](const ZoneOctets* octets) { return octets->damaged(); });
  }

  // Answers for `name_` in `zone_`, but for the sections behind the answer. True when that was an alias and `name_` is
  // now its target.
  bool Step() {
    found_ = LookupInZone(*zone_, *name_, question_.type);
    if (found_.node == kNone) return false;
    node_ = zone_->node(found_.node);
    ending_ = Ending::kNone;
    if (found_.kind != LookupKind::kDelegation && alias_count_ == 0) flags_ |= dns::kAa;
    switch (found_.kind) {
      case LookupKind::kAnswer:
        WriteAnswer();
        ProveWildcard();
        return false;
      case LookupKind::kCname:
        ProveWildcard();
        return FollowCname();
      case LookupKind::kDname:
        return FollowDname();
      case LookupKind::kDelegation:
        ending_ = Ending::kReferral;
        return false;
      case LookupKind::kNxDomain:
        flags_ |= dns::rcode::kNXDomain;
        ending_ = Ending::kNegative;
        if (question_.dnssec_ok) proofs_.NameError(*zone_, *name_, LabelsAbove(node_));
        return false;
      case LookupKind::kNoData:
        ending_ = Ending::kNegative;
        ProveNoData();
        return false;
    }
    return false;
  }

  // Labels of `name_` in front of an ancestor's name, or of its own.
  int LabelsAbove(const NodeEntry& ancestor) const {
    int labels = 0;
    while (labels < name_->label_count() && name_->Suffix(labels).size() > ancestor.name_size) ++labels;
    return labels;
  }

  // In front of the name above the wildcard `node_`.
  int LabelsAboveWildcard() const {
    return node_.parent < zone_->node_count() ? LabelsAbove(zone_->node(node_.parent)) : 0;
  }

  void ProveWildcard() {
    if (question_.dnssec_ok && found_.from_wildcard) proofs_.WildcardAnswer(*zone_, *name_, LabelsAboveWildcard());
  }

  void ProveNoData() {
    if (!question_.dnssec_ok) return;
    if (found_.from_wildcard) {
      proofs_.WildcardNoData(*zone_, *name_, LabelsAboveWildcard());
    } else {
      proofs_.NoData(*zone_, *name_);
    }
  }

  // With its signatures, when the client asks for them.
  void WriteSigned(const SnapshotReader& zone, absl::string_view owner, const RRsetView& rrset,
                   std::optional<uint32_t> ttl = std::nullopt) {
    out_.WriteRRset(owner, zone.rr_class(), rrset, ttl);
    if (question_.dnssec_ok && rrset.signatures != kNone) {
      out_.WriteRRset(owner, zone.rr_class(), zone.RRset(rrset.signatures), ttl);
    }
  }

  void WriteAnswer() {
    out_.Begin(Section::kAnswer);
    for (uint32_t i = 0; i < node_.rrset_count; ++i) {
      const RRsetView rrset = zone_->RRset(node_.first_rrset + i);
      if (question_.type != rr::kANY && rrset.type != question_.type) continue;
      if (rrset.type == rr::kDNAME && !found_.from_wildcard && !FirstMeeting(found_.node)) continue;
      if (question_.type == rr::kANY && !question_.minimal_any) {
        out_.WriteRRset(name_->wire(), zone_->rr_class(), rrset);  // signatures come as RRsets of their own
        continue;
      }
      WriteSigned(*zone_, name_->wire(), rrset);
      if (question_.type == rr::kANY) return;
      // An alias that is asked for itself leads nowhere (RFC 1035 §3.3.1).
      if (question_.type != rr::kCNAME && rrset.first_target != kNone) {
        with_targets_ = rrset;
        ending_ = Ending::kTargets;
      }
    }
  }

  void WriteAuthority() {
    if (ending_ == Ending::kNegative) WriteNegative();
    if (ending_ == Ending::kReferral) WriteReferral();
    if (proofs_.proofs().empty()) return;
    out_.Begin(Section::kAuthority);
    for (const DenialProofs::Proof& proof : proofs_.proofs()) {
      const NodeEntry node = proof.zone->node(proof.node);
      const std::optional<RRsetView> rrset =
          proof.zone->FindRRset(node, proof.zone->denial() == snapshot::Denial::kNsec ? rr::kNSEC : rr::kNSEC3);
      if (rrset.has_value()) WriteSigned(*proof.zone, proof.zone->NodeName(node), *rrset);
    }
  }

  void WriteAdditional() {
    if (ending_ == Ending::kTargets) WriteTargetAddresses(*with_targets_);
    if (ending_ == Ending::kReferral) WriteGlue();
  }

  // Additional section processing (RFC 1035 §3.3, RFC 2782): the addresses of what the answer names, of this zone's own
  // data.
  void WriteTargetAddresses(const RRsetView& rrset) {
    out_.Begin(Section::kAdditional);
    for (int i = 0; i < rrset.rdata_count; ++i) {
      const NodeId target = zone_->Target(rrset, i);
      if (target == kNone) continue;
      const NodeEntry node = zone_->node(target);
      if (node.cut != kNone || (node.flags & snapshot::kBelowDname) != 0 || !FirstMention(target)) continue;
      WriteAddresses(node);
    }
  }

  // Several records may name one host. Past the bound the addresses are left out; RRsets of that many targets are
  // truncated anyway.
  bool FirstMention(NodeId target) {
    NodeId* const end = addressed_ + addressed_count_;
    if (std::find(addressed_, end, target) != end || end == std::end(addressed_)) return false;
    *end = target;
    ++addressed_count_;
    return true;
  }

  // False when something did not fit; the rest is written all the same.
  bool WriteAddresses(const NodeEntry& node) {
    bool fits = true;
    for (const uint16_t type : {rr::kA, rr::kAAAA}) {
      const std::optional<RRsetView> addresses = zone_->FindRRset(node, type);
      if (!addresses.has_value()) continue;
      const bool written = out_.TryWriteRRset(zone_->NodeName(node), zone_->rr_class(), *addresses);
      // Signatures for which there is no room are left out (RFC 4035 §3.1.1).
      if (written && question_.dnssec_ok && addresses->signatures != kNone) {
        out_.TryWriteRRset(zone_->NodeName(node), zone_->rr_class(), zone_->RRset(addresses->signatures));
      }
      fits = written && fits;
    }
    return fits;
  }

  bool FollowCname() {
    const std::optional<RRsetView> cname = zone_->FindRRset(node_, rr::kCNAME);
    if (!cname.has_value()) return false;
    snapshot::RdataCursor rdata(*cname);
    if (!rdata.Next() || dns::WireNameSize(rdata.value()) != rdata.value().size()) return false;
    out_.Begin(Section::kAnswer);
    WriteSigned(*zone_, name_->wire(), *cname);
    return Continue(rdata.value());
  }

  // A chain of aliases may come to one DNAME by several names; its records stand in the answer once.
  bool FirstMeeting(NodeId dname) {
    const MetNode met{zone_, dname};
    const auto same = [&](const auto& other) { return other.zone == met.zone && other.node == met.node; };
    if (std::any_of(dnames_, dnames_ + dname_count_, same)) return false;
    dnames_[dname_count_++] = met;
    return true;
  }

  // RFC 6672 §3.2: the DNAME goes into the answer with a CNAME made of it.
  bool FollowDname() {
    const std::optional<RRsetView> dname = zone_->FindRRset(node_, rr::kDNAME);
    if (!dname.has_value()) return false;
    snapshot::RdataCursor rdata(*dname);
    if (!rdata.Next() || dns::WireNameSize(rdata.value()) != rdata.value().size()) return false;
    out_.Begin(Section::kAnswer);
    if (FirstMeeting(found_.node)) WriteSigned(*zone_, zone_->NodeName(node_), *dname);
    const absl::string_view old_name = name_->wire();
    const absl::string_view prefix = old_name.substr(0, old_name.size() - node_.name_size);
    if (prefix.size() + rdata.value().size() > dns::kMaxNameSize) {
      flags_ |= dns::rcode::kYXDomain;
      return false;
    }
    char target[dns::kMaxNameSize];
    std::copy(prefix.begin(), prefix.end(), target);
    std::copy(rdata.value().begin(), rdata.value().end(), target + prefix.size());
    const absl::string_view target_name(target, prefix.size() + rdata.value().size());
    out_.WriteCname(old_name, zone_->rr_class(), dname->ttl, target_name);
    // Who asks for the alias itself has it, as at a CNAME that the zone holds.
    if (question_.type == rr::kCNAME) return false;
    return Continue(target_name);
  }

  bool Continue(absl::string_view target) {
    visited_[alias_count_++] = name_->Hash();
    alias_target_.Assign(target);
    name_ = &alias_target_;
    // A loop ends where it closes: all its records are in the answer by then.
    uint64_t* const end = visited_ + alias_count_;
    return std::find(visited_, end, name_->Hash()) == end && alias_count_ < kMaxAliasSteps;
  }

  // Step 3b, with what says whether the zone below is signed (RFC 4035 §3.1.4).
  void WriteReferral() {
    const std::optional<RRsetView> ns = zone_->FindRRset(node_, rr::kNS);
    if (!ns.has_value()) return;
    const absl::string_view owner = zone_->NodeName(node_);
    out_.Begin(Section::kAuthority);
    out_.WriteRRset(owner, zone_->rr_class(), *ns);
    if (!question_.dnssec_ok || zone_->denial() == snapshot::Denial::kNone) return;  // who verifies nothing needs no DS
    const std::optional<RRsetView> ds = zone_->FindRRset(node_, rr::kDS);
    if (ds.has_value()) {
      WriteSigned(*zone_, owner, *ds);
    } else {
      proofs_.NoData(*zone_, *name_, LabelsAbove(node_));
    }
  }

  // Glue below the cut is required (RFC 9471 §3): without it the answer is truncated. Other addresses are a courtesy.
  void WriteGlue() {
    const std::optional<RRsetView> ns = zone_->FindRRset(node_, rr::kNS);
    if (!ns.has_value()) return;
    out_.Begin(Section::kAdditional);
    for (const bool required : {true, false}) {
      for (int i = 0; i < ns->rdata_count; ++i) {
        const NodeId target = zone_->Target(*ns, i);
        if (target == kNone) continue;
        const NodeEntry target_node = zone_->node(target);
        if ((target_node.cut == found_.node) != required) continue;
        if ((target_node.flags & snapshot::kBelowDname) != 0) continue;
        // No host is named twice: records of one RRset differ, and these are nothing but the name.
        if (!WriteAddresses(target_node) && required) flags_ |= dns::kTc;
      }
    }
  }

  // RFC 2308 §3: the SOA, for as long as the negative answer may be kept.
  void WriteNegative() {
    const NodeEntry apex = zone_->node(0);
    const std::optional<RRsetView> soa = zone_->FindRRset(apex, rr::kSOA);
    if (!soa.has_value()) return;
    snapshot::RdataCursor rdata(*soa);
    if (!rdata.Next()) return;
    out_.Begin(Section::kAuthority);
    WriteSigned(*zone_, zone_->NodeName(apex), *soa, std::min(soa->ttl, SoaMinimum(rdata.value())));
  }

  const ZoneCatalog& catalog_;
  const Question& question_;
  const dns::LookupName* name_;  // the name asked, or the target of the last alias
  dns::LookupName alias_target_;
  // What the last step found: in which zone, and what is due behind the answer section.
  enum class Ending { kNone, kTargets, kNegative, kReferral };
  const SnapshotReader* zone_ = nullptr;
  LookupResult found_;
  NodeEntry node_{};
  Ending ending_ = Ending::kNone;
  std::optional<RRsetView> with_targets_;
  DenialProofs proofs_;
  AnswerWriter out_;
  uint16_t flags_ = 0;
  // DNAMEs in the answer section.
  struct MetNode {
    const SnapshotReader* zone;
    NodeId node;
  };
  int dname_count_ = 0;
  MetNode dnames_[kMaxAliasSteps + 1];
  // Of each step.
  int asked_count_ = 0;
  const ZoneOctets* asked_[kMaxAliasSteps + 1];
  // Aliases in the answer section, by the hashes of their owners.
  int alias_count_ = 0;
  uint64_t visited_[kMaxAliasSteps];
  // Nodes whose addresses stand in the additional section already.
  int addressed_count_ = 0;
  NodeId addressed_[32];
};

}  // namespace

AnswerOutcome AnswerQuestion(const ZoneCatalog& catalog, const Question& question, char* buffer, size_t* size,
                             std::optional<dns::ZoneVersion>* version) {
  return AnswerRun(catalog, question, buffer).Run(size, version);
}

}  // namespace strata::authority
