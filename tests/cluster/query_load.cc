// SPDX-License-Identifier: Apache-2.0
#include "tests/cluster/query_load.h"

#include <algorithm>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "dns/message_text.h"

namespace strata::tests {

bool Outcome::Is(absl::string_view rdata) const {
  return answer.has_value() && answer->rcode == dns::rcode::kNoError && !answer->answer.empty() &&
         answer->answer[0].rdata == rdata;
}

bool Outcome::IsServFail(uint16_t extended_error) const {
  return answer.has_value() && answer->rcode == dns::rcode::kServFail && ExtendedErrorOf(*answer) == extended_error;
}

std::string Outcome::Describe() const { return answer.has_value() ? dns::MessageToText(*answer) : "no answer"; }

QueryLoad::QueryLoad(const Options& options) : options_(options) {
  for (int i = 0; i < options.clients; ++i) threads_.emplace_back(&QueryLoad::Run, this);
}

QueryLoad::~QueryLoad() { Stop(); }

absl::StatusOr<dns::Message> QueryLoad::AskOnce(std::unique_ptr<TcpClient>* connection) const {
  const QueryOptions query = {.recursion_desired = options_.recursion_desired, .source = options_.source};
  if (options_.transport == Transport::kUdp) {
    return Ask(options_.port, options_.name, options_.type, query, options_.timeout);
  }
  if (options_.transport == Transport::kTcp) {
    return AskTcp(options_.port, options_.name, options_.type, query, options_.timeout);
  }
  if (*connection == nullptr) *connection = std::make_unique<TcpClient>(options_.port, options_.source);
  const absl::StatusOr<std::string> wire =
      (*connection)->Exchange(MakeQuery(options_.name, options_.type, query), options_.timeout);
  if (!wire.ok()) {
    connection->reset();
    return wire.status();
  }
  absl::StatusOr<dns::Message> answer = dns::ParseMessage(*wire);
  if (answer.ok() && TellsToClose(*answer)) connection->reset();
  return answer;
}

void QueryLoad::Run() {
  std::unique_ptr<TcpClient> connection;
  while (!stopping_) {
    Outcome outcome;
    outcome.asked = absl::Now();
    while (outcome.tries < options_.tries && !outcome.answer.has_value()) {
      absl::StatusOr<dns::Message> answer = AskOnce(&connection);
      if (answer.ok()) outcome.answer = *std::move(answer);
      ++outcome.tries;
    }
    outcome.done = absl::Now();
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      outcomes_.push_back(std::move(outcome));
    }
    absl::SleepFor(options_.pause);
  }
}

bool QueryLoad::WaitFor(const std::function<bool(const Outcome&)>& condition, absl::Duration timeout) {
  const absl::Time start = absl::Now();
  size_t seen = 0;
  while (absl::Now() < start + timeout) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      for (; seen < outcomes_.size(); ++seen) {
        if (outcomes_[seen].asked >= start && condition(outcomes_[seen])) return true;
      }
    }
    absl::SleepFor(absl::Milliseconds(5));
  }
  return false;
}

std::vector<Outcome> QueryLoad::Stop() {
  stopping_ = true;
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  const std::lock_guard<std::mutex> lock(mutex_);
  std::sort(outcomes_.begin(), outcomes_.end(), [](const Outcome& a, const Outcome& b) { return a.asked < b.asked; });
  return outcomes_;
}

std::string Ipv4(uint8_t a, uint8_t b, uint8_t c, uint8_t d) {
  return {static_cast<char>(a), static_cast<char>(b), static_cast<char>(c), static_cast<char>(d)};
}

}  // namespace strata::tests
