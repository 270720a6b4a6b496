// What of an answer may be remembered, and for how long (RFC 1035 §7.4, RFC 2181 §8, RFC 2308, RFC 9520).
//
// A pure function of the message. Remembered are answers and negative answers with a lifetime of a second at least:
//  - a response to a query with one question, not truncated (TC), its rcode NOERROR or NXDOMAIN, well-formed,
//    without OPT or other meta records, all records of the question's class;
//  - its answer section holds aliases that lead on from the question (alias_chain.h), at their end records of the type
//    that was asked, signatures of all those, and nothing else;
//  - where the end has no such records, an authority section with the SOA of a zone that the end is in.
// Responses with other rcodes are failures. Everything else passes through and is forgotten.
//
// The lifetime is the smallest TTL of all records. TTLs of 2^31 and more are 0, and those above the limit count, and
// are served, as the limit. In negative answers the authority section's TTLs are at most the SOA's TTL and its MINIMUM
// field (RFC 2308 §5, RFC 9077).
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_CACHE_CACHE_POLICY_H_
#define STRATA_CACHE_CACHE_POLICY_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/container/inlined_vector.h"
#include "absl/strings/string_view.h"

namespace strata::cache {

// Seconds, at most 2^31-1.
struct TtlLimits {
  uint32_t max_ttl = 0;
  uint32_t max_negative_ttl = 0;
};

// Where a record's TTL is, and what it is to say.
struct TtlField {
  uint16_t offset = 0;
  uint32_t seconds = 0;
};

struct Assessment {
  enum class Kind { kRemember, kFailure, kPass };
  Kind kind = Kind::kPass;
  // The question. Its name stands behind the header, uncompressed and in any case.
  absl::string_view name;
  uint16_t type = 0;
  uint16_t rr_class = 0;
  uint16_t rcode = 0;
  // Of kRemember only.
  uint32_t lifetime_seconds = 0;
  absl::InlinedVector<TtlField, 16> ttls;
};

// Nothing when `message` has no header with one question behind it, and so cannot be said to answer anything. Views the
// message.
std::optional<Assessment> Assess(absl::string_view message, const TtlLimits& limits);

// Makes of the message that was assessed the one that is served from then on: ID 0, AA clear, the question in lower
// case, the TTLs as assessed.
void MakeServable(const Assessment& assessment, std::string* message);

// Whether an rcode on its own tells of a failure: all but NOERROR and NXDOMAIN.
bool IsFailure(uint16_t rcode);

}  // namespace strata::cache

#endif  // STRATA_CACHE_CACHE_POLICY_H_
