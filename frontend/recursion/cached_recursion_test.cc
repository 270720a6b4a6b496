// Tests of looking up, resolving and filling: leases, parking, and members and recursors that fail.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/recursion/cached_recursion.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/testing/fake_clock.h"
#include "dns/edns.h"
#include "dns/rr_type.h"
#include "frontend/testing/fake_backend.h"
#include "frontend/testing/fake_cache_member.h"
#include "frontend/testing/messages.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using testing::AnswerTo;
using ::testing::ElementsAre;
using testing::FakeBackend;
using testing::FakeCacheMember;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing::WireName;

constexpr absl::Duration kTick = SilenceWatch::kTick;

// What was resolved, for whom.
class Askers : public CachedRecursion::Asker {
 public:
  struct Resolved {
    uint32_t id;
    std::string wire;
    uint16_t rcode;
    uint16_t extended_error;
  };
  void OnResolved(uint32_t id, const BackendAnswer& answer) override {
    resolved.push_back({id, std::string(answer.wire), answer.rcode, answer.extended_error});
  }
  std::vector<Resolved> resolved;
};

class CachedRecursionTest : public ::testing::Test {
 protected:
  CachedRecursionTest() { Make(2, 2); }

  void Make(int members, int recursors) {
    members_.clear();
    recursors_.clear();
    recursion_ = std::make_unique<CachedRecursion>(options_, &budget_, clock_, &askers_);
    for (int i = 0; i < members; ++i) {
      members_.push_back(std::make_unique<FakeCacheMember>(recursion_->member_events()));
      recursion_->AddMember("member-" + std::to_string(i), members_.back().get());
    }
    for (int i = 0; i < recursors; ++i) {
      recursors_.push_back(std::make_unique<FakeBackend>(recursion_->recursor_events(), /*up=*/true));
      recursion_->AddRecursor("recursor-" + std::to_string(i), recursors_.back().get());
    }
  }
  // Returns the resolution's number.
  uint32_t Ask(uint32_t asker, const std::string& name = "a.test.") {
    const dns::LookupName lookup(WireName(name));
    CachedRecursion::Question question;
    question.name = &lookup;
    question.type = dns::rr_type::kA;
    question.rr_class = dns::rr_class::kIN;
    question.deadline = clock_.MonotonicNow() + std::chrono::seconds(5);
    uint32_t resolution = 0;
    EXPECT_TRUE(recursion_->Resolve(asker, question, &resolution));
    return resolution;
  }
  // The only member that was asked anything, and the other.
  FakeCacheMember& Owner() { return *members_[members_[0]->lookups.empty() ? 1 : 0]; }
  FakeCacheMember& Other() { return *members_[members_[0]->lookups.empty() ? 0 : 1]; }
  FakeBackend& Favourite() { return *recursors_[recursors_[0]->submitted.empty() ? 1 : 0]; }
  FakeBackend& Second() { return *recursors_[recursors_[0]->submitted.empty() ? 0 : 1]; }
  void Tick(int count = 1) {
    for (int i = 0; i < count; ++i) {
      clock_.Advance(kTick);
      recursion_->OnTick(kTick);
    }
  }

  CachedRecursion::Options options_;
  base::testing::FakeClock clock_;
  RetryBudget budget_;
  Askers askers_;
  std::vector<std::unique_ptr<FakeCacheMember>> members_;
  std::vector<std::unique_ptr<FakeBackend>> recursors_;
  std::unique_ptr<CachedRecursion> recursion_;
};

TEST_F(CachedRecursionTest, HitAsksNobodyElse) {
  Ask(7);
  ASSERT_THAT(Owner().lookups, SizeIs(1));
  EXPECT_EQ(Owner().names[0], WireName("a.test."));
  EXPECT_EQ(Owner().lookups[0].type, dns::rr_type::kA);
  Owner().Hit(Owner().lookups[0].id, AnswerTo("a.test."));
  ASSERT_THAT(askers_.resolved, SizeIs(1));
  EXPECT_EQ(askers_.resolved[0].id, 7u);
  EXPECT_EQ(askers_.resolved[0].wire, AnswerTo("a.test."));
  EXPECT_THAT(Other().lookups, IsEmpty());
  EXPECT_THAT(Favourite().submitted, IsEmpty());
  EXPECT_EQ(recursion_->resolutions(), 0u);
}

