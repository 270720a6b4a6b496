// An answer on its way from one thread to another.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_STANDALONE_KEPT_ANSWER_H_
#define STRATA_STANDALONE_KEPT_ANSWER_H_

#include <cstdint>
#include <string>

#include "frontend/backends/backend.h"

namespace strata::standalone {

// A BackendAnswer that owns what that one views. `Answer` is any of the services' answers: they have the same members.
struct KeptAnswer {
  KeptAnswer() = default;
  template <typename Answer>
  KeptAnswer(uint32_t to, const Answer& answer)
      : id(to),
        wire(answer.wire),
        rcode(answer.rcode),
        has_extended_error(answer.has_extended_error),
        extended_error(answer.extended_error),
        extended_error_text(answer.extended_error_text) {}

  // Good while this stays as it is.
  frontend::BackendAnswer View() const { return ViewOf(id, *this); }

  // The same for an answer of another service, good as long as what it views.
  template <typename Answer>
  static frontend::BackendAnswer ViewOf(uint32_t to, const Answer& answer) {
    frontend::BackendAnswer view;
    view.id = to;
    view.wire = answer.wire;
    view.rcode = answer.rcode;
    view.has_extended_error = answer.has_extended_error;
    view.extended_error = answer.extended_error;
    view.extended_error_text = answer.extended_error_text;
    return view;
  }

  uint32_t id = 0;
  std::string wire;
  uint16_t rcode = 0;
  bool has_extended_error = false;
  uint16_t extended_error = 0;
  std::string extended_error_text;
};

}  // namespace strata::standalone

#endif  // STRATA_STANDALONE_KEPT_ANSWER_H_
