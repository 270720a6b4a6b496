// What somebody expects zones to answer, as values. The file format: docs/zones_in_ci.md.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_ZONE_TEST_EXPECTATION_H_
#define STRATA_AUTHORITY_ZONE_TEST_EXPECTATION_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dns/name.h"
#include "dns/record.h"
#include "dns/rr_type.h"

namespace strata::authority {

// What an answer says as a whole.
enum class Outcome {
  kAnswer,     // there are records, perhaps only aliases that lead out of the zones
  kNoData,     // the name, or the one that its aliases lead to, exists, the type does not (RFC 2308 §2.2)
  kNxDomain,   // it does not exist
  kReferral,   // others have the answer (RFC 1034 §4.3.2 step 3b)
  kRefused,    // it is in none of the zones
  kTruncated,  // it does not fit into what the client takes
};

enum class Section { kAnswer, kAuthority, kAdditional };
inline constexpr size_t kSections = 3;

struct AskedQuestion {
  dns::Name name;
  uint16_t type = 0;
  uint16_t rr_class = dns::rr_class::kIN;
  // +bufsize: asked over UDP, by a client that takes messages of so many octets; else over TCP.
  std::optional<uint16_t> bufsize;
  // +dnssec: with signatures and proofs (RFC 3225).
  bool dnssec = false;
};

// Where something was written: from `at` its first word, the lines [begin, end) of the text, all in octets.
struct Place {
  size_t at = 0;
  size_t begin = 0;
  size_t end = 0;
};

struct ExpectedOutcome {
  Place place;
  Outcome outcome = Outcome::kAnswer;
  // kReferral: the name servers; none: any.
  std::vector<dns::Name> servers;
};

struct ExpectedRecord {
  Place place;
  Section section = Section::kAnswer;
  dns::Record record;
  bool has_ttl = false;  // else any is right
};

// A question and what stands below it.
struct Expectation {
  Place place;  // of the question
  AskedQuestion question;
  std::optional<ExpectedOutcome> outcome;  // none: kAnswer, if there are records
  std::vector<ExpectedRecord> records;
  // Those that were asked for, by "authority:"; others may hold anything. The answer section always counts.
  std::array<std::optional<Place>, kSections> headings;

  Outcome expected_outcome() const { return outcome ? outcome->outcome : Outcome::kAnswer; }
  // Nothing stands below it: no expectation, but --update will write one.
  bool empty() const { return !outcome && records.empty() && !headings[0] && !headings[1] && !headings[2]; }
  bool Checks(Section section) const { return section == Section::kAnswer || headings[static_cast<size_t>(section)]; }
};

// What is wrong with the text, and where: an offset into it.
struct Mistake {
  size_t at = 0;
  std::string message;
};

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_ZONE_TEST_EXPECTATION_H_
