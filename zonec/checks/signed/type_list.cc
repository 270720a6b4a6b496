// SPDX-License-Identifier: Apache-2.0
#include "zonec/checks/signed/type_list.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "dns/rr_type.h"

namespace strata::zonec {

std::vector<uint16_t> ExpectedTypes(const snapshot::ZoneTree& tree, snapshot::ZoneTree::NodeId node, bool nsec3) {
  const bool is_cut = tree.nodes()[node].cut == node;
  std::vector<uint16_t> types;
  bool is_signed = !nsec3;  // the NSEC record is
  for (const snapshot::ZoneTree::RRset& rrset : tree.RRsetsOf(node)) {
    const uint16_t type = rrset.type;
    if (type == dns::rr_type::kRRSIG || type == dns::rr_type::kNSEC || type == dns::rr_type::kNSEC3) continue;
    if (is_cut && type != dns::rr_type::kNS && type != dns::rr_type::kDS) continue;
    types.push_back(type);
    is_signed = is_signed || !is_cut || type == dns::rr_type::kDS;
  }
  if (is_signed) types.push_back(dns::rr_type::kRRSIG);
  if (!nsec3) types.push_back(dns::rr_type::kNSEC);
  std::sort(types.begin(), types.end());
  return types;
}

std::string TypeListDifference(absl::string_view bitmap, const std::vector<uint16_t>& expected) {
  const std::vector<uint16_t> listed = dns::TypesOfBitmap(bitmap);
  std::string missing, excess;
  for (const uint16_t type : expected) {
    if (!std::binary_search(listed.begin(), listed.end(), type)) absl::StrAppend(&missing, " ", dns::TypeToText(type));
  }
  for (const uint16_t type : listed) {
    if (!std::binary_search(expected.begin(), expected.end(), type)) {
      absl::StrAppend(&excess, " ", dns::TypeToText(type));
    }
  }
  if (missing.empty() && excess.empty()) return "";
  return absl::StrCat("; it ", missing.empty() ? "" : "lacks", missing,
                      !missing.empty() && !excess.empty() ? " and " : "",
                      excess.empty() ? "" : "has too much:", excess);
}

}  // namespace strata::zonec
