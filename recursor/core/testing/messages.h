// Messages written and read as text, for the recursor's tests.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_CORE_TESTING_MESSAGES_H_
#define STRATA_RECURSOR_CORE_TESTING_MESSAGES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "dns/rr_type.h"
#include "recursor/core/question.h"

namespace strata::recursor::testing {

// Records are lines "owner TTL TYPE rdata", all names absolute.
struct ReplyText {
  std::vector<absl::string_view> answer = {};
  std::vector<absl::string_view> authority = {};
  std::vector<absl::string_view> additional = {};
  uint16_t rcode = dns::rcode::kNoError;
  bool truncated = false;
  bool edns = true;
  std::optional<uint16_t> extended_error = {};
  absl::string_view extended_error_text = "";
};

// A reply to `query`: its ID and its question in its letter case, RA. What is wrong with a line ends the test.
std::string MakeReply(absl::string_view query, const ReplyText& reply);

// "example.com." in wire form.
std::string WireName(absl::string_view text);

// "example.com. A" as a question, and with IN. Lives for ever: for tests only.
QuestionView MakeQuestion(absl::string_view text);

// "NOERROR", then for each section that is not empty its name and colon, and its records, a line each:
//
//   NXDOMAIN
//   authority:
//   example. 300 IN SOA ns.example. hostmaster.example. 1 7200 900 1209600 300
//
// A flag other than QR, RD and RA stands behind the rcode; what does not parse is "malformed".
std::string MessageSummary(absl::string_view wire);

}  // namespace strata::recursor::testing

#endif  // STRATA_RECURSOR_CORE_TESTING_MESSAGES_H_
