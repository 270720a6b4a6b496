// A resolver that knows nothing, and answers what and when a test says.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_RECURSOR_TESTING_FAKE_RESOLVER_H_
#define STRATA_RECURSOR_TESTING_FAKE_RESOLVER_H_

#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "recursor/resolver.h"

namespace strata::recursor::testing {

// Thread-safe.
class FakeResolver final : public Resolver {
 public:
  struct Asked {
    std::shared_ptr<ResolverClient> client;
    ResolverQuestion question;  // its name is empty: it is beside it
    std::string name;
  };

  void Resolve(const std::shared_ptr<ResolverClient>& client, absl::Span<const ResolverQuestion> questions) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    for (const ResolverQuestion& question : questions) {
      asked_.push_back({client, question, std::string(question.name)});
      asked_.back().question.name = {};
    }
  }
  absl::Duration silence() const override { return silence_.load(); }

  void set_silence(absl::Duration silence) { silence_ = silence; }
  // What was asked since the last call.
  std::vector<Asked> TakeAsked() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return std::exchange(asked_, {});
  }
  // Waits until so much was asked.
  std::vector<Asked> AwaitAsked(size_t count) {
    std::vector<Asked> all;
    while (all.size() < count) {
      for (Asked& asked : TakeAsked()) all.push_back(std::move(asked));
      if (all.size() < count) absl::SleepFor(absl::Milliseconds(1));
    }
    return all;
  }
  static void Answer(const Asked& asked, absl::string_view wire) {
    ResolverAnswer answer;
    answer.id = asked.question.id;
    answer.wire = wire;
    asked.client->OnAnswer(answer);
  }

 private:
  std::mutex mutex_;
  std::vector<Asked> asked_;
  std::atomic<absl::Duration> silence_{absl::ZeroDuration()};
};

}  // namespace strata::recursor::testing

#endif  // STRATA_RECURSOR_TESTING_FAKE_RESOLVER_H_
