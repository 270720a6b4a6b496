// Matchers of absl::Status and absl::StatusOr; Abseil 20220623 ships none.
//
//   EXPECT_THAT(Name::FromText("example."), IsOk());
//   EXPECT_THAT(Name::FromText("a..b"), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("empty label")));
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_DNS_TESTING_MATCHERS_H_
#define STRATA_DNS_TESTING_MATCHERS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"

namespace strata {

inline const absl::Status& StatusOf(const absl::Status& status) { return status; }
template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& status_or) {
  return status_or.status();
}

MATCHER(IsOk, negation ? "is an error" : "is OK") {
  *result_listener << StatusOf(arg).ToString();
  return StatusOf(arg).ok();
}

// `message` is a matcher of, or equals, the status's message.
MATCHER_P2(StatusIs, code, message, "") {
  *result_listener << StatusOf(arg).ToString();
  return StatusOf(arg).code() == code &&
         testing::SafeMatcherCast<const std::string&>(message).Matches(std::string(StatusOf(arg).message()));
}

}  // namespace strata

#endif  // STRATA_DNS_TESTING_MATCHERS_H_
