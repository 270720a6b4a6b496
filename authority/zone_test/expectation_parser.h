// Reads files of expected answers.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_ZONE_TEST_EXPECTATION_PARSER_H_
#define STRATA_AUTHORITY_ZONE_TEST_EXPECTATION_PARSER_H_

#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "authority/zone_test/expectation.h"
#include "dns/name.h"

namespace strata::authority {

struct ParsedExpectations {
  std::vector<Expectation> expectations;
  // In the order of the text; the expectations are not all there if there are any.
  std::vector<Mistake> mistakes;
};

// The grammar, on the tokens of master files (RFC 1035 §5.1: comments, quotes, escapes, parentheses):
//
//   $ORIGIN NAME
//   NAME [CLASS] TYPE [+bufsize=N]           a question starts its line
//     NXDOMAIN | NODATA | REFUSED | TRUNCATED | REFERRAL [to NAME…]
//     [OWNER.] [TTL] [CLASS] TYPE RDATA      what is expected starts with a blank
//     answer: | authority: | additional:     the records below are of this section
//
// An owner ends in a dot or is @; without one it is the question's name. Relative names are completed with `origin`
// until the first $ORIGIN; without an origin they are mistakes. A text without a question is a mistake, since a test of
// it could not fail; a question with nothing below is none (Expectation::empty). Total, and linear in the text.
ParsedExpectations ParseExpectations(absl::string_view text, const std::optional<dns::Name>& origin);

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_ZONE_TEST_EXPECTATION_PARSER_H_
