// The type bitmaps that NSEC and NSEC3 records should have.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_SIGNED_TYPE_LIST_H_
#define STRATA_ZONEC_CHECKS_SIGNED_TYPE_LIST_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "dns/type_bitmap.h"
#include "zonec/snapshot/zone_tree.h"

namespace strata::zonec {

// The types at a name that the zone is authoritative for; at a delegation only what the parent's side has
// (RFC 4035 §2.3, RFC 5155 §7.1). `nsec3`: as its NSEC3 should list them, otherwise its NSEC.
std::vector<uint16_t> ExpectedTypes(const snapshot::ZoneTree& tree, snapshot::ZoneTree::NodeId node, bool nsec3);

// "; it lacks A TXT and has MX in excess" of what is listed, "" when that is what is expected.
std::string TypeListDifference(absl::string_view bitmap, const std::vector<uint16_t>& expected);

// Compares bitmaps. Most names have the types of the one before, whose bitmap is at hand then. Not thread-safe.
class TypeListComparison {
 public:
  bool Equal(absl::string_view bitmap, std::vector<uint16_t> expected) {
    if (expected != types_) {
      types_ = std::move(expected);
      bitmap_ = dns::MakeTypeBitmap(types_);
    }
    return bitmap == bitmap_;
  }

 private:
  std::vector<uint16_t> types_;
  std::string bitmap_;
};

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_SIGNED_TYPE_LIST_H_
