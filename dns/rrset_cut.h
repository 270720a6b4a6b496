// Where a section may end when it does not fit.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_RRSET_CUT_H_
#define STRATA_DNS_RRSET_CUT_H_

#include <cstddef>

#include "absl/types/span.h"
#include "dns/record.h"

namespace strata::dns {

// The most records, from the first and at most `fitting`, that leave no RRset behind in part (RFC 2181 §9): none of
// those before has its owner, class and type in common with one behind. An RRset need not stand together. A signature
// counts as what it covers: neither is any good without the other (RFC 4035 §3.1.1).
size_t WholeRrsetsBefore(absl::Span<const Record> records, size_t fitting);

}  // namespace strata::dns

#endif  // STRATA_DNS_RRSET_CUT_H_
