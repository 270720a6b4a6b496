// How backends of one kind stand: which are up, what each owes, and which are the ones to ask.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_FRONTEND_BACKENDS_BACKEND_STANDING_H_
#define STRATA_FRONTEND_BACKENDS_BACKEND_STANDING_H_

#include <cstdint>
#include <vector>

#include "absl/time/time.h"
#include "frontend/backends/backend_metrics.h"
#include "frontend/backends/outlier_ejection.h"
#include "frontend/backends/silence_watch.h"

namespace strata::frontend {

// Knows them by their numbers only. Whoever gets an answer says what became of it: to what is owed by OnSettled(), and
// how good it was by OnGood() or OnBad(). Not thread-safe.
class BackendStanding {
 public:
  BackendStanding() : outliers_(&metrics_) {}
  BackendStanding(const BackendStanding&) = delete;
  BackendStanding& operator=(const BackendStanding&) = delete;

  // The next number; at most kMaxBackends.
  void Add(bool up);

  int size() const { return static_cast<int>(watches_.size()); }
  BackendSet up() const { return up_; }
  uint32_t owed(int number) const { return watches_[number].owed(); }
  absl::Duration silence(int number) const { return watches_[number].silence(); }
  // Any thread.
  BackendMetrics& metrics() { return metrics_; }
  const BackendMetrics& metrics() const { return metrics_; }

  // Those of `candidates` to ask: sound ones that may owe one answer more. Where there are none, what is left is better
  // than nothing: those that come back slowly, then those that drain, then any that is up.
  BackendSet Best(BackendSet candidates) const {
    candidates &= up_;
    return (candidates & impaired_) == 0 ? candidates : Sift(candidates);
  }
  // The one of `set` that owes the fewest answers; among equals, the next from `first` on. REQUIRES: there is one.
  int LeastOwed(BackendSet set, int first) const;

  void OnAsked(int number) { watches_[number].OnAsked(); }
  // A query was answered or given up.
  void OnSettled(int number) { watches_[number].OnSettled(); }
  // As for SilenceWatch.
  void OnForgotten(int number) { watches_[number].OnForgotten(); }
  void OnStray(int number) { watches_[number].OnStray(); }
  void OnAlive(int number) { watches_[number].OnAlive(); }

  // As for OutlierEjection.
  void OnGood(int number) { outliers_.OnGood(number); }
  void OnBad(int number);
  void OnTimeout(int number) { outliers_.OnTimeout(number); }
  void OnHang(int number);

  void OnUp(int number);
  void OnDown(int number);
  // One that is not serving drains: it answers what it was asked, and wants no more.
  void OnServing(int number, bool serving);

  // Those that have been silent for longer than `hung_after`. To be called every SilenceWatch::kTick.
  BackendSet Tick(absl::Duration since_last, absl::Duration hung_after);

 private:
  BackendSet Sift(BackendSet candidates) const;
  void Update();

  BackendMetrics metrics_;
  OutlierEjection outliers_;
  std::vector<SilenceWatch> watches_;
  BackendSet up_ = 0;
  BackendSet known_ = 0;  // have been up
  BackendSet draining_ = 0;
  // Not to be asked as a matter of course.
  BackendSet impaired_ = 0;
};

}  // namespace strata::frontend

#endif  // STRATA_FRONTEND_BACKENDS_BACKEND_STANDING_H_