TEST_F(CachedRecursionTest, LeaseResolvesAndFills) {
  Ask(7);
  Owner().Miss(Owner().lookups[0].id, 'x');
  ASSERT_THAT(Favourite().submitted, SizeIs(1));
  EXPECT_EQ(Favourite().submitted[0].name, WireName("a.test."));
  EXPECT_TRUE(Favourite().submitted[0].query.recursion_desired);
  EXPECT_EQ(Favourite().submitted[0].query.time_left, absl::InfiniteDuration()) << "others may wait for it";
  Favourite().Answer(Favourite().submitted[0].query.id, AnswerTo("a.test."));
  ASSERT_THAT(Owner().fills, SizeIs(1));
  EXPECT_EQ(Owner().fills[0].token, FakeCacheMember::Token('x'));
  EXPECT_EQ(Owner().fills[0].wire, AnswerTo("a.test."));
  EXPECT_THAT(askers_.resolved, SizeIs(1));
  EXPECT_THAT(Owner().releases, IsEmpty());
}

TEST_F(CachedRecursionTest, MissWithoutLeaseFillsNothing) {
  Ask(7);
  Owner().Miss(Owner().lookups[0].id);
  EXPECT_EQ(Favourite().submitted[0].query.time_left, absl::Seconds(5)) << "nobody else waits";
  Favourite().Answer(Favourite().submitted[0].query.id, AnswerTo("a.test."));
  EXPECT_THAT(askers_.resolved, SizeIs(1));
  EXPECT_THAT(Owner().fills, IsEmpty());
}

TEST_F(CachedRecursionTest, ParkedWaitsForTheFillOfAnother) {
  Ask(7);
  const uint32_t id = Owner().lookups[0].id;
  Owner().Park(id);
  EXPECT_THAT(askers_.resolved, IsEmpty());
  EXPECT_THAT(Favourite().submitted, IsEmpty());
  for (int i = 0; i < 20; ++i) {
    Owner().Beat();
    Tick();
  }
  EXPECT_EQ(Owner().breaks, 0);
  Owner().Hit(id, AnswerTo("a.test."));
  EXPECT_THAT(askers_.resolved, SizeIs(1));
}

TEST_F(CachedRecursionTest, ParkedMayGetTheLease) {
  Ask(7);
  const uint32_t id = Owner().lookups[0].id;
  Owner().Park(id);
  Owner().Miss(id, 'y');
  ASSERT_THAT(Favourite().submitted, SizeIs(1));
  Favourite().Answer(id, AnswerTo("a.test."));
  ASSERT_THAT(Owner().fills, SizeIs(1));
  EXPECT_EQ(Owner().fills[0].token, FakeCacheMember::Token('y'));
}

TEST_F(CachedRecursionTest, FailuresFillToo) {
  Ask(7);
  Owner().Miss(Owner().lookups[0].id, 'x');
  Favourite().AnswerCode(Favourite().submitted[0].query.id, dns::rcode::kServFail);
  ASSERT_THAT(Owner().fills, SizeIs(1));
  EXPECT_EQ(Owner().fills[0].rcode, dns::rcode::kServFail);
  EXPECT_EQ(askers_.resolved[0].rcode, dns::rcode::kServFail);
}

TEST_F(CachedRecursionTest, LeaseIsRenewedWhileTheResolutionRuns) {
  Ask(7);
  Owner().Miss(Owner().lookups[0].id, 'x');
  Favourite().Live();
  for (int i = 0; i < 10; ++i) {
    Tick();
    Favourite().Live();
  }
  EXPECT_GE(Owner().renewals.size(), 3u) << "a lease lasts a second";
  EXPECT_EQ(Owner().renewals[0], FakeCacheMember::Token('x'));
  Favourite().Answer(Favourite().submitted[0].query.id, AnswerTo("a.test."));
  const size_t renewals = Owner().renewals.size();
  Tick(10);
  EXPECT_EQ(Owner().renewals.size(), renewals);
}

