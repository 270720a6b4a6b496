// Tests of which replica is asked, and which one next.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/query/authority_replicas.h"

#include <array>
#include <cstring>
#include <string>
#include <vector>

#include "base/testing/fake_clock.h"
#include "dns/edns.h"
#include "dns/rr_type.h"
#include "frontend/testing/fake_backend.h"
#include "frontend/testing/messages.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using testing::AnswerTo;
using ::testing::ElementsAre;
using testing::FakeBackend;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing::WireName;

constexpr BackendSet kAll = 0b111;

class AuthorityReplicasTest : public ::testing::Test, public AuthorityReplicas::Asker {
 protected:
  AuthorityReplicasTest() {
    for (FakeBackend& backend : backends_) {
      backend.set_events(&replicas_.pool());
      replicas_.pool().Add(&backend);
      backend.GoUp();
    }
  }
  bool OnAuthorityAnswer(PendingQuery* query, const BackendAnswer& answer) override {
    answers_.emplace_back(answer.wire);
    if (accept_) pending_.Remove(query);
    return accept_;
  }
  void OnAuthorityFailure(PendingQuery* query, const ExtendedErrorView& error) override {
    failures_.push_back(error.info_code);
    pending_.Remove(query);
  }

  PendingQuery* Ask(BackendSet candidates = kAll) {
    PendingQuery* query = pending_.Add();
    const std::string question = WireName("a.test.") + std::string("\0\1\0\1", 4);
    std::memcpy(query->question.data(), question.data(), question.size());
    query->echo = QueryEcho();
    query->echo.question = absl::string_view(query->question.data(), question.size());
    query->type = dns::rr_type::kA;
    query->replica = -1;
    query->deadline = clock_.MonotonicNow() + std::chrono::seconds(2);
    replicas_.Ask(query, candidates, dns::LookupName(WireName("a.test.")));
    return query;
  }
  // A turn of the loop ends, and the next begins so much later.
  void Advance(absl::Duration time) {
    replicas_.Flush();
    clock_.Advance(time);
    turn_.EndTurn();
  }
  // How many queries each has.
  std::vector<size_t> Asked() const {
    return {backends_[0].submitted.size(), backends_[1].submitted.size(), backends_[2].submitted.size()};
  }

  base::testing::FakeClock clock_;
  TurnClock turn_{clock_};
  RetryBudget budget_;
  PendingQueries pending_{1000};
  AuthorityReplicas replicas_{&pending_, 1000, &budget_, &turn_, this};
  std::array<FakeBackend, 3> backends_;
  bool accept_ = true;
  std::vector<std::string> answers_;
  std::vector<uint16_t> failures_;
};

TEST_F(AuthorityReplicasTest, BatchesGoRound) {
  for (int batch = 0; batch < 3; ++batch) {
    Ask();
    Ask();
    replicas_.Flush();
  }
  EXPECT_THAT(Asked(), ElementsAre(2u, 2u, 2u));
}

TEST_F(AuthorityReplicasTest, OnlyThoseWhoServeTheZone) {
  Ask(0b100);
  Ask(0b100);
  EXPECT_THAT(Asked(), ElementsAre(0u, 0u, 2u));
}

TEST_F(AuthorityReplicasTest, NobodyIsUp) {
  for (FakeBackend& backend : backends_) backend.GoDown();
  Ask();
  EXPECT_THAT(failures_, ElementsAre(dns::extended_error::kNetworkError));
  EXPECT_EQ(pending_.size(), 0u);
}

TEST_F(AuthorityReplicasTest, RefusalsAndFailuresAndNonsenseAreTriedElsewhere) {
  const PendingQuery* query = Ask();
  const uint32_t id = query->id;
  backends_[0].AnswerCode(id, dns::rcode::kRefused);
  EXPECT_THAT(Asked(), ElementsAre(1u, 1u, 0u));
  backends_[1].AnswerCode(id, dns::rcode::kServFail);
  EXPECT_THAT(Asked(), ElementsAre(1u, 1u, 1u));
  accept_ = false;
  backends_[2].Answer(id, "nonsense");
  EXPECT_THAT(failures_, ElementsAre(dns::extended_error::kNetworkError));
}

TEST_F(AuthorityReplicasTest, LateAnswersAreNoAnswers) {
  const uint32_t id = Ask()->id;
  backends_[0].GoDown();
  ASSERT_THAT(Asked(), ElementsAre(1u, 1u, 0u));
  backends_[0].Answer(id, AnswerTo("a.test."));
  EXPECT_THAT(answers_, IsEmpty());
  backends_[1].Answer(id, AnswerTo("a.test."));
  EXPECT_THAT(answers_, SizeIs(1));
  backends_[1].Answer(id, AnswerTo("a.test."));
  EXPECT_THAT(answers_, SizeIs(1)) << "twice";
}

