// SPDX-License-Identifier: Apache-2.0
#include "frontend/backends/backend_standing.h"

#include <bit>

namespace strata::frontend {
namespace {

constexpr BackendSet BitOf(int number) { return BackendSet{1} << number; }

}  // namespace

void BackendStanding::Add(bool up) {
  if (up) up_ |= BitOf(size());
  known_ |= up_;
  watches_.emplace_back();
  outliers_.Add();
  Update();
}

void BackendStanding::Update() {
  impaired_ = draining_ | outliers_.ejected() | outliers_.limited();
  metrics_.up.Set(std::popcount(up_));
  metrics_.draining.Set(std::popcount(up_ & draining_));
}

BackendSet BackendStanding::Sift(BackendSet candidates) const {
  const BackendSet sound = candidates & ~outliers_.ejected();
  const BackendSet serving = sound & ~draining_;
  BackendSet best = serving;
  for (BackendSet rest = serving & outliers_.limited(); rest != 0; rest &= rest - 1) {
    const int number = std::countr_zero(rest);
    if (owed(number) >= outliers_.allowance(number)) best &= ~BitOf(number);
  }
  if (best != 0) return best;
  if (serving != 0) return serving;
  return sound != 0 ? sound : candidates;
}

int BackendStanding::LeastOwed(BackendSet set, int first) const {
  const BackendSet from_first = set & (~BackendSet{0} << first);
  int least = -1;
  for (BackendSet part : {from_first, set & ~from_first}) {
    for (; part != 0; part &= part - 1) {
      const int number = std::countr_zero(part);
      if (least < 0 || owed(number) < owed(least)) least = number;
    }
  }
  return least;
}

void BackendStanding::OnBad(int number) {
  outliers_.OnBad(number);
  Update();
}

void BackendStanding::OnHang(int number) {
  metrics_.hung.Add();
  outliers_.OnHang(number);
  Update();
}

void BackendStanding::OnUp(int number) {
  up_ |= BitOf(number);
  // The first time, at the start, there is nothing to doubt.
  if ((known_ & BitOf(number)) != 0) outliers_.OnUp(number);
  known_ |= BitOf(number);
  watches_[number].Reset();
  Update();
}

void BackendStanding::OnDown(int number) {
  up_ &= ~BitOf(number);
  metrics_.lost.Add();
  // A stream that breaks under its first queries will break again.
  if (owed(number) > 0 && outliers_.allowance(number) == 1) outliers_.OnBad(number);
  watches_[number].Reset();
  Update();
}

void BackendStanding::OnServing(int number, bool serving) {
  draining_ &= ~BitOf(number);
  if (!serving) draining_ |= BitOf(number);
  Update();
}

BackendSet BackendStanding::Tick(absl::Duration since_last, absl::Duration hung_after) {
  outliers_.OnTick(since_last);
  BackendSet silent = 0;
  for (int i = 0; i < size(); ++i) {
    if (watches_[i].Tick(since_last) > hung_after) silent |= BitOf(i) & up_;
  }
  Update();
  return silent;
}

}  // namespace strata::frontend