TEST_F(CachedRecursionTest, LeaseOutlivesItsAsker) {
  const uint32_t resolution = Ask(7);
  Owner().Miss(Owner().lookups[0].id, 'x');
  recursion_->Abandon(resolution);
  EXPECT_EQ(recursion_->resolutions(), 1u);
  Favourite().Answer(Favourite().submitted[0].query.id, AnswerTo("a.test."));
  EXPECT_THAT(Owner().fills, SizeIs(1)) << "others are parked";
  EXPECT_THAT(askers_.resolved, IsEmpty());
  EXPECT_EQ(recursion_->resolutions(), 0u);
}

TEST_F(CachedRecursionTest, LeaseForSomebodyWhoIsGoneIsGivenBack) {
  const uint32_t resolution = Ask(7);
  recursion_->Abandon(resolution);
  EXPECT_EQ(recursion_->resolutions(), 0u);
  Owner().Miss(Owner().lookups[0].id, 'x');
  EXPECT_THAT(Owner().releases, ElementsAre(FakeCacheMember::Token('x')));
  EXPECT_THAT(Favourite().submitted, IsEmpty());
}

TEST_F(CachedRecursionTest, AbandonedResolutionWithoutLeaseIsForgotten) {
  const uint32_t resolution = Ask(7);
  Owner().Miss(Owner().lookups[0].id);
  recursion_->Abandon(resolution);
  EXPECT_EQ(recursion_->resolutions(), 0u);
  Favourite().Answer(Favourite().submitted[0].query.id, AnswerTo("a.test."));
  EXPECT_THAT(askers_.resolved, IsEmpty());
  Tick(20);
  EXPECT_EQ(Favourite().breaks, 0) << "nothing is owed";
}

TEST_F(CachedRecursionTest, NoMembersNoCache) {
  Make(0, 1);
  Ask(7);
  ASSERT_THAT(recursors_[0]->submitted, SizeIs(1));
  recursors_[0]->Answer(recursors_[0]->submitted[0].query.id, AnswerTo("a.test."));
  EXPECT_THAT(askers_.resolved, SizeIs(1));
}

TEST_F(CachedRecursionTest, MemberThatDiesIsReplacedByTheNext) {
  Ask(7);
  Ask(8);
  FakeCacheMember& dead = Owner();
  FakeCacheMember& next = Other();
  dead.Park(dead.lookups[1].id);
  dead.GoDown();
  EXPECT_THAT(next.lookups, SizeIs(2)) << "who waited and who was parked";
  next.GoDown();
  EXPECT_THAT(Favourite().submitted, SizeIs(2)) << "an outage of the cache costs no answer";
  Favourite().Answer(Favourite().submitted[0].query.id, AnswerTo("a.test."));
  Favourite().Answer(Favourite().submitted[1].query.id, AnswerTo("a.test."));
  EXPECT_THAT(askers_.resolved, SizeIs(2));
  EXPECT_THAT(dead.fills, IsEmpty());
  dead.GoUp();
  Ask(9);
  EXPECT_THAT(dead.lookups, SizeIs(3)) << "its names come back to it";
}

TEST_F(CachedRecursionTest, NobodyStaysParkedInAMemberThatHangs) {
  Ask(7);
  FakeCacheMember& hung = Owner();
  FakeCacheMember& next = Other();
  hung.Park(hung.lookups[0].id);
  Tick(5);
  EXPECT_EQ(hung.breaks, 0);
  Tick();
  EXPECT_EQ(hung.breaks, 1);
  EXPECT_THAT(next.lookups, SizeIs(1));
}

