// A backend that does what its test says.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_TESTING_FAKE_BACKEND_H_
#define STRATA_FRONTEND_TESTING_FAKE_BACKEND_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "frontend/backends/backend.h"

namespace strata::frontend::testing {

// Keeps the queries it was sent until the test answers them. Not thread-safe.
class FakeBackend : public Backend {
 public:
  struct Submitted {
    BackendQuery query;  // `query.name` is not good any more
    std::string name;    // in wire form, lower case
  };

  // `events` outlives the backend.
  explicit FakeBackend(BackendEvents* events = nullptr, bool up = false) : events_(events), up_(up) {}
  void set_events(BackendEvents* events) { events_ = events; }

  bool up() const override { return up_; }
  void Submit(const BackendQuery& query) override {
    if (on_submit) return on_submit(query);
    submitted.push_back({query, std::string(query.name->wire())});
  }
  void Flush() override { ++flushes; }
  void Break() override {
    ++breaks;
    GoDown();
  }

  void GoUp() {
    up_ = true;
    if (events_ != nullptr) events_->OnUp(this);
  }
  void Live() { events_->OnAlive(this); }
  void GoDown() {
    up_ = false;
    events_->OnDown(this);
  }

  // Answers query `id` with a message.
  void Answer(uint32_t id, const std::string& wire) {
    BackendAnswer answer;
    answer.id = id;
    answer.wire = wire;
    Answer(answer);
  }
  // Answers with a code only.
  void AnswerCode(uint32_t id, uint16_t rcode) {
    BackendAnswer answer;
    answer.id = id;
    answer.rcode = rcode;
    Answer(answer);
  }
  void Answer(const BackendAnswer& answer) {
    events_->OnAlive(this);
    events_->OnAnswer(this, answer);
  }

  std::vector<Submitted> submitted;
  // Takes the queries in place of `submitted`, if set.
  std::function<void(const BackendQuery&)> on_submit;
  int flushes = 0;
  int breaks = 0;

 private:
  BackendEvents* events_;
  bool up_;
};

}  // namespace strata::frontend::testing

#endif  // STRATA_FRONTEND_TESTING_FAKE_BACKEND_H_
