// What is asked: the key by which identical questions are recognised.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_CORE_QUESTION_H_
#define STRATA_RECURSOR_CORE_QUESTION_H_

#include <cstdint>
#include <utility>

#include "absl/strings/string_view.h"

namespace strata::recursor {

// Views its name: wire form, uncompressed, lower case, valid.
struct QuestionView {
  absl::string_view name;
  uint16_t type = 0;
  uint16_t rr_class = 0;
  bool dnssec_ok = false;
  bool checking_disabled = false;

  friend bool operator==(const QuestionView& a, const QuestionView& b) {
    return a.type == b.type && a.rr_class == b.rr_class && a.dnssec_ok == b.dnssec_ok &&
           a.checking_disabled == b.checking_disabled && a.name == b.name;
  }
  template <typename H>
  friend H AbslHashValue(H h, const QuestionView& question) {
    return H::combine(std::move(h), question.name, question.type, question.rr_class, question.dnssec_ok,
                      question.checking_disabled);
  }
};

}  // namespace strata::recursor

#endif  // STRATA_RECURSOR_CORE_QUESTION_H_
