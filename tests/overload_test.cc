// Ten times what the servers can answer, for a minute: they answer nearly as much as they can, with queries that are
// fresh, their memory does not grow, and when it is over they answer as before.
//
// The servers share one CPU with threads that want all of it, so that there is a load that another CPU can offer ten
// times. OVERLOAD_SECONDS=10 makes it shorter.
//
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "tests/cluster/busy_cpu.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/dns_client.h"
#include "tests/cluster/process_usage.h"
#include "tests/cluster/query_load.h"
#include "tests/upstream/upstream.h"

namespace strata::tests {
namespace {

constexpr char kZone[] =
    "$TTL 60\n"
    "@ SOA ns root 1 3600 600 86400 60\n"
    "@ NS ns\n"
    "ns A 192.0.2.1\n"
    "* A 192.0.2.2\n";
constexpr int kRivals = 10;
constexpr double kOverload = 10;
// What it has to have been at least; where the frontend has the load's CPU, there is less to offer it with.
constexpr double kLeastOverload = kOverload / 2;
constexpr double kLeastOverloadBesideFrontend = 2;
constexpr int64_t kMiB = 1 << 20;
// An answer that comes later than this after its query was sent is none.
constexpr absl::Duration kPatience = absl::Seconds(1);

enum class Servers {
  kStrata,
  kSplit,          // frontend and authority on the busy CPU
  kSlowAuthority,  // the authority alone on the busy CPU
};

absl::Duration OverloadTime() {
  const char* seconds = getenv("OVERLOAD_SECONDS");
  return absl::Seconds(seconds == nullptr ? 60 : atoi(seconds));
}

// What became of a load.
struct Result {
  double sent = 0;     // a second
  double goodput = 0;  // right answers a second that came in time
  double lost = 0;     // of those sent
  absl::Duration p99;
  double cpu = 0;  // CPUs that the servers used

  double PerCpu() const { return goodput / cpu; }
};

// The number behind `"name": ` in what udpload prints.
double Number(const std::string& json, absl::string_view name) {
  const std::vector<std::string> parts = absl::StrSplit(json, absl::StrCat("\"", name, "\": "));
  double value = 0;
  if (parts.size() == 2) {
    EXPECT_TRUE(absl::SimpleAtod(parts[1].substr(0, parts[1].find_first_of(",}")), &value)) << json;
  }
  return value;
}

class OverloadTest : public testing::TestWithParam<Servers> {
 protected:
  void SetUp() override {
    const std::vector<int> cpus = UsableCpus();
    if (cpus.size() < 2) GTEST_SKIP() << "it takes two CPUs";
    server_cpu_ = cpus[0];
    load_cpu_ = cpus[1];
    Start();
    for (const Process* server : servers_) ASSERT_GT(server->pid(), 0);
    std::string queries;
    for (int i = 0; i < 5000; ++i) absl::StrAppend(&queries, "n", i, ".overload.test A\n");
    WriteFile(QueryFile(), queries);
    rivals_.emplace(server_cpu_, kRivals);
  }

  void Start() {
    const OnCpu here(server_cpu_);
    if (GetParam() == Servers::kStrata) {
      const std::string zone = cluster_.folder().Path("overload.test.zone");
      WriteFile(zone, kZone);
      servers_ = {&cluster_.StartStrata({"--bindzone=" + zone})};
      ASSERT_TRUE(servers_[0]->WaitUntilReady()) << servers_[0]->Describe();
      return;
    }
    cluster_.WriteZone("overload.test", kZone);
    cluster_.StartAuthority(0);
    std::optional<OnCpu> elsewhere;
    if (GetParam() == Servers::kSlowAuthority) elsewhere.emplace(load_cpu_);
    cluster_.StartFrontend();
    ASSERT_TRUE(cluster_.authority(0).WaitUntilReady()) << cluster_.authority(0).Describe();
    ASSERT_TRUE(cluster_.frontend().WaitUntilReady()) << cluster_.frontend().Describe();
    ASSERT_TRUE(cluster_.WaitUntilConnected());
    servers_ = {&cluster_.authority(0), &cluster_.frontend()};
  }

  std::string QueryFile() const { return cluster_.folder().Path("queries"); }

  absl::Duration CpuTime() const {
    // What a frontend of its own CPU uses bounds nothing.
    if (GetParam() == Servers::kSlowAuthority) return CpuTimeOf(servers_[0]->pid());
    absl::Duration sum;
    for (const Process* server : servers_) sum += CpuTimeOf(server->pid());
    return sum;
  }
  std::vector<int64_t> ResidentBytes() const {
    std::vector<int64_t> bytes;
    for (const Process* server : servers_) bytes.push_back(ResidentBytesOf(server->pid()));
    return bytes;
  }

