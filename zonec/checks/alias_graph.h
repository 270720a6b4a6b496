// Where aliases of a zone lead, hop by hop: CNAMEs, DNAMEs, and service bindings in AliasMode (RFC 9460 §2.4.2).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_CHECKS_ALIAS_GRAPH_H_
#define STRATA_ZONEC_CHECKS_ALIAS_GRAPH_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "zonec/checks/check.h"

namespace strata::zonec {

// A name after all DNAMEs above it.
struct Landing {
  enum class Kind {
    kNode,      // it is there, or a wildcard answers for it
    kNoName,    // it is not
    kElsewhere  // outside of the zone, in a child zone, or never reached since the DNAMEs go on and on
  };
  Kind kind = Kind::kElsewhere;
  snapshot::ZoneTree::NodeId node = snapshot::kNone;  // kNode: whose records answer
};
// Of the name that a record leads to. REQUIRES: AliasTarget(record) is not empty.
Landing Follow(const CheckedZone& zone, const snapshot::ZoneRecord& record);

// The record that makes the node an alias for questions of the type, or kNone: its CNAME, or its first one of the type
// in AliasMode.
uint32_t AliasRecord(const CheckedZone& zone, snapshot::ZoneTree::NodeId node, uint16_t type);
// The name that a CNAME, DNAME, PTR, SVCB or HTTPS record leads to; empty for "." of a service binding, which leads
// nowhere.
absl::string_view AliasTarget(const snapshot::ZoneRecord& record);

// Whether the zone itself answers from the node's records: no delegation and no DNAME stands above them.
bool IsServed(const CheckedZone& zone, snapshot::ZoneTree::NodeId node);

}  // namespace strata::zonec

#endif  // STRATA_ZONEC_CHECKS_ALIAS_GRAPH_H_
