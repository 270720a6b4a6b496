// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/signed/nsec3_chain.h"

#include <algorithm>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "dns/name.h"
#include "dns/rr_type.h"
#include "dns/text/base_encoding.h"
#include "zonec/checks/signed/type_list.h"
#include "zonec/snapshot/nsec3_hash.h"

namespace strata::zonec {
namespace {

using snapshot::ZoneTree;

// What NSEC3 and NSEC3PARAM begin with (RFC 5155 §3.2, §4.2).
struct Parameters {
  uint8_t hash_algorithm;
  uint8_t flags;
  uint16_t iterations;
  absl::string_view salt;
  absl::string_view rest;

  bool IsSameChain(const Parameters& other) const {
    return hash_algorithm == other.hash_algorithm && iterations == other.iterations && salt == other.salt;
  }
};

Parameters ReadParameters(absl::string_view rdata) {
  const auto octet = [&](size_t at) { return static_cast<uint8_t>(rdata[at]); };
  return {octet(0), octet(1), static_cast<uint16_t>(octet(2) << 8 | octet(3)), rdata.substr(5, octet(4)),
          rdata.substr(5 + octet(4))};
}

struct Link {
  snapshot::Nsec3Hash hash;
  uint32_t record;
  snapshot::Nsec3Hash next;
  bool opt_out;
  absl::string_view bitmap;
};

struct HashedName {
  snapshot::Nsec3Hash hash;
  ZoneTree::NodeId node;
};

std::string HashText(const snapshot::Nsec3Hash& hash) {
  std::string out;
  dns::AppendBaseEncoded(dns::BaseEncoding::kBase32Hex,
                         absl::string_view(reinterpret_cast<const char*>(hash.data()), hash.size()), &out);
  return out;
}

// How much a name needs an NSEC3 record.
enum class Need : uint8_t { kNone, kUnlessOptOut, kAlways };

// Of each node. Empty non-terminals need what the names below them do.
std::vector<Need> Needs(const ZoneTree& tree) {
  std::vector<Need> needs(tree.nodes().size(), Need::kNone);
  for (size_t i = needs.size(); i-- > 0;) {
    const auto node = static_cast<ZoneTree::NodeId>(i);
    if (!OwnsName(tree, node)) continue;
    if (tree.nodes()[node].cut == node) {
      needs[i] = tree.FindRRset(node, dns::rr_type::kDS) != nullptr ? Need::kAlways : Need::kUnlessOptOut;
    } else {
      for (const ZoneTree::RRset& rrset : tree.RRsetsOf(node)) {
        if (rrset.type != dns::rr_type::kNSEC3 && rrset.type != dns::rr_type::kRRSIG) needs[i] = Need::kAlways;
      }
    }
    if (i > 0) needs[tree.nodes()[i].parent] = std::max(needs[tree.nodes()[i].parent], needs[i]);
  }
  return needs;
}

class Chain {
 public:
  Chain(const SignedZone& zone, const Parameters& parameters, Position position, Diagnostics* diagnostics)
      : zone_(zone.checked),
        tree_(zone.checked.tree),
        parameters_(parameters),
        position_(position),
        diagnostics_(diagnostics) {}

  void Run(const std::vector<Need>& needs) {
    ReadLinks();
    if (links_.empty()) {
      diagnostics_->Error(position_, "nsec3-param", "no NSEC3 record has the parameters of this NSEC3PARAM record");
      return;
    }
    CheckClosed();
    const snapshot::Nsec3Parameters hashing{parameters_.iterations, parameters_.salt};
    for (size_t i = 0; i < needs.size(); ++i) {
      if (needs[i] == Need::kNone) continue;
      names_.push_back({snapshot::HashForNsec3(tree_.nodes()[i].name, hashing), static_cast<ZoneTree::NodeId>(i)});
    }
    std::sort(names_.begin(), names_.end(), [](const HashedName& a, const HashedName& b) { return a.hash < b.hash; });
    Match(needs);
  }

 private:
  void ReadLinks() {
    for (const ZoneTree::RRset& rrset : tree_.rrsets()) {
      if (rrset.type != dns::rr_type::kNSEC3) continue;
      const absl::string_view name = tree_.nodes()[rrset.node].name;
      for (const uint32_t record : rrset.records) {
        const Parameters p = ReadParameters(zone_.record(record).rdata());
        if (!p.IsSameChain(parameters_)) continue;
        Link link{{}, record, {}, (p.flags & 1) != 0, {}};
        std::string hash;
        const auto label = name.substr(1, static_cast<uint8_t>(name[0]));
        if (tree_.nodes()[rrset.node].parent != 0 || dns::DecodeBase(dns::BaseEncoding::kBase32Hex, label, &hash) ||
            hash.size() != link.hash.size() || static_cast<uint8_t>(p.rest[0]) != link.next.size()) {
          diagnostics_->Error(zone_.position(record), "nsec3-stray",
                              absl::StrCat("the owner or the next name of the NSEC3 record of ",
                                           dns::WireNameToText(name), " is no SHA-1 hash below the apex"));
          continue;
        }
        std::memcpy(link.hash.data(), hash.data(), hash.size());
        std::memcpy(link.next.data(), p.rest.data() + 1, link.next.size());
        link.bitmap = p.rest.substr(1 + link.next.size());
        links_.push_back(link);
      }
    }
    std::stable_sort(links_.begin(), links_.end(), [](const Link& a, const Link& b) { return a.hash < b.hash; });
  }

