// Clients that want nothing but answers of 64 kB, many at a time: no stream to a backend breaks, no memory piles up,
// and small answers arrive beside them.
//
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <atomic>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "dns/message.h"
#include "gtest/gtest.h"
#include "tests/cluster/dns_client.h"
#include "tests/cluster/fault_fixture.h"
#include "tests/cluster/process_usage.h"

namespace strata::tests {
namespace {

constexpr int kNames = 20;
constexpr int kConnections = 24, kPipelined = 16;
constexpr size_t kLarge = 60'000;
constexpr int64_t kMebibyte = 1 << 20;
// Seven processes of some 20 MiB, what the frontend holds for its clients and streams (64 MiB a worker, 8 MiB a
// stream), and what the caches remember, which is less than they may in so short a time.
constexpr int64_t kMostBytes = 600 * kMebibyte;
// This load takes all processors.
constexpr absl::Duration kStall = absl::Milliseconds(250);

// TXT records that fill a message.
std::string LargeZone() {
  std::string zone = "$TTL 60\n@ SOA ns root 1 3600 600 86400 60\n@ NS ns\nns A 192.0.2.1\n";
  const std::string text(240, 'x');
  for (int name = 0; name < kNames; ++name) {
    for (int record = 0; record < 240; ++record) absl::StrAppend(&zone, "n", name, " TXT \"", record, text, "\"\n");
  }
  return zone;
}

// Connections that always have a number of queries under way.
class LargeQueries {
 public:
  // `query`: the message number i.
  LargeQueries(uint16_t port, std::function<std::string(int)> query) : port_(port), query_(std::move(query)) {
    for (int i = 0; i < kConnections; ++i) threads_.emplace_back(&LargeQueries::Run, this);
  }
  ~LargeQueries() { Stop(); }

  void Stop() {
    stopping_ = true;
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }
  int answers() const { return answers_; }
  // Connections that ended, and answers that were none.
  int failures() const { return failures_; }

 private:
  void Run() {
    TcpClient client(port_);
    int waiting = 0;
    while (!stopping_ || waiting > 0) {
      while (!stopping_ && waiting < kPipelined) {
        if (!client.Send(query_(next_++))) ++failures_;
        ++waiting;
      }
      const absl::StatusOr<std::string> answer = client.Receive(absl::Seconds(10));
      if (!answer.ok() || answer->size() < kLarge || (static_cast<uint8_t>((*answer)[3]) & 0xf) != 0) {
        ++failures_;
        return;
      }
      ++answers_;
      --waiting;
    }
  }

  const uint16_t port_;
  const std::function<std::string(int)> query_;
  std::atomic<bool> stopping_ = false;
  std::atomic<int> next_ = 0, answers_ = 0, failures_ = 0;
  std::vector<std::thread> threads_;
};

class LargeAnswersTest : public FaultFixture {
 protected:
  // Of the frontend and the backends that are asked.
  int64_t ResidentBytes() {
    int64_t bytes = ResidentBytesOf(cluster_->frontend().pid());
    for (const char* backend : {"authority", "cache", "recursor"}) {
      for (int i = 0; i < 2; ++i) bytes += ResidentBytesOf(ProcessOf(backend, i).pid());
    }
    return bytes;
  }

  void ExpectAllIsWell(const std::function<std::string(int)>& query) {
    RunUndisturbed(
        [&] {
          StartCluster();
          cluster_->WriteZone("large.test", LargeZone());
          QueryLoad known({.port = cluster_->port(), .name = "n0.large.test.", .type = dns::rr_type::kTXT});
          ASSERT_TRUE(known.WaitFor([](const Outcome& o) { return o.answer.has_value() && o.answer->truncated; }));
          known.Stop();
          StartLoad();
          absl::SleepFor(absl::Seconds(1));
          LargeQueries queries(cluster_->port(), query);
          const absl::Time begin = absl::Now();
          int64_t most = 0;
          while (absl::Now() < begin + absl::Seconds(5)) {
            most = std::max(most, ResidentBytes());
            absl::SleepFor(absl::Milliseconds(50));
          }
          const absl::Time end = absl::Now();
          queries.Stop();
          StopLoad();
          std::cout << queries.answers() << " large answers, " << most / kMebibyte << " MiB, small ones in "
                    << Percentile99(outcomes_, begin, end) << std::endl;
          EXPECT_EQ(queries.failures(), 0);
          EXPECT_GT(queries.answers(), 100);
          EXPECT_LT(most, kMostBytes);
        },
        kStall);
    ExpectAllRight(absl::Now());
    for (const char* event : {"backend down", "backend hangs", "backend stream ended"}) {
      EXPECT_FALSE(absl::StrContains(cluster_->frontend().Stderr(), event)) << cluster_->frontend().Stderr();
    }
  }
};

TEST_F(LargeAnswersTest, OfAuthorities) {
  ExpectAllIsWell(
      [](int number) { return MakeQuery(absl::StrCat("n", number % kNames, ".large.test."), dns::rr_type::kTXT); });
}

TEST_F(LargeAnswersTest, OfCaches) {
  ExpectAllIsWell([](int number) {
    return MakeQuery(absl::StrCat("many-4000.n", number % kNames, ".outside."), dns::rr_type::kA,
                     {.recursion_desired = true});
  });
}

TEST_F(LargeAnswersTest, OfRecursors) {
  ExpectAllIsWell([](int number) {
    return MakeQuery(absl::StrCat("many-4000.n", number, ".outside."), dns::rr_type::kA, {.recursion_desired = true});
  });
}

}  // namespace
}  // namespace strata::tests
