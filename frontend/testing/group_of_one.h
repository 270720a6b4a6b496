// A worker's backends without a network: one that answers every query, at once or when the test lets it.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_TESTING_GROUP_OF_ONE_H_
#define STRATA_FRONTEND_TESTING_GROUP_OF_ONE_H_

#include <atomic>
#include <memory>
#include <utility>
#include <vector>

#include "dns/name.h"
#include "frontend/backends/backend_group.h"
#include "frontend/testing/fake_backend.h"
#include "frontend/testing/messages.h"

namespace strata::frontend::testing {

// What the test's thread and the workers' threads share.
struct GroupControl {
  std::atomic<bool> hold{false};  // queries wait
  std::atomic<int> waiting{0};
};

// Used by its worker's thread.
class GroupOfOne : public BackendGroup {
 public:
  // All outlive the group.
  GroupOfOne(GroupControl* control, base::EventLoop* loop, BackendEvents* events)
      : control_(*control), loop_(*loop), backend_(events, /*up=*/true) {}

  // Makes one for each worker.
  static BackendGroupFactory Factory(GroupControl* control) {
    return [control](int, base::EventLoop* loop, const WorkerEvents& events) {
      return std::make_unique<GroupOfOne>(control, loop, events.authorities);
    };
  }

  std::vector<Backend*> replicas() override { return {&backend_}; }
  std::vector<NamedMember> members() override { return {}; }
  std::vector<NamedRecursor> recursors() override { return {}; }
  void RunOnce(absl::Duration timeout) override {
    loop_.RunOnce(timeout);
    control_.waiting = static_cast<int>(backend_.submitted.size());
    if (control_.hold) return;
    const auto submitted = std::move(backend_.submitted);
    backend_.submitted.clear();
    for (const auto& query : submitted) {
      backend_.Answer(query.query.id, AnswerTo(dns::WireNameToText(query.name), query.query.type));
    }
  }

 private:
  GroupControl& control_;
  base::EventLoop& loop_;
  FakeBackend backend_;
};

}  // namespace strata::frontend::testing

#endif  // STRATA_FRONTEND_TESTING_GROUP_OF_ONE_H_
