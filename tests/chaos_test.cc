// Two of each kind of process, stopped, killed and started in random order while zones change and clients ask: no
// answer is ever wrong, and none fails, but for what a frontend that is killed was asked.
//
// CHAOS_SECONDS says for how long, and CHAOS_SEED repeats what a run before did.
//
// SPDX-License-Identifier: Apache-2.0
#include <signal.h>
#include <stdlib.h>

#include <deque>
#include <iostream>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "dns/message_text.h"
#include "gtest/gtest.h"
#include "tests/cluster/balanced_clients.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/query_load.h"
#include "tests/upstream/upstream.h"

namespace strata::tests {
namespace {

constexpr uint16_t kA = dns::rr_type::kA;
constexpr int kZones = 2;
constexpr int kClients = 8;
// Longer than any question takes: a query is sent again once when its backend dies, not when the next one dies, too.
constexpr absl::Duration kSettled = absl::Seconds(2);
// By then each authority that runs serves what was published.
constexpr absl::Duration kFresh = absl::Seconds(10);

uint32_t FromEnvironment(const char* name, uint32_t otherwise) {
  const char* text = getenv(name);
  uint32_t number = 0;
  return text != nullptr && absl::SimpleAtoi(text, &number) ? number : otherwise;
}

std::string ZoneName(int zone) { return absl::StrCat("chaos", zone, ".test"); }

// The version is in both records of an RRset, so that half a zone would show.
std::string ZoneText(int version) {
  const std::string number = absl::StrCat(version / 256, ".", version % 256);
  return absl::StrCat("$TTL 60\n@ SOA ns root ", version, " 3600 600 86400 60\n@ NS ns\nns A 192.0.2.1\n",
                      "www A 192.0.2.2\nversion A 10.1.", number, "\nversion A 10.2.", number,
                      "\nout CNAME ttl-1.hot.outside.\n");
}

// Which versions of a zone may be seen. Thread-safe.
class Versions {
 public:
  // From now on it may be seen.
  int Begin() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return ++newest_;
  }
  void Published(int version) {
    const std::lock_guard<std::mutex> lock(mutex_);
    published_.push_back({absl::Now(), version});
  }
  int newest_published() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return published_.empty() ? 0 : published_.back().second;
  }
  // Of a question asked then and answered now. Empty: right.
  std::string Judge(absl::Time asked, const dns::Message& answer) const {
    if (answer.answer.size() != 2 || answer.answer[0].rdata.substr(2) != answer.answer[1].rdata.substr(2) ||
        answer.answer[0].rdata == answer.answer[1].rdata) {
      return "not one version";
    }
    const std::string& rdata = answer.answer[0].rdata;
    const int version = static_cast<uint8_t>(rdata[2]) * 256 + static_cast<uint8_t>(rdata[3]);
    const std::lock_guard<std::mutex> lock(mutex_);
    if (version > newest_) return absl::StrCat("version ", version, " of ", newest_);
    for (const auto& [time, published] : published_) {
      if (published > version && time < asked - kFresh) return absl::StrCat("still version ", version);
    }
    return "";
  }

 private:
  mutable std::mutex mutex_;
  int newest_ = 0;
  std::deque<std::pair<absl::Time, int>> published_;
};

std::string JudgeAddress(const dns::Message& answer, const std::string& address, size_t aliases) {
  if (answer.rcode != dns::rcode::kNoError || answer.answer.size() != aliases + 1) return "wrong";
  return answer.answer.back().rdata == address ? "" : "wrong address";
}

