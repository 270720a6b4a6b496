// What a cache costs: a hit, a miss with its fill, and a fill that evicts.
//
// bazel run //cache:answer_cache_benchmark
//
// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/clock.h"
#include "base/prefetch.h"
#include "benchmark/benchmark.h"
#include "cache/answer_cache.h"
#include "cache/cache_policy.h"
#include "cache/testing/test_response.h"
#include "dns/lookup_name.h"

namespace strata::cache {
namespace {

class DeafClient final : public CacheClient {
 public:
  void OnReply(const Reply& reply) override { benchmark::DoNotOptimize(&reply); }
};

struct Sample {
  std::string name, wire;
};

Key AddressKey(const dns::LookupName& name) {
  Key key;
  key.name = &name;
  key.type = key.rr_class = 1;
  return key;
}

std::vector<Sample> MakeSamples(int64_t count) {
  std::vector<Sample> samples(static_cast<size_t>(count));
  std::mt19937 random(1);
  for (Sample& sample : samples) {
    const std::string name = absl::StrCat("host-", random(), ".example.com.");
    sample.name = testing::WireName(name);
    testing::TestResponse response = testing::AddressResponse(name, 80'000);
    response.answer.push_back(absl::StrCat(name, " 80000 A 192.0.2.2"));
    sample.wire = response.Wire();
  }
  return samples;
}

bool FillMiss(AnswerCache* cache, CacheClient* client, const Sample& sample, std::string* wire) {
  const dns::LookupName name(sample.name);
  const Reply reply = cache->Lookup(client, 0, AddressKey(name), wire);
  Answer answer;
  answer.wire = sample.wire;
  return reply.has_token && cache->Fill(client, reply.token, answer);
}

// Names in random order. The next one is fetched while the last one is looked up: a server has just read it.
class NameSequence {
 public:
  explicit NameSequence(const std::vector<Sample>& samples) {
    for (const Sample& sample : samples) names_.emplace_back(sample.name);
  }
  void ReadNext(dns::LookupName* name) {
    name->Assign(names_[next_]);
    next_ = random_() % names_.size();
    base::Prefetch(names_[next_].data());
  }

 private:
  std::vector<std::string> names_;
  std::minstd_rand random_;
  size_t next_ = 0;
};

// Of as many names as the argument says, in random order: from all in the processor's caches to none. Less
// BM_HitWithoutCache, which is the caller's share.
void BM_Hit(benchmark::State& state) {
  const base::RealClock clock;
  AnswerCache cache({}, clock);
  DeafClient client;
  const std::vector<Sample> samples = MakeSamples(state.range(0));
  std::string wire;
  for (const Sample& sample : samples) FillMiss(&cache, &client, sample, &wire);
  NameSequence names(samples);
  dns::LookupName name;
  int64_t hits = 0;
  for ([[maybe_unused]] auto _ : state) {
    names.ReadNext(&name);
    hits += cache.Lookup(&client, 0, AddressKey(name), &wire).kind == Reply::Kind::kHit ? 1 : 0;
  }
  if (hits != static_cast<int64_t>(state.iterations())) state.SkipWithError("not all were hits");
}
BENCHMARK(BM_Hit)->Arg(1)->Arg(1000)->Arg(30'000)->Arg(300'000);

void BM_HitWithoutCache(benchmark::State& state) {
  NameSequence names(MakeSamples(state.range(0)));
  dns::LookupName name;
  for ([[maybe_unused]] auto _ : state) {
    names.ReadNext(&name);
    benchmark::DoNotOptimize(name.Hash());
  }
}
BENCHMARK(BM_HitWithoutCache)->Arg(1)->Arg(1000)->Arg(30'000)->Arg(300'000);

// A lookup that misses, and the fill for it; of so many names that what was filled is long gone.
void MissAndFill(size_t memory_bytes, benchmark::State* state) {
  const base::RealClock clock;
  AnswerCache::Options options;
  options.memory_bytes = memory_bytes;
  AnswerCache cache(options, clock);
  DeafClient client;
  const std::vector<Sample> samples = MakeSamples(100'000);
  std::string wire;
  size_t next = 0;
  for ([[maybe_unused]] auto _ : *state) {
    benchmark::DoNotOptimize(FillMiss(&cache, &client, samples[next], &wire));
    if (++next == samples.size()) next = 0;
  }
  state->counters["evictions"] =
      benchmark::Counter(static_cast<double>(cache.statistics().store.evictions), benchmark::Counter::kAvgIterations);
}
void BM_MissAndEvictingFill(benchmark::State& state) { MissAndFill(size_t{4} << 20, &state); }
BENCHMARK(BM_MissAndEvictingFill);
// Nothing is ever stored, for want of room.
void BM_MissAndPassingFill(benchmark::State& state) { MissAndFill(0, &state); }
BENCHMARK(BM_MissAndPassingFill);

void BM_Assess(benchmark::State& state) {
  const Sample sample = std::move(MakeSamples(1)[0]);
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(Assess(sample.wire, {86400, 3600}));
}
BENCHMARK(BM_Assess);

}  // namespace
}  // namespace strata::cache

BENCHMARK_MAIN();