  // Runs udpload; `meanwhile` is called once.
  template <typename Meanwhile>
  Result Load(const char* title, const std::vector<std::string>& arguments, absl::Duration time, Meanwhile meanwhile) {
    std::vector<std::string> command = {Runfile("bench/udpload"), absl::StrCat("--port=", cluster_.port()),
                                        "--queries=" + QueryFile(),
                                        absl::StrCat("--timeout=", absl::FormatDuration(kPatience)),
                                        absl::StrCat("--duration=", absl::FormatDuration(time))};
    command.insert(command.end(), arguments.begin(), arguments.end());
    const absl::Duration cpu = CpuTime();
    std::optional<OnCpu> there(load_cpu_);
    Process load(command, cluster_.folder().Path("udpload"));
    there.reset();
    meanwhile();
    EXPECT_EQ(load.WaitForExit(time + absl::Seconds(30)), 0) << load.Describe();
    const absl::Duration used = CpuTime() - cpu;
    const std::string json = load.Stdout();
    // It goes on for as long as an answer may come.
    const double seconds = absl::ToDoubleSeconds(time);
    Result result;
    result.sent = Number(json, "sent") / seconds;
    result.goodput = Number(json, "NOERROR") / seconds;
    result.lost = Number(json, "lost") / std::max(Number(json, "sent"), 1.0);
    result.p99 = absl::Microseconds(Number(json, "p99"));
    result.cpu = absl::ToDoubleSeconds(used) / seconds;
    printf("%-12s %8.0f/s sent, %8.0f/s right answers, p50 %6.1f ms, p99 %6.1f ms, %.3f CPUs, %.1f us an answer\n",
           title, result.sent, result.goodput, Number(json, "p50") / 1000, Number(json, "p99") / 1000, result.cpu,
           1e6 / result.PerCpu());
    return result;
  }
  Result Saturate(const char* title) {
    return Load(title, {"--window=512"}, absl::Seconds(5), [] {});
  }
  Result Ask(const char* title) {
    return Load(title, {"--window=8"}, absl::Seconds(3), [] {});
  }

  int server_cpu_ = 0;
  int load_cpu_ = 0;
  Cluster cluster_;
  std::vector<Process*> servers_;
  std::optional<BusyCpu> rivals_;
};

TEST_P(OverloadTest, GoodputAndMemoryHold) {
  Saturate("warm-up");
  const Result light = Ask("light load");
  const Result before = Saturate("capacity");
  const absl::Duration time = OverloadTime();
  std::vector<int64_t> early;
  const Result over =
      Load("overload",
           {absl::StrCat("--rate=", kOverload * before.goodput), "--window=262144", "--sockets=16", "--batch=64"}, time,
           [&] {
             absl::SleepFor(std::min(absl::Seconds(10), time / 2));
             early = ResidentBytes();
           });
  const std::vector<int64_t> late = ResidentBytes();
  // As if nothing had been. Others on the machine may disturb a round, but not all.
  const Result first_light = Ask("light load");
  Result light_again = first_light;
  const absl::Duration usual = 3 * light.p99 + absl::Milliseconds(50);
  for (int round = 0; round < 4 && light_again.p99 > usual; ++round) light_again = Ask("light load");
  const Result after = Saturate("capacity");

  // Whoever else runs on the machine has a part in these; the servers' own CPU time leaves most of that out.
  const double capacity = (before.goodput + after.goodput) / 2;
  const double per_cpu = (before.PerCpu() + after.PerCpu()) / 2;
  printf("offered %.1f of capacity; goodput %.2f of capacity, %.2f by CPU time\n", over.sent / before.goodput,
         over.goodput / capacity, over.PerCpu() / per_cpu);
  const double least = GetParam() == Servers::kSlowAuthority ? kLeastOverloadBesideFrontend : kLeastOverload;
  if (over.sent < before.goodput * least) GTEST_SKIP() << "others take the CPUs that the load was to come from";
  EXPECT_GE(std::max(over.goodput / capacity, over.PerCpu() / per_cpu), 0.9);
  EXPECT_GE(over.goodput / capacity, 0.4);
  for (size_t i = 0; i < servers_.size(); ++i) {
    printf("server %zu: %.1f MiB, %.1f MiB at the end\n", i, static_cast<double>(early[i]) / kMiB,
           static_cast<double>(late[i]) / kMiB);
    EXPECT_LT(late[i] - early[i], 2 * kMiB) << servers_[i]->Describe();
  }
  EXPECT_EQ(first_light.lost, 0);
  EXPECT_LT(light_again.p99, usual);
  EXPECT_GT(after.PerCpu(), before.PerCpu() / 2);
}

// Many times as many names that no server answers for as can be resolved at a time.
class MissOverloadTest : public testing::TestWithParam<bool> {
 protected:
  static ClusterShape Shape(const Upstream& upstream) {
    ClusterShape shape;
    shape.authorities = 0;
    shape.caches = 1;
    shape.recursors = 1;
    shape.recursor_flags = {"--forward=" + upstream.address()};
    return shape;
  }