TEST_F(AuthorityReplicasTest, NoRetryAfterTheDeadline) {
  const uint32_t id = Ask()->id;
  Advance(absl::Seconds(3));
  backends_[0].AnswerCode(id, dns::rcode::kRefused);
  EXPECT_THAT(failures_, SizeIs(1));
  EXPECT_THAT(Asked(), ElementsAre(1u, 0u, 0u));
}

TEST_F(AuthorityReplicasTest, WhatIsAbandonedIsNotOwed) {
  PendingQuery* query = Ask();
  replicas_.Abandon(query);
  pending_.Remove(query);
  for (int i = 0; i < 20; ++i) replicas_.OnTick(SilenceWatch::kTick, absl::Milliseconds(500));
  EXPECT_EQ(backends_[0].breaks, 0);
}

TEST_F(AuthorityReplicasTest, ABatchGoesToWhoOwesLeast) {
  Ask();
  Ask();
  replicas_.Flush();
  Ask();
  replicas_.Flush();
  ASSERT_THAT(Asked(), ElementsAre(2u, 1u, 0u));
  for (int i = 0; i < 10; ++i) Ask();
  replicas_.Flush();
  EXPECT_THAT(Asked(), ElementsAre(2u, 1u, 10u)) << "chosen once a batch";
  Ask();
  EXPECT_THAT(Asked(), ElementsAre(2u, 2u, 10u));
}

TEST_F(AuthorityReplicasTest, BadAnswersEject) {
  for (int i = 0; i < 100; ++i) {
    Ask();
    replicas_.Flush();
    if (backends_[0].submitted.size() > 0 && backends_[0].submitted.back().query.id != 0) {
      backends_[0].AnswerCode(backends_[0].submitted.back().query.id, dns::rcode::kServFail);
    }
    for (int other : {1, 2}) {
      for (const auto& submitted : backends_[other].submitted) {
        backends_[other].Answer(submitted.query.id, AnswerTo("a.test."));
      }
    }
  }
  EXPECT_THAT(answers_, SizeIs(100)) << "no client sees the failures";
  EXPECT_THAT(failures_, IsEmpty());
  EXPECT_EQ(backends_[0].submitted.size(), OutlierEjection::kBadInARow);
  EXPECT_EQ(replicas_.pool().metrics().retries.value(), OutlierEjection::kBadInARow);
}

TEST_F(AuthorityReplicasTest, FailureOfAllEjectsNobody) {
  for (int i = 0; i < 20; ++i) {
    const uint32_t id = Ask()->id;
    for (int round = 0; round < 3; ++round) {
      for (FakeBackend& backend : backends_) backend.AnswerCode(id, dns::rcode::kServFail);
    }
  }
  EXPECT_THAT(failures_, SizeIs(20));
  EXPECT_EQ(replicas_.pool().metrics().ejections.value(), 0u);
}

TEST_F(AuthorityReplicasTest, RetriesHaveABudget) {
  while (budget_.Take()) continue;
  backends_[0].AnswerCode(Ask()->id, dns::rcode::kRefused);
  EXPECT_THAT(failures_, ElementsAre(dns::extended_error::kNotReady));
  EXPECT_EQ(replicas_.pool().metrics().over_budget.value(), 1u);
  EXPECT_EQ(pending_.size(), 0u);
}

TEST_F(AuthorityReplicasTest, ResendsHaveNoneButAreOneAQuery) {
  while (budget_.Take()) continue;
  Ask();
  backends_[0].GoDown();
  EXPECT_THAT(Asked(), ElementsAre(1u, 1u, 0u));
  backends_[1].GoDown();
  EXPECT_THAT(Asked(), ElementsAre(1u, 1u, 0u)) << "it may be the query that kills them";
  EXPECT_THAT(failures_, SizeIs(1));
}

