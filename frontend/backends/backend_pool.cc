// SPDX-License-Identifier: Apache-2.0
#include "frontend/backends/backend_pool.h"

#include <bit>

namespace strata::frontend {
namespace {

constexpr int kPatienceWithTheLast = 3;

}  // namespace

void BackendPool::Add(Backend* backend) {
  backends_.push_back(backend);
  limits_.emplace_back();
  standing_.Add(backend->up());
}

int BackendPool::NumberOf(const Backend* backend) const {
  int number = 0;
  while (backends_[number] != backend) ++number;
  return number;
}

BackendSet BackendPool::WithRoom(BackendSet candidates) const {
  BackendSet roomy = candidates & up();
  for (BackendSet rest = roomy; rest != 0; rest &= rest - 1) {
    const int number = std::countr_zero(rest);
    if (standing_.owed(number) >= limits_[number].limit()) roomy &= ~(BackendSet{1} << number);
  }
  return roomy;
}

void BackendPool::Submit(int number, const BackendQuery& query) {
  standing_.metrics().queries.Add();
  standing_.OnAsked(number);
  backends_[number]->Submit(query);
}

void BackendPool::Flush() {
  for (BackendSet rest = up(); rest != 0; rest &= rest - 1) backends_[std::countr_zero(rest)]->Flush();
}

void BackendPool::OnTick(absl::Duration since_last, absl::Duration hung_after) {
  for (InFlightLimit& limit : limits_) limit.Tick(since_last);
  for (BackendSet silent = standing_.Tick(since_last, hung_after); silent != 0; silent &= silent - 1) {
    const int number = std::countr_zero(silent);
    const bool others = (up() & ~(BackendSet{1} << number)) != 0;
    if (!others && standing_.silence(number) <= kPatienceWithTheLast * hung_after) continue;
    standing_.OnHang(number);
    backends_[number]->Break();
  }
}

void BackendPool::OnAnswer(Backend* backend, const BackendAnswer& answer) {
  const int number = NumberOf(backend);
  limits_[number].OnAnswer();
  owner_.OnAnswer(this, number, answer);
}

void BackendPool::OnDown(Backend* backend) {
  const int number = NumberOf(backend);
  standing_.OnDown(number);
  owner_.OnDown(this, number);
}

}  // namespace strata::frontend
