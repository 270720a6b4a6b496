// Answers that no server needs to be asked for: of the hosts file, and of names that never leave the machine.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_CORE_LOCAL_ANSWERS_H_
#define STRATA_RECURSOR_CORE_LOCAL_ANSWERS_H_

#include <memory>

#include "absl/strings/string_view.h"
#include "recursor/core/hosts_table.h"
#include "recursor/core/question.h"

namespace strata::recursor {

// The hosts file first: A, AAAA and PTR of what it holds. A name with addresses of the other family only has none of
// this one (NODATA). Other types of such names are for the servers.
//
// Then the names of special use (RFC 6761 §6.3, §6.4, RFC 7686 §2): localhost and what is below is the loopback
// address, and has nothing else; the loopback addresses' name is localhost; what is below invalid and onion does not
// exist. Test and home.arpa are the servers' to know: who forwards may well have zones of these.
//
// TTL 0, and no SOA: a cache must not keep what the operator may change at any time.
class LocalAnswers {
 public:
  LocalAnswers();

  // The whole message as ResolverAnswer::wire, until the next call; empty: not known here.
  absl::string_view Find(const QuestionView& question, const HostsTable& hosts);

 private:
  std::unique_ptr<char[]> buffer_;
};

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_CORE_LOCAL_ANSWERS_H_