TEST_F(AuthorityReplicasTest, WhatIsLateIsAskedTwice) {
  const uint32_t id = Ask()->id;
  Advance(AnswerTimes::kFirstPatience - absl::Milliseconds(1));
  replicas_.Flush();
  EXPECT_THAT(Asked(), ElementsAre(1u, 0u, 0u));
  EXPECT_EQ(replicas_.NextHedge(), clock_.MonotonicNow() + std::chrono::milliseconds(1));
  Advance(absl::Milliseconds(1));
  replicas_.Flush();
  EXPECT_THAT(Asked(), ElementsAre(1u, 1u, 0u));
  EXPECT_EQ(replicas_.NextHedge(), base::MonotonicTime::max());
  backends_[1].Answer(id, AnswerTo("a.test."));
  EXPECT_THAT(answers_, SizeIs(1));
  EXPECT_EQ(replicas_.pool().metrics().hedges_won.value(), 1u);
  EXPECT_EQ(replicas_.pool().standing().owed(0), 1u) << "it still owes";
  backends_[0].Answer(id, AnswerTo("a.test."));
  EXPECT_THAT(answers_, SizeIs(1));
  EXPECT_EQ(replicas_.pool().standing().owed(0), 0u);
}

TEST_F(AuthorityReplicasTest, TheFirstMayStillAnswer) {
  const uint32_t id = Ask()->id;
  Advance(AnswerTimes::kFirstPatience);
  replicas_.Flush();
  ASSERT_THAT(Asked(), ElementsAre(1u, 1u, 0u));
  backends_[0].Answer(id, AnswerTo("a.test."));
  EXPECT_THAT(answers_, SizeIs(1));
  EXPECT_EQ(replicas_.pool().metrics().hedges.value(), 1u);
  EXPECT_EQ(replicas_.pool().metrics().hedges_won.value(), 0u);
  EXPECT_EQ(replicas_.pool().standing().owed(1), 1u);
}

TEST_F(AuthorityReplicasTest, OneOfTwoThatWereAskedMayFail) {
  const uint32_t first = Ask(0b011)->id;
  const uint32_t second = Ask(0b011)->id;
  const uint32_t third = Ask(0b011)->id;
  Advance(AnswerTimes::kFirstPatience);
  replicas_.Flush();
  ASSERT_THAT(Asked(), ElementsAre(3u, 3u, 0u));
  backends_[0].AnswerCode(first, dns::rcode::kRefused);
  backends_[1].AnswerCode(second, dns::rcode::kServFail);
  EXPECT_THAT(failures_, IsEmpty());
  backends_[0].GoDown();
  EXPECT_THAT(failures_, SizeIs(1)) << "only the second has nobody left";
  for (uint32_t id : {first, third}) backends_[1].Answer(id, AnswerTo("a.test."));
  EXPECT_THAT(answers_, SizeIs(2));
  EXPECT_THAT(Asked(), ElementsAre(3u, 3u, 0u));
}

TEST_F(AuthorityReplicasTest, WhatWasAnsweredIsNotHedged) {
  backends_[0].Answer(Ask()->id, AnswerTo("a.test."));
  EXPECT_EQ(replicas_.NextHedge(), base::MonotonicTime::max());
  Advance(absl::Seconds(1));
  replicas_.Flush();
  EXPECT_THAT(Asked(), ElementsAre(1u, 0u, 0u));
}

TEST_F(AuthorityReplicasTest, HedgesHaveABudget) {
  while (budget_.Take()) continue;
  for (int i = 0; i < 100; ++i) Ask();
  Advance(AnswerTimes::kFirstPatience);
  replicas_.Flush();
  EXPECT_EQ(Asked()[1] + Asked()[2], 10u);
}

TEST_F(AuthorityReplicasTest, NobodyElseNoHedge) {
  backends_[1].GoDown();
  Ask(0b011);
  EXPECT_EQ(replicas_.NextHedge(), base::MonotonicTime::max());
}

TEST_F(AuthorityReplicasTest, HungOneIsFoundThoughOthersAnswerForIt) {
  const uint32_t id = Ask()->id;
  Advance(AnswerTimes::kFirstPatience);
  replicas_.Flush();
  backends_[1].Answer(id, AnswerTo("a.test."));
  for (int i = 0; i < 6; ++i) replicas_.OnTick(SilenceWatch::kTick, absl::Milliseconds(500));
  EXPECT_EQ(backends_[0].breaks, 1);
}

TEST_F(AuthorityReplicasTest, DrainingOneIsAskedNoMore) {
  const uint32_t id = Ask()->id;
  replicas_.pool().OnServing(&backends_[0], false);
  for (int i = 0; i < 6; ++i) {
    Ask();
    replicas_.Flush();
  }
  EXPECT_THAT(Asked(), ElementsAre(1u, 3u, 3u));
  backends_[0].Answer(id, AnswerTo("a.test."));
  EXPECT_THAT(answers_, SizeIs(1)) << "what it was asked it answers";
}

}  // namespace
}  // namespace strata::frontend
