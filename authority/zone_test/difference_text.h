// Expected and answered, a line each, in the words of the file of expected answers.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_ZONE_TEST_DIFFERENCE_TEXT_H_
#define STRATA_AUTHORITY_ZONE_TEST_DIFFERENCE_TEXT_H_

#include <string>
#include <vector>

#include "authority/zone_test/comparison.h"
#include "authority/zone_test/expectation.h"
#include "authority/zone_test/zone_answer.h"

namespace strata::authority {

// "www.example.com. A +bufsize=512"
std::string QuestionText(const AskedQuestion& question);

// "NXDOMAIN", "REFERRAL to ns1.example.net. ns2.example.net.". Nothing for kAnswer, which has no word.
std::string OutcomeText(Outcome outcome, const std::vector<dns::Name>& servers);

// "A 192.0.2.1", with the owner before it when it is not the name asked, and the TTL if wanted. ParseExpectations reads
// the same record from it.
std::string RecordText(const dns::Record& record, const AskedQuestion& question, bool with_ttl);

// Whether records that are answered are to be written with their TTL: the expectation states one somewhere.
bool StatesTtls(const Expectation& expectation);

// A line, by what stands before it: '-' expected and not answered, '+' answered and not expected, ' ' both.
struct DiffLine {
  char mark = ' ';
  std::string text;
};

// All lines of what was expected and answered, headings of sections as far as they are checked.
std::vector<DiffLine> DiffLines(const Expectation& expectation, const ZoneAnswer& answer, const Difference& difference);

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_ZONE_TEST_DIFFERENCE_TEXT_H_
