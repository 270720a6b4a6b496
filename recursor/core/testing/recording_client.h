// Who asks, in tests: notes what it is answered. Thread-safe.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_CORE_TESTING_RECORDING_CLIENT_H_
#define STRATA_RECURSOR_CORE_TESTING_RECORDING_CLIENT_H_

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "recursor/resolver.h"

namespace strata::recursor::testing {

struct RecordedAnswer {
  uint32_t id = 0;
  std::string wire;
  uint16_t rcode = 0;
  bool has_extended_error = false;
  uint16_t extended_error = 0;
  std::string extended_error_text;
};

class RecordingClient final : public ResolverClient {
 public:
  void OnAnswer(const ResolverAnswer& answer) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    answers_.push_back({answer.id, std::string(answer.wire), answer.rcode, answer.has_extended_error,
                        answer.extended_error, std::string(answer.extended_error_text)});
    changed_.notify_all();
  }

  size_t count() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return answers_.size();
  }
  std::vector<RecordedAnswer> answers() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return answers_;
  }
  // Whether there were so many before the time was up.
  bool WaitFor(size_t count, absl::Duration timeout = absl::Seconds(30)) const {
    std::unique_lock<std::mutex> lock(mutex_);
    return changed_.wait_for(lock, absl::ToChronoMilliseconds(timeout), [&] { return answers_.size() >= count; });
  }

 private:
  mutable std::mutex mutex_;  // guards answers_
  mutable std::condition_variable changed_;
  std::vector<RecordedAnswer> answers_;
};

}  // namespace strata::recursor::testing

#endif  // STRATA_RECURSOR_CORE_TESTING_RECORDING_CLIENT_H_
