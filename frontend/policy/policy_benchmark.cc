// What a query's policies cost: access lists, cookies, rate limiting, limits per client.
//
// bazel run //frontend/policy:policy_benchmark
//
// SPDX-License-Identifier: Apache-2.0
#include <netinet/in.h>

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/clock.h"
#include "benchmark/benchmark.h"
#include "frontend/policy/access_list.h"
#include "frontend/policy/client_limiter.h"
#include "frontend/policy/response_class.h"
#include "frontend/policy/response_limiter.h"
#include "frontend/policy/server_cookie.h"

namespace strata::frontend {
namespace {

sockaddr_in6 Client(uint64_t number) {
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_addr.s6_addr[0] = 0x20;
  for (int i = 1; i < 8; ++i) address.sin6_addr.s6_addr[i] = static_cast<uint8_t>(number >> (8 * i));
  return address;
}

std::vector<sockaddr_in6> Clients(size_t count) {
  std::mt19937_64 random(1);
  std::vector<sockaddr_in6> clients(count);
  for (sockaddr_in6& client : clients) client = Client(random());
  return clients;
}

const sockaddr* Ptr(const sockaddr_in6& address) { return reinterpret_cast<const sockaddr*>(&address); }

// The argument is the number of networks; 0 is "any".
void BM_AccessList(benchmark::State& state) {
  AccessList list;
  std::mt19937 random(2);
  if (state.range(0) == 0) list.Add("any").IgnoreError();
  for (int64_t i = 0; i < state.range(0); ++i) {
    list.Add(absl::StrCat(absl::Hex(0x2000 + random() % 256), ":", absl::Hex(random() % 65536), "::/32")).IgnoreError();
  }
  const std::vector<sockaddr_in6> clients = Clients(1024);
  size_t i = 0;
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(list.Allows(Ptr(clients[i++ % clients.size()])));
}
BENCHMARK(BM_AccessList)->Arg(0)->Arg(10)->Arg(1000)->Arg(10'000);

void BM_MakeServerCookie(benchmark::State& state) {
  const CookieSecret secret{1, 2, 3};
  const sockaddr_in6 client = Client(1);
  uint32_t now = 0;
  for ([[maybe_unused]] auto _ : state)
    benchmark::DoNotOptimize(MakeServerCookie("8 octets", Ptr(client), ++now, secret));
}
BENCHMARK(BM_MakeServerCookie);

void BM_VerifyServerCookie(benchmark::State& state) {
  const CookieSecret secret{1, 2, 3};
  const sockaddr_in6 client = Client(1);
  const ServerCookie cookie = MakeServerCookie("8 octets", Ptr(client), 1, secret);
  const absl::string_view octets(cookie.data(), cookie.size());
  for ([[maybe_unused]] auto _ : state)
    benchmark::DoNotOptimize(VerifyServerCookie("8 octets", octets, Ptr(client), 2, secret));
}
BENCHMARK(BM_VerifyServerCookie);

void BM_ClassifyAnswer(benchmark::State& state) {
  const std::string message("\0\0\x84\0\0\1\0\1\0\0\0\0\3www\7example\3com\0\0\1\0\1", 33);
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(ClassifyResponse(message));
}
BENCHMARK(BM_ClassifyAnswer);

void BM_ClassifyNxDomain(benchmark::State& state) {
  std::string message("\0\0\x84\3\0\1\0\0\0\1\0\0\3www\7example\3com\0\0\1\0\1", 33);
  message += std::string("\xc0\x10\0\6\0\1\0\0\0\1\0\x18\xc0\x0c\xc0\x10", 16) + std::string(20, 'n');
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(ClassifyResponse(message));
}
BENCHMARK(BM_ClassifyNxDomain);

ResponseLimiterOptions Options(int64_t all_per_second) {
  ResponseLimiterOptions options;
  options.responses_per_second = 200;
  options.all_per_second = static_cast<int>(all_per_second);
  return options;
}

// One of all threads. Never limited: a million networks, each a microsecond after the other.
void BM_CheckManyClients(benchmark::State& state) {
  static ResponseLimiter* const limiter = new ResponseLimiter(Options(0));
  const std::vector<sockaddr_in6> clients = Clients(size_t{1} << 20);
  base::MonotonicTime now = base::RealClock().MonotonicNow();
  auto i = static_cast<size_t>(state.thread_index()) * 7919;
  for ([[maybe_unused]] auto _ : state) {
    now += std::chrono::microseconds(1);
    const ResponseIdentity response = {ResponseClass::kAnswer, i % 100};
    benchmark::DoNotOptimize(limiter->Check(Ptr(clients[i++ & (clients.size() - 1)]), response, now));
  }
}
BENCHMARK(BM_CheckManyClients)->ThreadRange(1, 2)->UseRealTime();

// The argument is all_per_second. All threads about one network, which is over its limit.
void BM_CheckOneClientUnderAttack(benchmark::State& state) {
  static ResponseLimiter* const limiters[] = {new ResponseLimiter(Options(0)), new ResponseLimiter(Options(1000))};
  ResponseLimiter* const limiter = limiters[state.range(0) != 0];
  const sockaddr_in6 client = Client(1);
  base::MonotonicTime now = base::RealClock().MonotonicNow();
  for ([[maybe_unused]] auto _ : state) {
    now += std::chrono::nanoseconds(500);
    benchmark::DoNotOptimize(limiter->Check(Ptr(client), {ResponseClass::kAnswer, 1}, now));
  }
}
BENCHMARK(BM_CheckOneClientUnderAttack)->Arg(0)->Arg(1000)->ThreadRange(1, 2)->UseRealTime();

void BM_IsLimited(benchmark::State& state) {
  const ResponseLimiter limiter(Options(0));
  const std::vector<sockaddr_in6> clients = Clients(size_t{1} << 20);
  const base::MonotonicTime now = base::RealClock().MonotonicNow();
  size_t i = 0;
  for ([[maybe_unused]] auto _ : state)
    benchmark::DoNotOptimize(limiter.IsLimited(Ptr(clients[i++ & (clients.size() - 1)]), now));
}
BENCHMARK(BM_IsLimited);

// The argument is how many wait.
void BM_EnterAndLeave(benchmark::State& state) {
  ClientLimiter limiter(100, 16'384);
  const std::vector<sockaddr_in6> clients = Clients(size_t{1} << 20);
  std::vector<ClientLimiter::Ticket> waiting(static_cast<size_t>(state.range(0)));
  size_t i = 0;
  for (ClientLimiter::Ticket& ticket : waiting) ticket = limiter.Enter(Ptr(clients[i++]));
  for ([[maybe_unused]] auto _ : state) {
    ClientLimiter::Ticket& ticket = waiting[i % waiting.size()];
    limiter.Leave(ticket);
    ticket = limiter.Enter(Ptr(clients[i++ & (clients.size() - 1)]));
  }
}
BENCHMARK(BM_EnterAndLeave)->Arg(10)->Arg(10'000);

}  // namespace
}  // namespace strata::frontend

BENCHMARK_MAIN();
