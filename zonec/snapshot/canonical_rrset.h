// The records of an RRset in canonical order (RFC 4034 §6.3), each once.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_SNAPSHOT_CANONICAL_RRSET_H_
#define STRATA_ZONEC_SNAPSHOT_CANONICAL_RRSET_H_

#include <deque>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "zonec/snapshot/zone_tree.h"

namespace strata::snapshot {

// One object serves RRset after RRset, and allocates for the larger ones only. Not thread-safe.
class CanonicalRRset {
 public:
  struct Member {
    absl::string_view canonical;  // RFC 4034 §6.2
    absl::string_view rdata;      // in the case in which it was written
    NameTree::Id target;          // ZoneRecord::target

    // Of records that differ in the case of a name only, the same one has to stay whatever order they came in.
    friend bool operator<(const Member& a, const Member& b) {
      return a.canonical != b.canonical ? a.canonical < b.canonical : a.rdata < b.rdata;
    }
  };

  // REQUIRES: valid RDATA.
  void Assign(const ZoneTree::RRset& rrset, const ZoneTree& tree);

  // Views into the zone and into this object; until the next Assign().
  const std::vector<Member>& members() const { return members_; }

 private:
  // A view of `rdata` itself where that is in canonical form already, as it nearly always is.
  absl::string_view CanonicalOf(uint16_t type, absl::string_view rdata);

  std::vector<Member> members_;
  std::deque<std::string> lowered_;
};

}  // namespace strata::snapshot

#endif  // STRATA_ZONEC_SNAPSHOT_CANONICAL_RRSET_H_
