// SPDX-License-Identifier: Apache-2.0
#include "frontend/backends/backend_pool.h"

#include <bit>

namespace strata::frontend {

void BackendPool::Add(Backend* backend) {
  members_.push_back({backend, SilenceWatch(), InFlightLimit()});
  if (backend->up()) SetUp(up_ | BackendSet{1} << (members_.size() - 1));
}

void BackendPool::SetUp(BackendSet up) {
  up_ = up;
  metrics_.up.Set(std::popcount(up));
}

int BackendPool::NumberOf(const Backend* backend) const {
  int number = 0;
  while (members_[number].backend != backend) ++number;
  return number;
}

BackendSet BackendPool::WithRoom(BackendSet candidates) const {
  BackendSet roomy = candidates & up_;
  for (BackendSet rest = roomy; rest != 0; rest &= rest - 1) {
    const Member& member = members_[std::countr_zero(rest)];
    if (member.watch.owed() >= member.limit.limit()) roomy &= ~(rest & -rest);
  }
  return roomy;
}

void BackendPool::Submit(int number, const BackendQuery& query) {
  metrics_.queries.Add();
  members_[number].watch.OnAsked();
  members_[number].backend->Submit(query);
}

void BackendPool::Flush() {
  for (BackendSet rest = up_; rest != 0; rest &= rest - 1) members_[std::countr_zero(rest)].backend->Flush();
}

void BackendPool::OnTick(absl::Duration since_last, absl::Duration hung_after) {
  for (size_t i = 0; i < members_.size(); ++i) {
    const absl::Duration silence = members_[i].watch.Tick(since_last);
    members_[i].limit.Tick(since_last);
    const bool others = (up_ & ~(BackendSet{1} << i)) != 0;
    if ((up_ >> i & 1) == 0 || !others || silence <= hung_after) continue;
    metrics_.hung.Add();
    members_[i].backend->Break();
  }
}

void BackendPool::OnAnswer(Backend* backend, const BackendAnswer& answer) {
  const int number = NumberOf(backend);
  members_[number].limit.OnAnswer();
  owner_.OnAnswer(this, number, answer);
}

void BackendPool::OnAlive(Backend* backend) { members_[NumberOf(backend)].watch.OnAlive(); }

void BackendPool::OnUp(Backend* backend) {
  const int number = NumberOf(backend);
  SetUp(up_ | BackendSet{1} << number);
  members_[number].watch.Reset();
}

void BackendPool::OnDown(Backend* backend) {
  const int number = NumberOf(backend);
  SetUp(up_ & ~(BackendSet{1} << number));
  metrics_.lost.Add();
  members_[number].watch.Reset();
  owner_.OnDown(this, number);
}

}  // namespace strata::frontend
