// Answers a question from the zones that are served: RFC 1034 §4.3.2, from step 2 to the end.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_ANSWERER_H_
#define STRATA_AUTHORITY_ANSWERER_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"
#include "authority/zone_catalog.h"
#include "dns/edns.h"
#include "dns/lookup_name.h"

namespace strata::authority {

struct Question {
  const dns::LookupName* name = nullptr;  // outlives the call
  uint16_t type = 0;
  uint16_t rr_class = 0;
  // What fits the client, without our OPT record. Required records that do not fit make a truncated answer (RFC 2181
  // §9, RFC 9471).
  size_t max_size = 65535;
  // Answer ANY with one RRset (RFC 8482 §4.1).
  bool minimal_any = false;
  // The client asks for signatures, and proofs of what is not there (RFC 3225, RFC 4035 §3.1).
  bool dnssec_ok = false;
};

enum class AnswerOutcome {
  kAnswered,
  kNotOurs,    // no zone here, of the question's class, holds the name; nothing was written
  kDamaged,    // the zone's octets cannot be read; nothing that was written counts
  kTooCostly,  // proofs would cost more than an answer may (DenialProofs); a SERVFAIL was written
};

// For a person, with kTooCostly.
inline constexpr absl::string_view kTooCostlyText = "the proofs take too many NSEC3 iterations";

// Aliases followed in one answer, across all zones that are served.
inline constexpr int kMaxAliasSteps = 11;

// Writes a whole message to `buffer`, which holds 65535 octets: header (ID 0, AA, TC and rcode set), the question in
// lower case at offset 12, and the sections; no OPT. `*size` is its size. Never allocates; safe for any number of
// threads.
//
// `*version`, if wanted, becomes that of the zone that the name of the question was looked up in; aliases may have led
// to others from there (RFC 9660 §3). It is not touched where the answer is nothing that a zone says.
AnswerOutcome AnswerQuestion(const ZoneCatalog& catalog, const Question& question, char* buffer, size_t* size,
                             std::optional<dns::ZoneVersion>* version = nullptr);

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_ANSWERER_H_
