// Which lines an entry of a master-file lexer stands on.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_ZONE_TEST_ENTRY_PLACE_H_
#define STRATA_AUTHORITY_ZONE_TEST_ENTRY_PLACE_H_

#include <cstddef>

#include "absl/strings/string_view.h"
#include "authority/zone_test/expectation.h"
#include "dns/text_token.h"
#include "zonec/bind/lexer.h"

namespace strata::authority {

// The offset of a token of `text`; of a quoted one, of its quote.
inline size_t OffsetOf(absl::string_view text, const dns::TextToken& token) {
  return static_cast<size_t>(token.text.data() - text.data()) - (token.quoted ? 1 : 0);
}

// The place of an entry that was read from `text` without an error, behind the entry that ended at `behind` (0: none).
// REQUIRES: it has a token. Linear in what lies between `behind` and its end.
Place PlaceOf(absl::string_view text, const zonec::Entry& entry, size_t behind);

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_ZONE_TEST_ENTRY_PLACE_H_
