// Writes what is answered into a file of expected answers.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_AUTHORITY_ZONE_TEST_ANSWERS_UPDATE_H_
#define STRATA_AUTHORITY_ZONE_TEST_ANSWERS_UPDATE_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "authority/zone_test/comparison.h"
#include "authority/zone_test/expectation.h"
#include "authority/zone_test/zone_answer.h"

namespace strata::authority {

// Builds the new text of a file, question by question from its start. What is right stays as it was written, comments
// and order included; lines that are wrong go, with the comments on them, and lines that are missing are added.
class AnswersUpdate {
 public:
  // `text` is the one that the expectations were read from, and outlives the object.
  explicit AnswersUpdate(absl::string_view text) : text_(text) {}

  // REQUIRES: `difference` is of these two, and the expectation stands behind those of earlier calls.
  void Apply(const Expectation& expectation, const ZoneAnswer& answer, const Difference& difference);

  std::string Finish() &&;

 private:
  void CopyTo(size_t offset);

  absl::string_view text_;
  size_t done_ = 0;  // what is before has been copied, or left out
  std::string out_;
};

}  // namespace strata::authority

#endif  // STRATA_AUTHORITY_ZONE_TEST_ANSWERS_UPDATE_H_
