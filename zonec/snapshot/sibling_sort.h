// Sorts the names that lie directly below one name.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_ZONEC_SNAPSHOT_SIBLING_SORT_H_
#define STRATA_ZONEC_SNAPSHOT_SIBLING_SORT_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/huge_pages.h"
#include "zonec/snapshot/name_tree.h"

namespace strata::snapshot {

// A name among its siblings.
struct Sibling {
  uint64_t key;  // SiblingKey() of the name
  NameTree::Id id;
};

// The first octets of a name's first label as a number that sorts as they do; zeros stand behind a shorter one.
uint64_t SiblingKey(absl::string_view name);

// One object sorts the children of name after name, and allocates for the largest only. Not thread-safe.
class SiblingSort {
 public:
  explicit SiblingSort(const NameTree& names) : names_(names) {}

  // Into canonical order (RFC 4034 §6.1). REQUIRES: the names are different and have the same parent. Takes linear time
  // but for labels that begin with the same eight octets.
  void Sort(absl::Span<Sibling> siblings);

 private:
  // By their keys, octet by octet.
  void SortByKey(absl::Span<Sibling> siblings);
  bool Before(const Sibling& a, const Sibling& b) const;

  const NameTree& names_;
  base::HugePageVector<Sibling> other_;
};

}  // namespace strata::snapshot

#endif  // STRATA_ZONEC_SNAPSHOT_SIBLING_SORT_H_