TEST_F(CachedRecursionTest, ResolutionGoesOnWithoutItsMember) {
  Ask(7);
  FakeCacheMember& owner = Owner();
  owner.Miss(owner.lookups[0].id, 'x');
  owner.GoDown();
  EXPECT_THAT(askers_.resolved, IsEmpty());
  Favourite().Answer(Favourite().submitted[0].query.id, AnswerTo("a.test."));
  EXPECT_THAT(askers_.resolved, SizeIs(1));
  EXPECT_THAT(owner.fills, IsEmpty());
}

TEST_F(CachedRecursionTest, HungMemberIsReplacedEvenIfItIsTheLast) {
  Make(1, 1);
  Ask(7);
  Tick(5);
  EXPECT_EQ(members_[0]->breaks, 0);
  Tick();
  EXPECT_EQ(members_[0]->breaks, 1);
  EXPECT_THAT(recursors_[0]->submitted, SizeIs(1));
}

TEST_F(CachedRecursionTest, RecursorThatDiesIsReplacedByTheNext) {
  Ask(7);
  Owner().Miss(Owner().lookups[0].id, 'x');
  FakeBackend& dead = Favourite();
  FakeBackend& next = Second();
  dead.GoDown();
  ASSERT_THAT(next.submitted, SizeIs(1));
  EXPECT_THAT(Owner().releases, IsEmpty()) << "the lease is still in use";
  next.GoDown();
  ASSERT_THAT(askers_.resolved, SizeIs(1));
  EXPECT_EQ(askers_.resolved[0].rcode, dns::rcode::kServFail);
  EXPECT_EQ(askers_.resolved[0].extended_error, dns::extended_error::kNetworkError);
  EXPECT_THAT(Owner().releases, SizeIs(1)) << "another frontend may reach a recursor";
  EXPECT_THAT(Owner().fills, IsEmpty());
}

// What hangs is silent; what is slow has a heartbeat.
TEST_F(CachedRecursionTest, SlowRecursorIsNotHung) {
  Ask(7);
  Owner().Miss(Owner().lookups[0].id, 'x');
  FakeBackend& slow = Favourite();
  FakeBackend& next = Second();
  for (int i = 0; i < 30; ++i) {
    Tick();
    slow.Live();
  }
  EXPECT_EQ(slow.breaks, 0);
  Tick(6);
  EXPECT_EQ(slow.breaks, 1);
  EXPECT_THAT(next.submitted, SizeIs(1));
}

TEST_F(CachedRecursionTest, AnswerToAnotherQuestionIsNone) {
  Ask(7);
  Owner().Miss(Owner().lookups[0].id, 'x');
  FakeBackend& first = Favourite();
  FakeBackend& next = Second();
  first.Answer(first.submitted[0].query.id, AnswerTo("b.test."));
  EXPECT_THAT(askers_.resolved, IsEmpty());
  EXPECT_THAT(Owner().fills, IsEmpty());
  ASSERT_THAT(next.submitted, SizeIs(1));
  next.Answer(next.submitted[0].query.id, AnswerTo("a.test.", dns::rr_type::kAAAA));
  EXPECT_EQ(askers_.resolved.at(0).rcode, dns::rcode::kServFail);
}

TEST_F(CachedRecursionTest, NothingStaysForEver) {
  Make(1, 1);
  Ask(7);
  members_[0]->Miss(members_[0]->lookups[0].id, 'x');
  for (int i = 0; i < 101; ++i) {
    recursors_[0]->Live();
    Tick();
  }
  EXPECT_EQ(askers_.resolved.at(0).rcode, dns::rcode::kServFail);
  EXPECT_THAT(members_[0]->releases, SizeIs(1));
  EXPECT_EQ(recursion_->resolutions(), 0u);
}