  void CheckClosed() {
    for (size_t i = 0; i < links_.size(); ++i) {
      const Link& link = links_[i];
      size_t behind = (i + 1) % links_.size();
      // The same record twice is one link.
      while (behind != i && links_[behind].hash == link.hash) behind = (behind + 1) % links_.size();
      if (link.next == links_[behind].hash) continue;
      diagnostics_->Error(zone_.position(link.record), "nsec3-chain",
                          absl::StrCat("the NSEC3 record of ", HashText(link.hash), " leads to ", HashText(link.next),
                                       ", but the next one is that of ", HashText(links_[behind].hash)));
    }
  }

  // Both are in order.
  void Match(const std::vector<Need>& needs) {
    size_t next_name = 0;
    for (size_t i = 0; i < links_.size(); ++i) {
      const Link& link = links_[i];
      while (next_name < names_.size() && names_[next_name].hash < link.hash) {
        CheckCovered(names_[next_name], links_[i == 0 ? links_.size() - 1 : i - 1], needs);
        ++next_name;
      }
      if (next_name == names_.size() || names_[next_name].hash != link.hash) {
        diagnostics_->Error(zone_.position(link.record), "nsec3-stray",
                            absl::StrCat("the NSEC3 record of ", HashText(link.hash),
                                         " is for no name of the zone that should have one"));
        continue;
      }
      CheckTypes(link, names_[next_name].node);
      // The same record again is for the same name.
      if (i + 1 == links_.size() || links_[i + 1].hash != link.hash) ++next_name;
    }
    for (; next_name < names_.size(); ++next_name) CheckCovered(names_[next_name], links_.back(), needs);
  }

  // The name has no NSEC3 record; `link` is the one before it.
  void CheckCovered(const HashedName& name, const Link& link, const std::vector<Need>& needs) {
    if (needs[name.node] == Need::kUnlessOptOut && link.opt_out) return;
    diagnostics_->Error(PositionOf(name.node), "nsec3-missing",
                        absl::StrCat(dns::WireNameToText(tree_.nodes()[name.node].name), " has no NSEC3 record (",
                                     HashText(name.hash), ")"));
  }

  // Of an empty non-terminal: of the first name below it.
  Position PositionOf(ZoneTree::NodeId node) const {
    while (tree_.RRsetsOf(node).empty()) ++node;
    return zone_.position(tree_.RRsetsOf(node)[0]);
  }

  void CheckTypes(const Link& link, ZoneTree::NodeId node) {
    const std::vector<uint16_t> expected = ExpectedTypes(tree_, node, /*nsec3=*/true);
    if (comparison_.Equal(link.bitmap, expected)) return;
    diagnostics_->Error(
        zone_.position(link.record), "nsec3-types",
        absl::StrCat("the NSEC3 record of ", dns::WireNameToText(tree_.nodes()[node].name),
                     " lists other types than the name has", TypeListDifference(link.bitmap, expected)));
  }

  const CheckedZone& zone_;
  const ZoneTree& tree_;
  const Parameters parameters_;
  const Position position_;
  Diagnostics* const diagnostics_;
  std::vector<Link> links_;
  std::vector<HashedName> names_;
  TypeListComparison comparison_;
};

// RFC 9276 §3.1.
void CheckParameters(const Parameters& p, Position position, Diagnostics* diagnostics) {
  if (p.iterations > kMaxIterations) {
    diagnostics->Error(position, "nsec3-iterations-excessive",
                       absl::StrCat(p.iterations, " additional iterations of NSEC3: validators give such zones up"));
  } else if (p.iterations > 0) {
    diagnostics->Warning(position, "nsec3-iterations",
                         absl::StrCat(p.iterations, " additional iterations of NSEC3, which protect nothing; use 0"));
  }
  if (!p.salt.empty()) {
    diagnostics->Warning(position, "nsec3-salt", "a salt of NSEC3, which protects nothing; use none");
  }
}

}  // namespace

void CheckNsec3Chains(const SignedZone& zone, Diagnostics* diagnostics) {
  const CheckedZone& checked = zone.checked;
  const ZoneTree::RRset* const rrset = checked.tree.FindRRset(0, dns::rr_type::kNSEC3PARAM);
  std::vector<Parameters> chains;
  std::vector<Need> needs;
  for (size_t i = 0; rrset != nullptr && i < rrset->records.size(); ++i) {
    const uint32_t record = rrset->records[i];
    const Parameters p = ReadParameters(checked.record(record).rdata());
    const auto same = [&](const Parameters& other) { return other.IsSameChain(p); };
    // Those with flags are a signer's notes (RFC 5155 §4.1.2).
    if (p.flags != 0 || std::any_of(chains.begin(), chains.end(), same)) continue;
    chains.push_back(p);
    CheckParameters(p, checked.position(record), diagnostics);
    if (p.hash_algorithm != 1) {
      diagnostics->Error(checked.position(record), "nsec3-param",
                         absl::StrCat("NSEC3 with hash algorithm ", p.hash_algorithm, ", which nobody knows"));
      continue;
    }
    if (needs.empty()) needs = Needs(checked.tree);
    Chain(zone, p, checked.position(record), diagnostics).Run(needs);
  }
  for (const ZoneTree::RRset& other : checked.tree.rrsets()) {
    if (other.type != dns::rr_type::kNSEC3) continue;
    const Parameters p = ReadParameters(checked.record(other.records[0]).rdata());
    const auto same = [&](const Parameters& chain) { return chain.IsSameChain(p); };
    if (std::any_of(chains.begin(), chains.end(), same)) continue;
    chains.push_back(p);  // once
    diagnostics->Error(checked.position(other), "nsec3-param",
                       "no NSEC3PARAM record at the apex has the parameters of this NSEC3 record");
  }
}

}  // namespace strata::zonec
