// SPDX-License-Identifier: Apache-2.0
#include "frontend/backends/outlier_ejection.h"

#include <algorithm>
#include <bit>

namespace strata::frontend {
namespace {

constexpr BackendSet BitOf(int number) { return BackendSet{1} << number; }

}  // namespace

void OutlierEjection::Allow(int number, uint32_t allowance) {
  Record& record = records_[number];
  record.good_since_limited = allowance > 1;
  record.allowance = std::min(allowance, kTrusted);
  limited_ &= ~BitOf(number);
  if (allowance < kTrusted) limited_ |= BitOf(number);
}

void OutlierEjection::OnBad(int number) {
  Record& record = records_[number];
  ++record.bad;
  ++record.bad_in_row;
  // Who is on probation has one try.
  if (record.bad_in_row >= kBadInARow || record.allowance < kTrusted) Eject(number);
}

void OutlierEjection::Eject(int number) {
  const size_t most = records_.size() / 2;
  if ((ejected_ & BitOf(number)) != 0 || static_cast<size_t>(std::popcount(ejected_)) >= most) return;
  Record& record = records_[number];
  if (now_ - record.until > kForgivenAfter) record.ejections = 0;
  // Beyond a few it is the longest in any case.
  const int doublings = std::min(record.ejections++, 10);
  record.until = now_ + std::min(kFirstEjection * (1 << doublings), kLongestEjection);
  record.bad_in_row = 0;
  ejected_ |= BitOf(number);
  metrics_.ejections.Add();
  metrics_.ejected.Set(std::popcount(ejected_));
}

void OutlierEjection::Return(int number) {
  ejected_ &= ~BitOf(number);
  metrics_.ejected.Set(std::popcount(ejected_));
  records_[number].bad_in_row = 0;
  Allow(number, 1);
}

void OutlierEjection::OnTick(absl::Duration since_last) {
  now_ += since_last;
  for (BackendSet rest = ejected_; rest != 0; rest &= rest - 1) {
    const int number = std::countr_zero(rest);
    if (now_ >= records_[number].until) Return(number);
  }
  for (BackendSet rest = limited_ & ~ejected_; rest != 0; rest &= rest - 1) {
    const int number = std::countr_zero(rest);
    // Time helps who is asked little, once it has shown that it answers.
    if (records_[number].good_since_limited) Allow(number, 2 * records_[number].allowance);
  }
  window_ += since_last;
  if (window_ < kWindow) return;
  window_ = absl::ZeroDuration();
  LookAtShares();
}

void OutlierEjection::LookAtShares() {
  uint64_t good = 0, bad = 0;
  for (const Record& record : records_) {
    good += record.good;
    bad += record.bad;
  }
  for (size_t i = 0; i < records_.size(); ++i) {
    const uint64_t answers = uint64_t{records_[i].good} + records_[i].bad;
    if (answers < kEnoughAnswers || records_[i].bad * 100 <= answers * kMaxBadPercent) continue;
    // More than twice the share of the others: what they all do is not its fault.
    const uint64_t others_bad = bad - records_[i].bad, others = good + bad - answers;
    if (records_[i].bad * others > 2 * others_bad * answers || others == 0) Eject(static_cast<int>(i));
  }
  for (Record& record : records_) record.good = record.bad = 0;
}

}  // namespace strata::frontend