// A flood of names that nobody can resolve must not keep those that are remembered from being found.
TEST_F(CachedRecursionTest, WhatIsRememberedIsFoundWhateverIsResolved) {
  options_.max_resolutions = 2;
  options_.max_lookups = 1;
  Make(1, 1);
  FakeCacheMember& member = *members_[0];
  Ask(1, "1.test.");
  member.Miss(member.lookups[0].id, 'x');
  Ask(2, "2.test.");
  member.Park(member.lookups[1].id);
  Ask(3, "3.test.");
  member.Miss(member.lookups[2].id, 'y');
  ASSERT_THAT(askers_.resolved, SizeIs(1));
  EXPECT_EQ(askers_.resolved[0].rcode, dns::rcode::kServFail);
  EXPECT_THAT(member.releases, SizeIs(1));
  Ask(4, "4.test.");
  member.Park(member.lookups[3].id);
  ASSERT_THAT(askers_.resolved, SizeIs(2));
  EXPECT_EQ(askers_.resolved[1].rcode, dns::rcode::kServFail);
  Ask(5, "a.test.");
  member.Hit(member.lookups[4].id, AnswerTo("a.test."));
  ASSERT_THAT(askers_.resolved, SizeIs(3));
  EXPECT_EQ(askers_.resolved[2].wire, AnswerTo("a.test."));
  // Once they are resolved there is room again.
  recursors_[0]->Answer(recursors_[0]->submitted[0].query.id, AnswerTo("1.test."));
  member.Hit(member.lookups[1].id, AnswerTo("2.test."));
  EXPECT_EQ(recursion_->resolutions(), 0u);
  Ask(6, "6.test.");
  member.Miss(member.lookups[5].id, 'z');
  EXPECT_THAT(recursors_[0]->submitted, SizeIs(2));
}

TEST_F(CachedRecursionTest, DeclinesWhenFull) {
  options_.max_resolutions = 1;
  options_.max_lookups = 1;
  Make(1, 1);
  Ask(1);
  Ask(2);
  const dns::LookupName name(WireName("a.test."));
  CachedRecursion::Question question;
  question.name = &name;
  uint32_t resolution = 0;
  EXPECT_FALSE(recursion_->Resolve(3, question, &resolution));
  EXPECT_THAT(askers_.resolved, IsEmpty());
}

TEST_F(CachedRecursionTest, OneNameOneOwner) {
  for (int i = 0; i < 100; ++i) Ask(1, "same.test.");
  EXPECT_THAT(Owner().lookups, SizeIs(100));
  EXPECT_THAT(Other().lookups, IsEmpty());
  for (int i = 0; i < 100; ++i) Ask(1, std::to_string(i) + ".test.");
  EXPECT_GT(members_[0]->lookups.size(), 20u);
  EXPECT_GT(members_[1]->lookups.size(), 20u);
}

TEST_F(CachedRecursionTest, LateOwnerIsHelpedByAPeek) {
  Ask(7);
  FakeCacheMember& owner = Owner();
  FakeCacheMember& other = Other();
  recursion_->Flush();
  EXPECT_THAT(other.peeks, IsEmpty());
  clock_.Advance(AnswerTimes::kFirstPatience);
  EXPECT_EQ(recursion_->NextHedge(), clock_.MonotonicNow());
  recursion_->Flush();
  ASSERT_THAT(other.peeks, SizeIs(1));
  EXPECT_THAT(other.lookups, IsEmpty()) << "nothing is leased twice";
  const uint32_t id = other.peeks[0].id;
  other.Hit(id, AnswerTo("a.test."));
  ASSERT_THAT(askers_.resolved, SizeIs(1));
  EXPECT_EQ(recursion_->member_metrics().hedges_won.value(), 1u);
  EXPECT_EQ(recursion_->resolutions(), 0u);
  owner.Miss(id, 'x');
  EXPECT_THAT(owner.releases, SizeIs(1)) << "others may resolve it";
  EXPECT_THAT(recursors_[0]->submitted, IsEmpty());
  EXPECT_THAT(recursors_[1]->submitted, IsEmpty());
}

