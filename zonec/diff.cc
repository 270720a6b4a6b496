// SPDX-License-Identifier: Apache-2.0
#include "zonec/diff.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "dns/name.h"
#include "dns/rdata.h"
#include "dns/rr_type.h"

namespace strata::zonec {
namespace {

using snapshot::NodeEntry;
using snapshot::RdataCursor;
using snapshot::RRsetView;
using snapshot::SnapshotReader;

bool IsSingleton(uint16_t type) {
  return type == dns::rr_type::kSOA || type == dns::rr_type::kCNAME || type == dns::rr_type::kDNAME;
}

// The RRsets of a node, by type and type covered; the SOA's stands first.
std::vector<RRsetView> RRsetsOf(const SnapshotReader& zone, const NodeEntry& node) {
  std::vector<RRsetView> rrsets;
  for (uint32_t i = 0; i < node.rrset_count; ++i) rrsets.push_back(zone.RRset(node.first_rrset + i));
  std::stable_partition(rrsets.begin(), rrsets.end(),
                        [](const RRsetView& rrset) { return rrset.type == dns::rr_type::kSOA; });
  return rrsets;
}

// <0, 0, >0 in the order of RRsetsOf().
int Compare(const RRsetView& a, const RRsetView& b) {
  const auto key = [](const RRsetView& rrset) {
    return std::make_tuple(rrset.type != dns::rr_type::kSOA, rrset.type, rrset.covers);
  };
  return key(a) < key(b) ? -1 : key(b) < key(a);
}

std::vector<std::string> RdatasOf(const RRsetView& rrset) {
  std::vector<std::string> rdatas;
  for (RdataCursor rdata(rrset); rdata.Next();) rdatas.emplace_back(rdata.value());
  return rdatas;
}

// The SOA's RDATA without its serial.
std::string WithoutSerial(std::string rdata) {
  constexpr size_t kBehindNames = 5 * sizeof(uint32_t);
  return rdata.replace(rdata.size() - kBehindNames, sizeof(uint32_t), "");
}

// Steps through two versions side by side.
class ZoneDiff {
 public:
  ZoneDiff(const SnapshotReader& before, const SnapshotReader& after, const DiffOptions& options,
           absl::FunctionRef<void(const RecordChange&)> visit)
      : before_(before), after_(after), options_(options), visit_(visit) {}

  DiffCounts Run() {
    snapshot::NodeId i = 0;
    snapshot::NodeId j = 0;
    while (i < before_.node_count() || j < after_.node_count()) {
      const int order = CompareNodes(i, j);
      owner_ = *dns::Name::FromWire(order <= 0 ? before_.NodeName(before_.node(i)) : after_.NodeName(after_.node(j)));
      DiffNode(order <= 0 ? RRsetsOf(before_, before_.node(i++)) : std::vector<RRsetView>(),
               order >= 0 ? RRsetsOf(after_, after_.node(j++)) : std::vector<RRsetView>());
    }
    return counts_;
  }

 private:
  int CompareNodes(snapshot::NodeId i, snapshot::NodeId j) const {
    if (i == before_.node_count()) return 1;
    if (j == after_.node_count()) return -1;
    return dns::CompareCanonical(before_.NodeName(before_.node(i)), after_.NodeName(after_.node(j)));
  }

  void DiffNode(const std::vector<RRsetView>& before, const std::vector<RRsetView>& after) {
    static const RRsetView& none = *new RRsetView();
    for (size_t i = 0, j = 0; i < before.size() || j < after.size();) {
      const int order = i == before.size() ? 1 : j == after.size() ? -1 : Compare(before[i], after[j]);
      DiffRRset(order <= 0 ? before[i++] : none, order >= 0 ? after[j++] : none);
    }
  }

  // Either may be empty.
  void DiffRRset(const RRsetView& before, const RRsetView& after) {
    if (before.ttl == after.ttl && before.rdatas == after.rdatas) return;
    const std::vector<std::string> old_rdatas = RdatasOf(before);
    const std::vector<std::string> new_rdatas = RdatasOf(after);
    const uint16_t type = old_rdatas.empty() ? after.type : before.type;
    const bool one_each = old_rdatas.size() == 1 && new_rdatas.size() == 1;
    for (size_t i = 0, j = 0; i < old_rdatas.size() || j < new_rdatas.size();) {
      int order = i == old_rdatas.size() ? 1 : j == new_rdatas.size() ? -1 : 0;
      if (order == 0 && !(one_each && IsSingleton(type))) {
        order = dns::CanonicalRdata(type, old_rdatas[i]).compare(dns::CanonicalRdata(type, new_rdatas[j]));
      }
      RecordChange change;
      if (order <= 0) change.before = dns::Record{owner_, type, before_.rr_class(), before.ttl, old_rdatas[i++]};
      if (order >= 0) change.after = dns::Record{owner_, type, after_.rr_class(), after.ttl, new_rdatas[j++]};
      Tell(change);
    }
  }

  void Tell(const RecordChange& change) {
    if (change.before && change.after) {
      if (change.before->ttl == change.after->ttl && SameRdata(*change.before, *change.after)) return;
      ++counts_.changed;
    } else {
      ++(change.before ? counts_.removed : counts_.added);
    }
    visit_(change);
  }

  bool SameRdata(const dns::Record& before, const dns::Record& after) const {
    if (before.rdata == after.rdata) return true;
    return options_.ignore_serial && before.type == dns::rr_type::kSOA &&
           WithoutSerial(before.rdata) == WithoutSerial(after.rdata);
  }

  const SnapshotReader& before_;
  const SnapshotReader& after_;
  const DiffOptions options_;
  const absl::FunctionRef<void(const RecordChange&)> visit_;
  dns::Name owner_;
  DiffCounts counts_;
};

}  // namespace

absl::StatusOr<DiffCounts> DiffZones(const SnapshotReader& before, const SnapshotReader& after,
                                     const DiffOptions& options, absl::FunctionRef<void(const RecordChange&)> visit) {
  if (before.origin() != after.origin() || before.rr_class() != after.rr_class()) {
    return absl::InvalidArgumentError(absl::StrCat("these are different zones, ", dns::WireNameToText(before.origin()),
                                                   " and ", dns::WireNameToText(after.origin())));
  }
  if (before.identity() == after.identity() && before.checksum() == after.checksum()) return DiffCounts();
  return ZoneDiff(before, after, options, visit).Run();
}

}  // namespace strata::zonec
