// Tells backends that answer badly from sound ones, by their answers.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_BACKENDS_OUTLIER_EJECTION_H_
#define STRATA_FRONTEND_BACKENDS_OUTLIER_EJECTION_H_

#include <cstdint>
#include <vector>

#include "absl/time/time.h"
#include "frontend/backends/backend_metrics.h"

namespace strata::frontend {

// A set of backends of one kind: bit i stands for number i.
using BackendSet = uint64_t;
inline constexpr int kMaxBackends = 64;

// A backend that gave several bad answers in a row, or many more than the others, is ejected for a while, a longer one
// each time; never more than half of them. One that was ejected, or away, comes back slowly: it may owe one answer,
// then twice as many after each round, until it is trusted. So one that is still broken costs one query. Not
// thread-safe.
class OutlierEjection {
 public:
  static constexpr uint32_t kBadInARow = 5;
  // The shares are looked at once a second, where there are enough answers to tell.
  static constexpr absl::Duration kWindow = absl::Seconds(1);
  static constexpr uint32_t kEnoughAnswers = 20;
  // What a backend that stays may spoil is what the retry budget pays for.
  static constexpr uint32_t kMaxBadPercent = 10;
  static constexpr absl::Duration kFirstEjection = absl::Seconds(1);
  static constexpr absl::Duration kLongestEjection = absl::Seconds(30);
  // Who behaved for so long begins anew.
  static constexpr absl::Duration kForgivenAfter = absl::Minutes(1);
  // Who may owe so many is trusted.
  static constexpr uint32_t kTrusted = 1024;

  // `metrics` outlives it.
  explicit OutlierEjection(BackendMetrics* metrics) : metrics_(*metrics) {}

  // The next number, which is trusted.
  void Add() { records_.emplace_back(); }

  void OnGood(int number) {
    Record& record = records_[number];
    record.bad_in_row = 0;
    ++record.good;
    if (record.allowance < kTrusted) Allow(number, record.allowance + 1);
  }
  // An answer that makes no sense, or was a failure where another backend then did better.
  void OnBad(int number);
  // No answer came within a query's time. This may be the fault of all: only the share counts.
  void OnTimeout(int number) { ++records_[number].bad; }
  // It was silent for so long that it was given up.
  void OnHang(int number) { Eject(number); }
  // Its stream stands again.
  void OnUp(int number) { Allow(number, 1); }
  // To be called now and then, with the time since the last call.
  void OnTick(absl::Duration since_last);

  BackendSet ejected() const { return ejected_; }
  // Those that may not owe as much as they like, but allowance() answers at most.
  BackendSet limited() const { return limited_; }
  uint32_t allowance(int number) const { return records_[number].allowance; }

 private:
  struct Record {
    uint32_t good = 0, bad = 0;  // in this window
    uint32_t bad_in_row = 0;
    uint32_t allowance = kTrusted;
    bool good_since_limited = false;
    int ejections = 0;     // that are not forgiven
    absl::Duration until;  // when ejected: of its end; else: when it ended
  };

  void Allow(int number, uint32_t allowance);
  void Eject(int number);
  void Return(int number);
  void LookAtShares();

  BackendMetrics& metrics_;
  std::vector<Record> records_;
  BackendSet ejected_ = 0;
  BackendSet limited_ = 0;
  absl::Duration now_;  // all ticks so far
  absl::Duration window_;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_BACKENDS_OUTLIER_EJECTION_H_
