// SPDX-License-Identifier: Apache-2.0
#include "tests/cluster/balanced_clients.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "dns/message_text.h"
#include "tests/cluster/dns_client.h"

namespace strata::tests {
namespace {

// How often a client looks whether the frontend that it waits for was killed.
constexpr absl::Duration kSlice = absl::Milliseconds(100);
constexpr absl::Duration kPause = absl::Milliseconds(2);
constexpr absl::Duration kPatience = absl::Seconds(10);

}  // namespace

FrontendList::FrontendList(const std::vector<uint16_t>& ports) {
  for (const uint16_t port : ports) frontends_.push_back({port, false, 0, false});
}

void FrontendList::Add(int frontend) {
  const std::lock_guard<std::mutex> lock(mutex_);
  frontends_[static_cast<size_t>(frontend)].listed = true;
}

void FrontendList::Remove(int frontend, bool killed) {
  const std::lock_guard<std::mutex> lock(mutex_);
  Frontend& removed = frontends_[static_cast<size_t>(frontend)];
  removed.listed = false;
  removed.killed = killed;
  ++removed.removals;
}

bool FrontendList::Has(int frontend) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return frontends_[static_cast<size_t>(frontend)].listed;
}

FrontendList::Choice FrontendList::Choose(std::mt19937* random, int avoid) const {
  while (true) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      std::vector<Choice> choices;
      for (const bool any : {false, true}) {
        for (size_t i = 0; i < frontends_.size(); ++i) {
          const bool wanted = any || static_cast<int>(i) != avoid;
          if (!frontends_[i].listed || !wanted) continue;
          choices.push_back({static_cast<int>(i), frontends_[i].port, frontends_[i].removals});
        }
        if (!choices.empty()) return choices[(*random)() % choices.size()];
      }
    }
    absl::SleepFor(kPause);
  }
}

FrontendList::Fate FrontendList::FateOf(const Choice& choice) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  const Frontend& frontend = frontends_[static_cast<size_t>(choice.frontend)];
  if (frontend.removals == choice.removals) return Fate::kListed;
  // Who was removed twice meanwhile was gone for good the first time.
  return frontend.killed || frontend.removals > choice.removals + 1 ? Fate::kKilled : Fate::kStopped;
}

BalancedClients::BalancedClients(FrontendList* frontends, QuestionSource questions, int clients, uint32_t seed)
    : frontends_(*frontends), questions_(std::move(questions)) {
  for (int i = 0; i < clients; ++i) threads_.emplace_back(&BalancedClients::Run, this, seed + static_cast<uint32_t>(i));
}

BalancedClients::~BalancedClients() { Stop(); }

BalancedClients::Result BalancedClients::Stop() {
  stopping_ = true;
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  const std::lock_guard<std::mutex> lock(mutex_);
  return result_;
}

void BalancedClients::Run(uint32_t seed) {
  std::mt19937 random(seed);
  while (!stopping_) {
    AskUntilAnswered(questions_(&random), &random);
    absl::SleepFor(kPause);
  }
}

void BalancedClients::AskUntilAnswered(const JudgedQuestion& question, std::mt19937* random) {
  FrontendList::Choice choice;
  choice.frontend = -1;
  for (int tries = 0; tries < kMaxTries; ++tries) {
    choice = frontends_.Choose(random, choice.frontend);
    const bool answered = Judge(question, choice, AskOnce(question, choice));
    const std::lock_guard<std::mutex> lock(mutex_);
    if (answered) {
      ++result_.questions;
      return;
    }
    ++result_.retries;
  }
  AddFailure(question, choice, "was never answered");
}

absl::StatusOr<dns::Message> BalancedClients::AskOnce(const JudgedQuestion& question,
                                                      const FrontendList::Choice& choice) {
  const std::string query = MakeQuery(question.name, question.type, {.recursion_desired = true});
  if (question.tcp) {
    absl::StatusOr<std::string> wire = TcpClient(choice.port).Exchange(query, kPatience);
    if (wire.ok()) return dns::ParseMessage(*wire);
    return absl::IsDeadlineExceeded(wire.status()) ? wire.status() : absl::UnavailableError(wire.status().message());
  }
  UdpClient client(choice.port);
  if (!client.Send(query)) return absl::UnavailableError("nobody listens");
  const absl::Time end = absl::Now() + kPatience;
  while (absl::Now() < end) {
    const bool killed = frontends_.FateOf(choice) == FrontendList::Fate::kKilled;
    const absl::StatusOr<std::string> wire = client.Receive(kSlice);
    if (wire.ok()) return dns::ParseMessage(*wire);
    if (!absl::IsDeadlineExceeded(wire.status())) return wire.status();
    if (killed) return absl::AbortedError("it was killed");
  }
  return absl::DeadlineExceededError("no answer");
}

bool BalancedClients::Judge(const JudgedQuestion& question, const FrontendList::Choice& choice,
                            const absl::StatusOr<dns::Message>& answer) {
  if (answer.ok() && answer->rcode != dns::rcode::kServFail) {
    const std::string wrong = question.judge(*answer);
    if (!wrong.empty()) AddWrong(question, absl::StrCat(wrong, ": ", dns::MessageToText(*answer)));
    return true;
  }
  const FrontendList::Fate fate = frontends_.FateOf(choice);
  // Whoever was asked before it stopped is answered; whoever comes later finds nobody.
  const bool nobody = !answer.ok() && absl::IsUnavailable(answer.status());
  if (fate == FrontendList::Fate::kKilled || (fate == FrontendList::Fate::kStopped && nobody)) return false;
  AddFailure(question, choice,
             answer.ok() ? absl::StrCat("failed: ", dns::MessageToText(*answer)) : answer.status().ToString());
  return false;
}

void BalancedClients::AddWrong(const JudgedQuestion& question, const std::string& what) {
  ++problems_;
  const std::lock_guard<std::mutex> lock(mutex_);
  if (result_.wrong.size() < kMaxKept) result_.wrong.push_back(absl::StrCat(question.name, " ", what));
}

void BalancedClients::AddFailure(const JudgedQuestion& question, const FrontendList::Choice& choice,
                                 const std::string& what) {
  ++problems_;
  const std::lock_guard<std::mutex> lock(mutex_);
  if (result_.failures.size() == kMaxKept) return;
  const absl::Time now = absl::Now();
  result_.failures.push_back({choice.frontend, now,
                              absl::StrCat(absl::FormatTime(now, absl::UTCTimeZone()), " frontend", choice.frontend,
                                           " ", question.name, question.tcp ? " TCP " : " ", what)});
}

}  // namespace strata::tests
