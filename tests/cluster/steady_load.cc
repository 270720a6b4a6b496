// SPDX-License-Identifier: Apache-2.0
#include "tests/cluster/steady_load.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "dns/header.h"
#include "tests/cluster/dns_client.h"

namespace strata::tests {
namespace {

constexpr absl::Duration kSlice = absl::Milliseconds(100);

std::vector<int> OpenSockets(int count, uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::vector<int> sockets;
  for (int i = 0; i < count; ++i) {
    sockets.push_back(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (connect(sockets.back(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0) continue;
    perror("connect");
    abort();
  }
  return sockets;
}

}  // namespace

SteadyLoad::SteadyLoad(const Options& options)
    : options_(options), sockets_(OpenSockets(options.clients, options.port)), thread_([this] { Run(); }) {}

SteadyLoad::~SteadyLoad() {
  if (thread_.joinable()) Stop();
  for (const int fd : sockets_) close(fd);
}

std::vector<Outcome> SteadyLoad::Stop() {
  stopping_ = true;
  thread_.join();
  return outcomes_;
}

void SteadyLoad::Run() {
  const absl::Time start = absl::Now();
  const absl::Duration interval = absl::Seconds(1) / options_.rate;
  std::vector<pollfd> ready;
  for (const int fd : sockets_) ready.push_back({fd, POLLIN, 0});
  absl::Time end = absl::InfiniteFuture();
  while (absl::Now() < end && (end == absl::InfiniteFuture() || !waiting_.empty())) {
    if (stopping_ && end == absl::InfiniteFuture()) end = absl::Now() + options_.timeout;
    const absl::Time due = start + static_cast<int64_t>(outcomes_.size()) * interval;
    if (end == absl::InfiniteFuture() && due <= absl::Now()) {
      AskNext(due);
      continue;  // Those that are late leave before anything else.
    }
    const timespec wait = absl::ToTimespec(std::max(std::min(due, end) - absl::Now(), absl::ZeroDuration()));
    const timespec a_while = absl::ToTimespec(absl::Milliseconds(1));
    if (ppoll(ready.data(), ready.size(), end == absl::InfiniteFuture() ? &wait : &a_while, nullptr) <= 0) continue;
    for (size_t client = 0; client < ready.size(); ++client) {
      if (ready[client].revents != 0) Receive(client);
    }
  }
}

void SteadyLoad::AskNext(absl::Time due) {
  const size_t number = outcomes_.size();
  const size_t client = number % sockets_.size();
  const auto id = static_cast<uint16_t>(number / sockets_.size());
  const Question question = options_.question(number);
  const std::string query =
      MakeQuery(question.name, question.type, {.id = id, .recursion_desired = question.recursion_desired});
  outcomes_.push_back({.asked = due, .tries = 1, .done = due + options_.timeout, .answer = std::nullopt});
  waiting_[{client, id}] = number;
  // A query that cannot be sent is one that has no answer.
  (void)!send(sockets_[client], query.data(), query.size(), 0);
}

void SteadyLoad::Receive(size_t client) {
  char packet[4096];
  while (true) {
    const ssize_t size = recv(sockets_[client], packet, sizeof(packet), 0);
    if (size < static_cast<ssize_t>(dns::kHeaderSize)) return;
    const absl::string_view wire(packet, static_cast<size_t>(size));
    const auto asked = waiting_.find({client, dns::GetU16(wire, 0)});
    if (asked == waiting_.end()) continue;
    Outcome& outcome = outcomes_[asked->second];
    waiting_.erase(asked);
    absl::StatusOr<dns::Message> answer = dns::ParseMessage(wire);
    const absl::Time now = absl::Now();
    if (!answer.ok() || now > outcome.done) continue;  // The client listens no more.
    outcome.done = now;
    outcome.answer = *std::move(answer);
  }
}

absl::Duration Percentile99(const std::vector<Outcome>& outcomes, absl::Time begin, absl::Time end) {
  std::vector<absl::Duration> times;
  for (const Outcome& outcome : outcomes) {
    if (outcome.asked >= begin && outcome.asked < end) times.push_back(outcome.done - outcome.asked);
  }
  if (times.empty()) return absl::ZeroDuration();
  const auto percentile = times.begin() + static_cast<std::ptrdiff_t>((times.size() - 1) * 99 / 100);
  std::nth_element(times.begin(), percentile, times.end());
  return *percentile;
}

std::string DescribeLatencies(const std::vector<Outcome>& outcomes, absl::Time begin, absl::Time end, absl::Time zero) {
  std::string text = "99th percentile in ms, by ms:";
  for (absl::Time slice = begin; slice < end; slice += kSlice) {
    absl::StrAppend(&text, absl::StrFormat(" %d:%.1f", absl::ToInt64Milliseconds(slice - zero),
                                           absl::ToDoubleMilliseconds(Percentile99(outcomes, slice, slice + kSlice))));
  }
  return text;
}

}  // namespace strata::tests
