// What a rate limiter takes for the same response.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_POLICY_RESPONSE_CLASS_H_
#define STRATA_FRONTEND_POLICY_RESPONSE_CLASS_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace strata::frontend {

enum class ResponseClass : uint8_t {
  kAnswer,    // the same for the same name and type asked
  kNoData,    // the same for all names of a zone
  kNxDomain,  // the same for all names of a zone
  kReferral,  // the same for all names of a delegated zone
  kError,     // all the same: any other rcode, an extended one too
};
inline constexpr int kResponseClasses = 5;

// "answer", "nodata", "nxdomain", "referral", "error", as labels of metrics.
absl::string_view ResponseClassName(ResponseClass response_class);

struct ResponseIdentity {
  ResponseClass response_class = ResponseClass::kError;
  // Of what makes it the same, in lower case: the name and type asked; the owner of the SOA or NS record in the
  // authority section. 0 when there is no such thing. Not keyed.
  uint64_t hash = 0;
};

// `message` is a response with its header: with an uncompressed name in the question, where there is one. A truncated
// response without records is an answer. Total over any octets (what makes no sense is an error), thread-safe, does not
// allocate; for an answer nothing behind the question is read.
ResponseIdentity ClassifyResponse(absl::string_view message);

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_POLICY_RESPONSE_CLASS_H_