// All kinds of questions.
JudgedQuestion MakeQuestion(const std::vector<Versions>& versions, std::mt19937* random) {
  const int zone = static_cast<int>((*random)() % kZones);
  JudgedQuestion question;
  question.type = kA;
  question.tcp = (*random)() % 4 == 0;
  switch ((*random)() % 8) {
    case 0:
      question.name = absl::StrCat("www.", ZoneName(zone), ".");
      question.judge = [](const dns::Message& m) { return JudgeAddress(m, Ipv4(192, 0, 2, 2), 0); };
      return question;
    case 1:
      question.name = absl::StrCat("nothing.", ZoneName(zone), ".");
      question.judge = [](const dns::Message& m) { return m.rcode == dns::rcode::kNXDomain ? "" : "not NXDOMAIN"; };
      return question;
    case 2:
    case 3:
      question.name = absl::StrCat("version.", ZoneName(zone), ".");
      question.judge = [&versions, zone, now = absl::Now()](const dns::Message& m) {
        return versions[static_cast<size_t>(zone)].Judge(now, m);
      };
      return question;
    case 4:
      question.name = absl::StrCat("out.", ZoneName(zone), ".");
      question.judge = [](const dns::Message& m) { return JudgeAddress(m, AddressOf("ttl-1.hot.outside."), 1); };
      return question;
    case 5:  // New each time, and slow.
      question.name = absl::StrCat("slow-", (*random)() % 200, ".n", (*random)(), ".outside.");
      break;
    case 6:
      question.name = absl::StrCat("nx.n", (*random)() % 100, ".outside.");
      question.judge = [](const dns::Message& m) { return m.rcode == dns::rcode::kNXDomain ? "" : "not NXDOMAIN"; };
      return question;
    default:
      question.name = absl::StrCat("ttl-1.hot", (*random)() % 10, ".outside.");
  }
  question.judge = [name = question.name](const dns::Message& m) { return JudgeAddress(m, AddressOf(name), 0); };
  return question;
}

// One of two processes of its kind.
struct Member {
  enum class State { kUp, kStopping, kDown, kStarting };

  std::string kind;
  int number = 0;
  State state = State::kUp;
  absl::Time since = absl::InfinitePast();

  std::string name() const { return absl::StrCat(kind, number); }
  void Become(State next) {
    state = next;
    since = absl::Now();
  }
};

class Chaos {
 public:
  Chaos(uint32_t seed, const Upstream& upstream)
      : random_(seed), cluster_(Shape(upstream)), list_({cluster_.port(0), cluster_.port(1)}), versions_(kZones) {
    for (const char* kind : {"frontend", "authority", "cache", "recursor"}) {
      for (int number = 0; number < 2; ++number) members_.push_back({.kind = kind, .number = number});
    }
  }

  bool Start() {
    for (int zone = 0; zone < kZones; ++zone) ReplaceZone(zone, /*may_kill=*/false);
    if (!cluster_.StartAll()) return false;
    for (int frontend = 0; frontend < 2; ++frontend) list_.Add(frontend);
    return true;
  }

  // Something random.
  void Step() {
    for (Member& member : members_) Proceed(&member);
    const size_t choice = random_() % (members_.size() + 4);
    if (choice < members_.size()) {
      if (MayGo(members_[choice])) TakeDown(&members_[choice]);
    } else if (choice < members_.size() + 2) {
      ReplaceZone(static_cast<int>(random_() % kZones), random_() % 4 == 0);
    }
    absl::SleepFor(absl::Milliseconds(random_() % 60));
  }

  // Until all are there again.
  bool Recover() {
    const absl::Time end = absl::Now() + absl::Seconds(60);
    while (absl::Now() < end) {
      bool all = true;
      for (Member& member : members_) {
        Proceed(&member);
        all = all && member.state == Member::State::kUp;
      }
      if (all) return true;
      absl::SleepFor(absl::Milliseconds(20));
    }
    return false;
  }