TEST_F(CachedRecursionTest, PeekThatFindsNothingChangesNothing) {
  Ask(7);
  FakeCacheMember& owner = Owner();
  clock_.Advance(AnswerTimes::kFirstPatience);
  recursion_->Flush();
  ASSERT_THAT(Other().peeks, SizeIs(1));
  const uint32_t id = Other().peeks[0].id;
  Other().Miss(id);
  EXPECT_THAT(recursors_[0]->submitted.size() + recursors_[1]->submitted.size(), 0u);
  recursion_->Flush();
  EXPECT_THAT(Other().peeks, SizeIs(1)) << "once";
  owner.Miss(id, 'x');
  ASSERT_THAT(Favourite().submitted, SizeIs(1));
  Favourite().Answer(id, AnswerTo("a.test."));
  EXPECT_THAT(owner.fills, SizeIs(1));
  EXPECT_THAT(askers_.resolved, SizeIs(1));
}

TEST_F(CachedRecursionTest, PeekThatIsOvertakenIsNoSignOfSilence) {
  Ask(7);
  FakeCacheMember& owner = Owner();
  FakeCacheMember& other = Other();
  clock_.Advance(AnswerTimes::kFirstPatience);
  recursion_->Flush();
  ASSERT_THAT(other.peeks, SizeIs(1));
  owner.Hit(other.peeks[0].id, AnswerTo("a.test."));
  EXPECT_THAT(askers_.resolved, SizeIs(1));
  other.Miss(other.peeks[0].id);
  Tick(20);
  EXPECT_EQ(other.breaks, 0);
  EXPECT_THAT(askers_.resolved, SizeIs(1));
}

TEST_F(CachedRecursionTest, OwnerThatDiesWhileItIsPeekedFor) {
  Ask(7);
  FakeCacheMember& other = Other();
  clock_.Advance(AnswerTimes::kFirstPatience);
  recursion_->Flush();
  ASSERT_THAT(other.peeks, SizeIs(1));
  Owner().GoDown();
  ASSERT_THAT(other.lookups, SizeIs(1));
  const uint32_t id = other.lookups[0].id;
  other.Miss(id);
  EXPECT_EQ(recursors_[0]->submitted.size() + recursors_[1]->submitted.size(), 0u) << "that was the peek's";
  other.Miss(id, 'x');
  ASSERT_THAT(Favourite().submitted, SizeIs(1));
  Favourite().Answer(id, AnswerTo("a.test."));
  EXPECT_THAT(other.fills, SizeIs(1));
}

TEST_F(CachedRecursionTest, WhoIsParkedIsNotLate) {
  Ask(7);
  Owner().Park(Owner().lookups[0].id);
  EXPECT_EQ(recursion_->NextHedge(), base::MonotonicTime::max());
  clock_.Advance(absl::Milliseconds(400));
  recursion_->Flush();
  EXPECT_THAT(Other().peeks, IsEmpty());
}

TEST_F(CachedRecursionTest, PeeksHaveABudget) {
  while (budget_.Take()) continue;
  Ask(7);
  clock_.Advance(AnswerTimes::kFirstPatience);
  recursion_->Flush();
  EXPECT_THAT(Other().peeks, IsEmpty());
  EXPECT_EQ(recursion_->member_metrics().over_budget.value(), 1u);
}

TEST_F(CachedRecursionTest, DrainingMemberAndRecursorAreSpared) {
  Ask(7);
  FakeCacheMember& owner = Owner();
  FakeCacheMember& other = Other();
  recursion_->member_events()->OnServing(&owner, false);
  Ask(8);
  EXPECT_THAT(owner.lookups, SizeIs(1));
  ASSERT_THAT(other.lookups, SizeIs(1));
  owner.Miss(owner.lookups[0].id);
  FakeBackend& favourite = Favourite();
  FakeBackend& second = Second();
  recursion_->recursor_events()->OnServing(&favourite, false);
  other.Miss(other.lookups[0].id);
  EXPECT_THAT(favourite.submitted, SizeIs(1));
  EXPECT_THAT(second.submitted, SizeIs(1));
}

}  // namespace
}  // namespace strata::frontend
