// Answers that lead on: a referral, or an alias to a name outside (RFC 1034 §3.6.2), and how their parts are joined.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_QUERY_ALIAS_CHAIN_H_
#define STRATA_FRONTEND_QUERY_ALIAS_CHAIN_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "dns/name.h"
#include "dns/record.h"

namespace strata::frontend {

// What a client that wants the whole answer still lacks.
enum class Rest {
  kNothing,
  kReferral,  // others know the name
  kAlias,     // the name that the last alias points to is to be asked for
};

// Looks at an authority's answer to a question of type `type`, which may be malformed: then nothing is lacking. Reads
// no more than it must: this runs for each query of ours that could lead on.
Rest FindRest(absl::string_view wire, uint16_t type);

// The parts of an answer, gathered one after the other. The one place where messages are joined. Not thread-safe.
class AliasChain {
 public:
  // RFC 1034 asks for a bound; 11 is what resolvers agree on.
  static constexpr int kMaxSteps = 11;

  // Takes the records of an answer in which FindRest() saw an alias. False when the chain must end here, because it is
  // too long, comes back to itself, or the message is malformed.
  bool Add(absl::string_view wire);

  // The name to ask for next, in wire form. REQUIRES: Add() returned true.
  absl::string_view target() const { return target_.wire(); }

  // The whole: what was gathered, then `last`, the answer for target(). `question` is the client's question section.
  // Fails when `last` is malformed, or there is more than a message holds.
  absl::StatusOr<std::string> Join(absl::string_view question, absl::string_view last) const;

 private:
  std::vector<dns::Record> answer_;
  dns::Name target_;
  int steps_ = 0;
  bool authoritative_ = false;
  bool authentic_ = false;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_QUERY_ALIAS_CHAIN_H_