  const Cluster& cluster() const { return cluster_; }
  FrontendList* list() { return &list_; }
  const std::vector<Versions>& versions() const { return versions_; }
  // What the processes did wrong.
  const std::vector<std::string>& problems() const { return problems_; }
  // Of all that ever ran.
  std::string Logs() const {
    std::string logs;
    for (const Member& member : members_) absl::StrAppend(&logs, cluster_.LogOf(member.name()));
    return logs;
  }
  // Whether the frontend took a process for hung shortly before: nothing hangs here, but that a busy machine may not
  // let it run for half a second. With the other one of its kind down, nobody is left.
  bool StoodStill(const BalancedClients::Failure& failure) const {
    for (absl::string_view line : absl::StrSplit(cluster_.LogOf(absl::StrCat("frontend", failure.frontend)), '\n')) {
      if (!absl::ConsumePrefix(&line, "time=") || !absl::StrContains(line, "msg=\"backend hangs\"")) continue;
      absl::Time time;
      std::string error;
      if (!absl::ParseTime(absl::RFC3339_full, line.substr(0, line.find(' ')), &time, &error)) continue;
      if (time <= failure.time && time > failure.time - kSettled) return true;
    }
    return false;
  }
  std::string Summary() const {
    std::string text;
    for (const auto& [event, count] : events_) absl::StrAppend(&text, event, " ", count, ", ");
    return text;
  }

 private:
  static ClusterShape Shape(const Upstream& upstream) {
    ClusterShape shape;
    shape.authorities = shape.caches = shape.recursors = shape.frontends = 2;
    shape.recursor_flags = {"--forward=" + upstream.address()};
    return shape;
  }

  Process& ProcessOf(const Member& member) {
    if (member.kind == "frontend") return cluster_.frontend(member.number);
    if (member.kind == "authority") return cluster_.authority(member.number);
    return member.kind == "cache" ? cluster_.cache(member.number) : cluster_.recursor(member.number);
  }

  void StartProcess(const Member& member) {
    if (member.kind == "frontend") cluster_.StartFrontend(member.number);
    if (member.kind == "authority") cluster_.StartAuthority(member.number);
    if (member.kind == "cache") cluster_.StartCache(member.number);
    if (member.kind == "recursor") cluster_.StartRecursor(member.number);
  }

  // Whether frontends and backends that run know each other, as far as this one is concerned.
  bool IsConnected(const Member& member) {
    for (const Member& other : members_) {
      const bool is_frontend = member.kind == "frontend";
      if (is_frontend == (other.kind == "frontend")) continue;
      const Member& frontend = is_frontend ? member : other;
      const Member& backend = is_frontend ? other : member;
      const bool runs = frontend.state == Member::State::kUp || is_frontend;
      if (runs && !cluster_.IsConnected(frontend.number, backend.name())) return false;
    }
    return true;
  }

  // The other one must be there to take over, and have settled.
  bool MayGo(const Member& member) {
    if (member.state != Member::State::kUp) return false;
    for (const Member& other : members_) {
      if (other.kind != member.kind || other.number == member.number) continue;
      return other.state == Member::State::kUp && other.since < absl::Now() - kSettled && IsConnected(other);
    }
    return false;
  }

  void TakeDown(Member* member) {
    const bool kill = random_() % 2 == 0;
    ++events_[absl::StrCat(member->kind, kill ? " killed" : " stopped")];
    if (member->kind == "frontend") list_.Remove(member->number, kill);
    if (kill) {
      ProcessOf(*member).Kill();
    } else {
      ProcessOf(*member).Signal(SIGTERM);
    }
    member->Become(kill ? Member::State::kDown : Member::State::kStopping);
  }

  void Proceed(Member* member) {
    Process& process = ProcessOf(*member);
    switch (member->state) {
      case Member::State::kUp:
        if (!process.running()) Complain(member, "ended by itself");
        return;
      case Member::State::kStopping:
        if (!process.running()) {
          if (process.WaitForExit(absl::ZeroDuration()) != 0) Complain(member, "did not stop in order");
          member->Become(Member::State::kDown);
        } else if (absl::Now() - member->since > absl::Seconds(30)) {
          Complain(member, "does not stop");
        }
        return;
      case Member::State::kDown:
        if (random_() % 4 != 0) return;
        StartProcess(*member);
        member->Become(Member::State::kStarting);
        return;
      case Member::State::kStarting:
        if (process.WaitUntilReady(absl::ZeroDuration()) && IsConnected(*member)) {
          member->Become(Member::State::kUp);
          if (member->kind == "frontend") list_.Add(member->number);
        } else if (!process.running() || absl::Now() - member->since > absl::Seconds(60)) {
          Complain(member, "does not start");
        }
        return;
    }
  }