  Upstream upstream_;
  Cluster cluster_{Shape(upstream_)};
};

TEST_P(MissOverloadTest, WhatIsRememberedIsAnsweredAllTheSame) {
  std::vector<Process*> servers;
  if (GetParam()) {
    servers = {&cluster_.StartStrata({"--recursive", "--cache", "--forward=" + upstream_.address()})};
    ASSERT_TRUE(servers[0]->WaitUntilReady()) << servers[0]->Describe();
  } else {
    ASSERT_TRUE(cluster_.StartAll());
    servers = {&cluster_.frontend(), &cluster_.cache(0), &cluster_.recursor(0)};
  }
  const std::string known = "www.known.test.";
  const absl::StatusOr<dns::Message> first = Ask(cluster_.port(), known, dns::rr_type::kA, {.recursion_desired = true});
  ASSERT_TRUE(first.ok()) << first.status();
  ASSERT_EQ(first->rcode, dns::rcode::kNoError);
  std::string queries;
  for (int i = 0; i < 300'000; ++i) absl::StrAppend(&queries, "silent.n", i, ".test A\n");
  const std::string file = cluster_.folder().Path("queries");
  WriteFile(file, queries);

  const auto resident = [&] {
    int64_t sum = 0;
    for (const Process* server : servers) sum += ResidentBytesOf(server->pid());
    return sum;
  };
  constexpr absl::Duration kTime = absl::Seconds(12);
  Process load(
      {Runfile("bench/udpload"), absl::StrCat("--port=", cluster_.port()), "--queries=" + file, "--rd", "--rate=20000",
       "--window=65536", "--timeout=6s", absl::StrCat("--duration=", absl::FormatDuration(kTime))},
      cluster_.folder().Path("udpload"));
  // Longer than a client waits: now everything is taken that can be.
  absl::SleepFor(kTime / 2);
  const int64_t early = resident();
  QueryLoad::Options options;
  options.port = cluster_.port();
  options.name = known;
  options.recursion_desired = true;
  options.timeout = absl::Seconds(1);
  options.tries = 3;
  options.source = "127.0.0.2";
  QueryLoad clients(options);
  absl::SleepFor(kTime / 2 - absl::Seconds(1));
  const std::vector<Outcome> outcomes = clients.Stop();
  EXPECT_LT(resident() - early, 32 * kMiB);
  size_t again = 0;
  size_t failed = 0;
  for (const Outcome& outcome : outcomes) {
    if (outcome.tries > 1) ++again;
    if (!outcome.Is(AddressOf(known))) ++failed;
  }
  printf("%zu queries for what is remembered, %zu asked again, %zu failed; %lld KiB more\n", outcomes.size(), again,
         failed, static_cast<long long>((resident() - early) / 1024));
  EXPECT_GT(outcomes.size(), 100u);
  EXPECT_EQ(failed, 0u);
  EXPECT_LE(again, outcomes.size() / 100);
  EXPECT_EQ(load.WaitForExit(absl::Seconds(30)), 0) << load.Describe();
  printf("%s", load.Stdout().c_str());
}

INSTANTIATE_TEST_SUITE_P(Servers, MissOverloadTest, testing::Bool(),
                         [](const auto& info) { return info.param ? "Strata" : "Split"; });

INSTANTIATE_TEST_SUITE_P(Servers, OverloadTest,
                         testing::Values(Servers::kStrata, Servers::kSplit, Servers::kSlowAuthority),
                         [](const auto& info) {
                           switch (info.param) {
                             case Servers::kStrata:
                               return "Strata";
                             case Servers::kSplit:
                               return "Split";
                             case Servers::kSlowAuthority:
                               return "SlowAuthority";
                           }
                           return "";
                         });

}  // namespace
}  // namespace strata::tests
