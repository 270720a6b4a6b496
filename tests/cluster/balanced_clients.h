// Clients of several frontends: each question goes to one of those that are listed, and if that fails, to another.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef STRATA_TESTS_CLUSTER_BALANCED_CLIENTS_H_
#define STRATA_TESTS_CLUSTER_BALANCED_CLIENTS_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "dns/message.h"

namespace strata::tests {

// What a load balancer knows of the frontends. Thread-safe.
class FrontendList {
 public:
  // None is listed.
  explicit FrontendList(const std::vector<uint16_t>& ports);

  // From now on it gets questions, and answers them.
  void Add(int frontend);
  // From now on it gets none. `killed`: what it was asked is lost; otherwise it answers that.
  void Remove(int frontend, bool killed);
  bool Has(int frontend) const;

  struct Choice {
    int frontend = 0;
    uint16_t port = 0;
    int removals = 0;
  };
  // One that is listed; waits until there is one. Not `avoid`, if there is another.
  Choice Choose(std::mt19937* random, int avoid) const;
  // What happened to it since.
  enum class Fate { kListed, kStopped, kKilled };
  Fate FateOf(const Choice& choice) const;

 private:
  struct Frontend {
    uint16_t port = 0;
    bool listed = false;
    int removals = 0;
    bool killed = false;
  };

  mutable std::mutex mutex_;
  std::vector<Frontend> frontends_;  // Guarded by mutex_.
};

struct JudgedQuestion {
  std::string name;
  uint16_t type = 0;
  bool tcp = false;
  // Empty for a right answer; otherwise, what is wrong with it. SERVFAIL is not for it to judge.
  std::function<std::string(const dns::Message&)> judge;
};

// Threads of clients, from construction until Stop(). Thread-safe.
class BalancedClients {
 public:
  // Called on the clients' threads.
  using QuestionSource = std::function<JudgedQuestion(std::mt19937* random)>;

  struct Failure {
    int frontend = 0;
    absl::Time time;
    std::string description;
  };
  struct Result {
    int questions = 0;
    // Asked again, as the frontend died or failed.
    int retries = 0;
    // Answers that were wrong.
    std::vector<std::string> wrong;
    // SERVFAIL, or no answer, that no death of the frontend explains; and questions that nobody would answer.
    std::vector<Failure> failures;
  };

  // `frontends` outlives it.
  BalancedClients(FrontendList* frontends, QuestionSource questions, int clients, uint32_t seed);
  ~BalancedClients();

  // Of either kind, so far. Of each, the first few are kept.
  int problems() const { return problems_; }
  Result Stop();

 private:
  static constexpr size_t kMaxKept = 100;
  static constexpr int kMaxTries = 5;

  void Run(uint32_t seed);
  void AskUntilAnswered(const JudgedQuestion& question, std::mt19937* random);
  // Unavailable: nobody listens, or has hung up. Aborted: it was killed meanwhile.
  absl::StatusOr<dns::Message> AskOnce(const JudgedQuestion& question, const FrontendList::Choice& choice);
  // False: there was no answer, and it may be asked for again.
  bool Judge(const JudgedQuestion& question, const FrontendList::Choice& choice,
             const absl::StatusOr<dns::Message>& answer);
  void AddWrong(const JudgedQuestion& question, const std::string& what);
  void AddFailure(const JudgedQuestion& question, const FrontendList::Choice& choice, const std::string& what);

  FrontendList& frontends_;
  const QuestionSource questions_;
  std::atomic<bool> stopping_ = false;
  std::atomic<int> problems_ = 0;
  std::mutex mutex_;
  Result result_;  // Guarded by mutex_.
  std::vector<std::thread> threads_;
};

}  // namespace strata::tests

#endif  // STRATA_TESTS_CLUSTER_BALANCED_CLIENTS_H_
