// All that a cache does, at once: for ThreadSanitizer, and for what must hold whoever comes first.
//
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "base/testing/fake_clock.h"
#include "cache/answer_cache.h"
#include "cache/testing/test_response.h"
#include "dns/lookup_name.h"
#include "gmock/gmock.h"

namespace strata::cache {
namespace {

using ::strata::cache::testing::AddressResponse;
using ::strata::cache::testing::WireName;

constexpr int kNames = 40;
constexpr size_t kMemoryBytes = 64 * 1024;

std::string NameOf(int number) { return absl::StrCat("n", number, ".example."); }

// Knows which name each of its lookups was for, and takes over what it is handed.
class Client final : public CacheClient {
 public:
  void OnReply(const Reply& reply) override {
    if (forgotten_) ++calls_after_forget_;
    const std::lock_guard<std::mutex> lock(mutex_);
    if (reply.has_token) handed_over_.emplace_back(reply.id, reply.token);
  }

  std::vector<std::pair<uint32_t, LeaseToken>> TakeHandedOver() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return std::exchange(handed_over_, {});
  }
  void SetForgotten() { forgotten_ = true; }
  int calls_after_forget() const { return calls_after_forget_; }

 private:
  std::atomic<bool> forgotten_{false};
  std::atomic<int> calls_after_forget_{0};
  std::mutex mutex_;
  std::vector<std::pair<uint32_t, LeaseToken>> handed_over_;  // by the lookup's id, which is the name's number
};

class Worker {
 public:
  Worker(AnswerCache* cache, uint32_t seed) : cache_(*cache), random_(seed) {
    for (int i = 0; i < kNames; ++i)
      wires_.push_back(AddressResponse(NameOf(i), 300 + static_cast<uint32_t>(i)).Wire());
  }

  // A client's life: looks up, fills, renews, releases or loses its leases, and goes.
  void LiveAndGo() {
    auto client = std::make_unique<Client>();
    for (int i = 0; i < 200; ++i) {
      LookUp(client.get(), random_() % kNames);
      for (const auto& [number, token] : client->TakeHandedOver()) End(client.get(), number, token);
    }
    cache_.Forget(client.get());
    client->SetForgotten();
    std::this_thread::yield();
    calls_after_forget_ += client->calls_after_forget();
  }

  int hits() const { return hits_; }
  int wrong() const { return wrong_; }
  int calls_after_forget() const { return calls_after_forget_; }

 private:
  void LookUp(Client* client, uint32_t number) {
    name_.Assign(WireName(NameOf(static_cast<int>(number))));
    Key key;
    key.name = &name_;
    key.type = key.rr_class = 1;
    const Reply reply = cache_.Lookup(client, number, key, &wire_);
    if (reply.kind == Reply::Kind::kHit) {
      ++hits_;
      if (!reply.answer.wire.empty() && reply.answer.wire != wires_[number]) ++wrong_;
    } else if (reply.has_token) {
      End(client, number, reply.token);
    }
  }

  void End(Client* client, uint32_t number, const LeaseToken& token) {
    switch (random_() % 8) {
      case 0:
        return;  // left to its client's end, or to the tick
      case 1:
        cache_.Release(client, token);
        return;
      case 2:
        cache_.Renew(client, token);
        return;
      case 3: {
        Answer failure;
        failure.rcode = 2;
        cache_.Fill(client, token, failure);
        return;
      }
      default: {
        Answer answer;
        answer.wire = wires_[number];
        cache_.Fill(client, token, answer);
      }
    }
  }

  AnswerCache& cache_;
  std::mt19937 random_;
  std::vector<std::string> wires_;
  dns::LookupName name_;
  std::string wire_;
  int hits_ = 0, wrong_ = 0, calls_after_forget_ = 0;
};

// As Worker, with names enough for the store to overflow.
void Flood(AnswerCache* cache, const std::atomic<bool>& stop) {
  Client client;
  std::string wire;
  dns::LookupName name;
  for (int i = 0; !stop; i = (i + 1) % 100'000) {
    const std::string text = absl::StrCat("flood", i, ".example.");
    name.Assign(WireName(text));
    Key key;
    key.name = &name;
    key.type = key.rr_class = 1;
    const Reply reply = cache->Lookup(&client, 0, key, &wire);
    const std::string filled = AddressResponse(text, 300).Wire();
    Answer answer;
    answer.wire = filled;
    if (reply.has_token) cache->Fill(&client, reply.token, answer);
  }
  cache->Forget(&client);
}

TEST(AnswerCacheRaceTest, HitsFillsHandoversForgetsAndEvictionsAtOnce) {
  base::testing::FakeClock clock;
  AnswerCache::Options options;
  options.memory_bytes = kMemoryBytes;
  options.lease = absl::Nanoseconds(1);  // every tick expires what it finds
  AnswerCache cache(options, clock);

  std::atomic<bool> stop{false};
  std::thread flood([&cache, &stop] { Flood(&cache, stop); });
  std::thread ticks([&cache, &clock, &stop] {
    while (!stop) {
      clock.Advance(absl::Microseconds(10));
      cache.Tick();
      ASSERT_LE(cache.statistics().bytes, kMemoryBytes);
      std::this_thread::yield();
    }
  });
  constexpr int kWorkers = 4;
  std::vector<std::unique_ptr<Worker>> workers;
  std::vector<std::thread> threads;
  threads.reserve(kWorkers);
  for (uint32_t i = 0; i < kWorkers; ++i) workers.push_back(std::make_unique<Worker>(&cache, i));
  for (const std::unique_ptr<Worker>& worker : workers) {
    threads.emplace_back([&worker] {
      for (int i = 0; i < 20; ++i) worker->LiveAndGo();
    });
  }
  for (std::thread& thread : threads) thread.join();
  stop = true;
  flood.join();
  ticks.join();

  int hits = 0;
  for (const std::unique_ptr<Worker>& worker : workers) {
    hits += worker->hits();
    EXPECT_EQ(worker->wrong(), 0);
    EXPECT_EQ(worker->calls_after_forget(), 0);
  }
  EXPECT_GT(hits, 0);
  EXPECT_EQ(cache.statistics().leases, 0u);
  EXPECT_EQ(cache.statistics().parked_now, 0u);
}

}  // namespace
}  // namespace strata::cache
