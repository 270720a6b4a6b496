// What the scripted server says: a function of the question, so that any test can tell right from wrong.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_TESTS_UPSTREAM_SCRIPTED_ANSWER_H_
#define STRATA_TESTS_UPSTREAM_SCRIPTED_ANSWER_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "dns/message.h"

namespace strata::tests {

struct UpstreamQuery {
  dns::Message message;
  bool tcp = false;
};

// One packet to send back.
struct UpstreamReply {
  std::string wire;
  absl::Duration delay;
  // Over UDP: not from the port that was asked.
  bool from_other_port = false;
};

using UpstreamScript = std::function<std::vector<UpstreamReply>(const UpstreamQuery&)>;

// The RDATA of the A record that `name`, a domain name in text form, has here. Letters' case does not matter.
std::string AddressOf(absl::string_view name);
// What spoofed replies say that it is.
std::string SpoofedAddress();

// Every name has an A record and no other type, with a TTL of 300 s, at once. Labels in front change that; the first
// one that is not among these ends them:
//
//   ttl-N       the TTL, or the MINIMUM of a negative answer's SOA
//   slow-N      the reply comes after N ms
//   nx nodata   no such name; no such record
//   servfail refused   that rcode
//   silent      no reply
//   many-N      N records; over UDP, what does not fit is left out, and TC set
//   alias       a CNAME to the name without this label, with all that leads on from there
//   spoofed     four forged replies come before the true one: another ID, another port, another question, other letters
//
// A query with several questions, or none, gets FORMERR.
std::vector<UpstreamReply> AnswerByLabels(const UpstreamQuery& query);

}  // namespace strata::tests

#endif  // STRATA_TESTS_UPSTREAM_SCRIPTED_ANSWER_H_
