// The law that a server is held to: do as the others do where they agree.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_TESTS_HYGIENE_AGREEMENT_H_
#define STRATA_TESTS_HYGIENE_AGREEMENT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tests/hygiene/reply_digest.h"

namespace strata::tests {

// What one server did, for one packet.
struct PeerDigest {
  std::string peer;
  ReplyDigest digest;
};

struct Disagreement {
  std::string aspect;
  std::string ours;
  // For a person: "Nsd: REFUSED, Knot: REFUSED, Bind: SERVFAIL".
  std::string theirs;
};

// Aspect by aspect, over those who have it: as most do; and where there is no most, as one does. Aspects of a reply are
// not looked at where the question is whether there is to be one.
std::vector<Disagreement> FindDisagreements(const ReplyDigest& ours, const std::vector<PeerDigest>& peers);

// A difference that is meant.
struct KnownDifference {
  // Shell patterns (fnmatch) for the case, with its transport ("type-41-*/udp"), and the aspect.
  const char* cases;
  const char* aspect;
  // What we do.
  const char* ours;
  // Why, with the RFC.
  const char* reason;
};

bool Explains(const KnownDifference& known, absl::string_view case_name, const Disagreement& disagreement);

}  // namespace strata::tests

#endif  // STRATA_TESTS_HYGIENE_AGREEMENT_H_
