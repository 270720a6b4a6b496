// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/signed/nsec_chain.h"

#include "absl/strings/str_cat.h"
#include "dns/name.h"
#include "dns/rr_type.h"
#include "zonec/checks/signed/type_list.h"

namespace strata::zonec {
namespace {

using snapshot::ZoneTree;

size_t NameSize(absl::string_view rdata) {
  size_t size = 0;
  while (rdata[size] != 0) size += 1 + static_cast<uint8_t>(rdata[size]);
  return size + 1;
}

class Chain {
 public:
  Chain(const SignedZone& zone, Diagnostics* diagnostics)
      : zone_(zone.checked), tree_(zone.checked.tree), diagnostics_(diagnostics) {}

  // From the last name to the first, so that the name behind each is known.
  void Run() {
    next_ = tree_.nodes()[0].name;
    for (size_t i = tree_.nodes().size(); i-- > 0;) Visit(static_cast<ZoneTree::NodeId>(i));
  }

 private:
  // RFC 4035 §2.3: names with nothing but NSEC and RRSIG have none.
  bool IsLink(ZoneTree::NodeId node) const {
    if (!OwnsName(tree_, node)) return false;
    for (const ZoneTree::RRset& rrset : tree_.RRsetsOf(node)) {
      if (rrset.type != dns::rr_type::kNSEC && rrset.type != dns::rr_type::kRRSIG) return true;
    }
    return false;
  }

  void Visit(ZoneTree::NodeId node) {
    const absl::string_view name = tree_.nodes()[node].name;
    const ZoneTree::RRset* const nsec = tree_.FindRRset(node, dns::rr_type::kNSEC);
    if (!IsLink(node)) {
      if (nsec != nullptr) {
        diagnostics_->Error(zone_.position(*nsec), "nsec-stray",
                            absl::StrCat(dns::WireNameToText(name), " has an NSEC record, but nothing that the zone ",
                                         "is authoritative for"));
      }
      return;
    }
    if (nsec == nullptr) {
      diagnostics_->Error(zone_.position(tree_.RRsetsOf(node)[0]), "nsec-missing",
                          absl::StrCat(dns::WireNameToText(name), " has no NSEC record"));
    } else {
      for (const uint32_t record : nsec->records) CheckLink(node, record);
    }
    next_ = name;
  }

  void CheckLink(ZoneTree::NodeId node, uint32_t record) {
    const absl::string_view rdata = zone_.record(record).rdata();
    const absl::string_view next = rdata.substr(0, NameSize(rdata));
    const std::string name = dns::WireNameToText(tree_.nodes()[node].name);
    if (!dns::NamesEqual(next, next_)) {
      diagnostics_->Error(zone_.position(record), "nsec-chain",
                          absl::StrCat("the NSEC record of ", name, " leads to ", dns::WireNameToText(next),
                                       ", but the next name is ", dns::WireNameToText(next_)));
    }
    const absl::string_view bitmap = rdata.substr(next.size());
    std::vector<uint16_t> expected = ExpectedTypes(tree_, node, /*nsec3=*/false);
    if (comparison_.Equal(bitmap, expected)) return;
    diagnostics_->Error(zone_.position(record), "nsec-types",
                        absl::StrCat("the NSEC record of ", name, " lists other types than the name has",
                                     TypeListDifference(bitmap, expected)));
  }

  const CheckedZone& zone_;
  const ZoneTree& tree_;
  Diagnostics* const diagnostics_;
  absl::string_view next_;
  TypeListComparison comparison_;
};

}  // namespace

void CheckNsecChain(const SignedZone& zone, Diagnostics* diagnostics) { Chain(zone, diagnostics).Run(); }

}  // namespace strata::zonec
