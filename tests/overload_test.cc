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
#include "tests/cluster/process_usage.h"

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
  const Result light_again = Ask("light load");
  const Result after = Saturate("capacity");

  // Whoever else runs on the machine has a part in these; the servers' own CPU time leaves most of that out.
  const double capacity = (before.goodput + after.goodput) / 2;
  const double per_cpu = (before.PerCpu() + after.PerCpu()) / 2;
  printf("offered %.1f of capacity; goodput %.2f of capacity, %.2f by CPU time\n", over.sent / before.goodput,
         over.goodput / capacity, over.PerCpu() / per_cpu);
  EXPECT_GE(std::max(over.goodput / capacity, over.PerCpu() / per_cpu), 0.9);
  EXPECT_GE(over.goodput / capacity, 0.5);
  for (size_t i = 0; i < servers_.size(); ++i) {
    printf("server %zu: %.1f MiB, %.1f MiB at the end\n", i, static_cast<double>(early[i]) / kMiB,
           static_cast<double>(late[i]) / kMiB);
    EXPECT_LT(late[i] - early[i], 2 * kMiB) << servers_[i]->Describe();
  }
  // As if nothing had been, from the first second on.
  EXPECT_EQ(light_again.lost, 0);
  EXPECT_LT(light_again.p99, 3 * light.p99 + absl::Milliseconds(50));
  EXPECT_GT(after.goodput, before.goodput / 2);
}

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
