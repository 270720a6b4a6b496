// Keeps what backends tell.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_TESTING_EVENT_RECORD_H_
#define STRATA_FRONTEND_TESTING_EVENT_RECORD_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "frontend/backends/backend.h"

namespace strata::frontend::testing {

// Not thread-safe: backends tell on their worker's thread.
class EventRecord : public BackendEvents {
 public:
  void OnAnswer(Backend*, const BackendAnswer& answer) override {
    answers.emplace_back(answer.id, std::string(answer.wire));
  }
  void OnAlive(Backend*) override { ++signs_of_life; }
  void OnUp(Backend*) override { ++ups; }
  void OnServing(Backend*, bool serving) override { servings.push_back(serving); }
  void OnDown(Backend*) override { ++downs; }

  std::vector<std::pair<uint32_t, std::string>> answers;
  std::vector<bool> servings;
  int signs_of_life = 0;
  int ups = 0;
  int downs = 0;
};

}  // namespace strata::frontend::testing

#endif  // STRATA_FRONTEND_TESTING_EVENT_RECORD_H_
