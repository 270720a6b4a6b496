// The names and addresses of a hosts file (hosts(5)).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_CORE_HOSTS_TABLE_H_
#define STRATA_RECURSOR_CORE_HOSTS_TABLE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "absl/strings/string_view.h"
#include "recursor/core/line_problem.h"

namespace strata::recursor {

// A value; thread-safe as long as it is not changed.
class HostsTable {
 public:
  // RDATA of A or AAAA.
  struct Addresses {
    absl::InlinedVector<std::string, 1> v4;
    absl::InlinedVector<std::string, 1> v6;
  };

  // From the text of a file: an address and its names a line, '#' begins a comment. A name may stand in several lines;
  // it has all their addresses. An address's own name is the first it is given. Lines that say nothing of use are left
  // out and noted; never fails.
  static HostsTable FromText(absl::string_view text, LineProblems* problems);

  // Names in wire form and lower case. nullptr, or empty: not there.
  const Addresses* FindAddresses(absl::string_view name) const;
  // Of a name below in-addr.arpa or ip6.arpa (RFC 1035 §3.5, RFC 3596 §2.5).
  absl::string_view FindName(absl::string_view reverse_name) const;

  size_t name_count() const { return addresses_.size(); }

 private:
  // Text after the line's comment was taken off. Empty, or what is wrong.
  std::string AddLine(absl::string_view line);

  absl::flat_hash_map<std::string, Addresses> addresses_;
  absl::flat_hash_map<std::string, std::string> names_;
};

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_CORE_HOSTS_TABLE_H_
