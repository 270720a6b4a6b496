// SPDX-License-Identifier: Apache-2.0
#include "tests/cluster/fault_fixture.h"

#include <stdlib.h>

#include <algorithm>
#include <iostream>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace strata::tests {
namespace {

constexpr int kOurNames = 100, kHotNames = 40;
constexpr int kMaxDescribed = 10;
constexpr int kMaxRuns = 3;
// Far below what a query costs that is sent to a backend that hangs.
constexpr absl::Duration kMargin = absl::Milliseconds(50);

std::string Zone() {
  std::string zone = "$TTL 60\n@ SOA ns root 1 3600 600 86400 60\n@ NS ns\nns A 192.0.2.1\n";
  for (int i = 0; i < kOurNames; ++i) absl::StrAppend(&zone, "host", i, " A 192.0.2.", i, "\n");
  return zone;
}

}  // namespace

FaultFixture::Kind FaultFixture::KindOf(uint64_t number) {
  if (number % 2 == 0) return Kind::kOurs;
  return number % 4 == 1 ? Kind::kHot : Kind::kUnknown;
}

SteadyLoad::Question FaultFixture::MakeQuestion(uint64_t number) {
  SteadyLoad::Question question;
  if (KindOf(number) == Kind::kOurs) {
    const auto host = static_cast<uint8_t>(number / 2 % kOurNames);
    question.name = absl::StrCat("host", host, ".ours.test.");
    question.rdata = Ipv4(192, 0, 2, host);
    return question;
  }
  question.recursion_desired = true;
  question.name = KindOf(number) == Kind::kHot ? absl::StrCat("hot", number / 4 % kHotNames, ".outside.")
                                               : absl::StrCat("unknown", number, ".outside.");
  question.rdata = AddressOf(question.name);
  return question;
}

void FaultFixture::SetUp() {
  const absl::Status entered = EnterOwnNetwork();
  if (!entered.ok()) {
    ASSERT_EQ(getenv("CI"), nullptr) << entered;
    GTEST_SKIP() << entered;
  }
  stalls_.emplace();  // Its threads may begin now.
}

void FaultFixture::RunUndisturbed(const std::function<void()>& run, absl::Duration stall) {
  for (int i = 1; i <= kMaxRuns && !HasFailure(); ++i) {
    const absl::Time begin = absl::Now();
    run();
    const absl::Duration stalled = stalls_->Longest(begin, absl::Now());
    if (stalled < stall) return;
    std::cout << "run " << i << ": this machine stood still for " << stalled << std::endl;
  }
}

void FaultFixture::StartCluster() {
  load_.reset();
  cluster_.reset();
  upstream_ = Upstream::OnHost(kTestAddress);
  ClusterShape shape;
  shape.authorities = shape.caches = shape.recursors = 2;
  shape.network = true;
  shape.recursor_flags = {"--forward=" + upstream_->address()};
  cluster_.emplace(shape);
  cluster_->WriteZone("ours.test", Zone());
  ASSERT_TRUE(cluster_->StartAll());
}

void FaultFixture::StartLoad() {
  load_.emplace(SteadyLoad::Options{.port = cluster_->port(), .question = MakeQuestion});
}

Process& FaultFixture::ProcessOf(absl::string_view backend, int number) {
  if (backend == "authority") return cluster_->authority(number);
  return backend == "cache" ? cluster_->cache(number) : cluster_->recursor(number);
}

Process& FaultFixture::Start(absl::string_view backend, int number) {
  if (backend == "authority") return cluster_->StartAuthority(number);
  return backend == "cache" ? cluster_->StartCache(number) : cluster_->StartRecursor(number);
}

void FaultFixture::SetLink(absl::string_view backend, int number, bool up) {
  cluster_->SetLink(absl::StrCat(backend, number), up);
}

bool FaultFixture::IsRight(size_t number) const { return outcomes_[number].Is(MakeQuestion(number).rdata); }

void FaultFixture::ExpectAllRight(absl::Time zero) {
  int wrong = 0;
  for (size_t i = 0; i < outcomes_.size(); ++i) {
    if (IsRight(i) || ++wrong > kMaxDescribed) continue;
    ADD_FAILURE() << outcomes_[i].asked - zero << " " << MakeQuestion(i).name << ": " << outcomes_[i].Describe();
  }
  if (wrong == 0) return;
  const absl::Time begin = outcomes_.front().asked, end = outcomes_.back().asked;
  ADD_FAILURE() << wrong << " failed of " << outcomes_.size() << "; this machine stood still for "
                << stalls_->Longest(begin, end) << "\n"
                << DescribeLatencies(outcomes_, begin, end, zero) << "\n"
                << cluster_->frontend().Stderr();
}

void FaultFixture::ExpectAsFastAgain(absl::Time fault, absl::Time event) {
  const absl::Time earlier = fault - absl::Seconds(1), begin = event + absl::Seconds(1);
  const absl::Time end = begin + absl::Milliseconds(900);
  const absl::Duration before = Percentile99(outcomes_, earlier, fault);
  // What a machine that is busy with something else does to both.
  const absl::Duration stalled = std::max(stalls_->Longest(begin, end), stalls_->Longest(earlier, fault));
  EXPECT_LT(Percentile99(outcomes_, begin, end), 3 * before + kMargin + 2 * stalled)
      << "before: " << before << "; this machine stood still for " << stalled << "\n"
      << DescribeLatencies(outcomes_, earlier, end, fault) << "\n"
      << cluster_->frontend().Stderr();
}

}  // namespace strata::tests