  void Complain(Member* member, const char* what) {
    problems_.push_back(absl::StrCat(member->name(), " ", what, ": ", ProcessOf(*member).Describe()));
    if (member->kind == "frontend") list_.Remove(member->number, true);
    ProcessOf(*member).Kill();
    member->Become(Member::State::kDown);
  }

  // By zonec, which may be killed at it.
  void ReplaceZone(int zone, bool may_kill) {
    Versions& versions = versions_[static_cast<size_t>(zone)];
    const int version = versions.Begin();
    const std::string input = cluster_.folder().Path(ZoneName(zone));
    WriteFile(input, ZoneText(version));
    Process zonec({Runfile("zonec/zonec"), "compile", absl::StrCat("--origin=", ZoneName(zone)), "-o",
                   cluster_.SnapshotPath(ZoneName(zone)), input},
                  cluster_.folder().Path("zonec"));
    if (may_kill) {
      absl::SleepFor(absl::Milliseconds(random_() % 20));
      zonec.Kill();
    }
    if (zonec.WaitForExit(absl::Seconds(30)) == 0) {
      versions.Published(version);
      ++events_["zones published"];
    } else if (may_kill) {
      ++events_["zonec killed"];
    } else {
      problems_.push_back(zonec.Describe());
    }
  }

  std::mt19937 random_;
  Cluster cluster_;
  FrontendList list_;
  std::vector<Versions> versions_;
  std::vector<Member> members_;
  std::map<std::string, int> events_;
  std::vector<std::string> problems_;
};

TEST(ChaosTest, NoAnswerIsEverWrong) {
  const uint32_t seed = FromEnvironment("CHAOS_SEED", std::random_device()());
  const absl::Duration length = absl::Seconds(FromEnvironment("CHAOS_SECONDS", 20));
  std::cout << "CHAOS_SEED=" << seed << " CHAOS_SECONDS=" << absl::ToInt64Seconds(length) << std::endl;
  const Upstream upstream;
  Chaos chaos(seed, upstream);
  ASSERT_TRUE(chaos.Start());
  BalancedClients clients(
      chaos.list(), [&](std::mt19937* random) { return MakeQuestion(chaos.versions(), random); }, kClients, seed);
  const absl::Time end = absl::Now() + length;
  while (absl::Now() < end && clients.problems() < 50 && chaos.problems().empty()) chaos.Step();
  EXPECT_TRUE(chaos.Recover());
  const BalancedClients::Result result = clients.Stop();
  std::cout << chaos.Summary() << "questions " << result.questions << ", asked again " << result.retries << std::endl;
  for (const std::string& problem : chaos.problems()) ADD_FAILURE() << problem;
  for (const std::string& problem : result.wrong) ADD_FAILURE() << problem;
  for (const BalancedClients::Failure& failure : result.failures) {
    if (chaos.StoodStill(failure)) {
      std::cout << "while this machine stood still: " << failure.description << std::endl;
    } else {
      ADD_FAILURE() << failure.description;
    }
  }
  if (HasFailure()) std::cout << chaos.Logs();
  EXPECT_GT(result.questions, 100);

  // After all that, each frontend has the newest zones.
  for (int zone = 0; zone < kZones; ++zone) {
    const Versions& versions = chaos.versions()[static_cast<size_t>(zone)];
    const int newest = versions.newest_published();
    const std::string rdata = Ipv4(10, 1, static_cast<uint8_t>(newest / 256), static_cast<uint8_t>(newest % 256));
    for (int frontend = 0; frontend < 2; ++frontend) {
      QueryLoad load({.port = chaos.cluster().port(frontend),
                      .name = absl::StrCat("version.", ZoneName(zone), "."),
                      .clients = 1});
      EXPECT_TRUE(load.WaitFor([&](const Outcome& outcome) { return outcome.Is(rdata); })) << zone << newest;
    }
  }
}

}  // namespace
}  // namespace strata::tests
