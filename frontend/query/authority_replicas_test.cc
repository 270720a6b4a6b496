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
  AuthorityReplicasTest() : pending_(10), replicas_(&pending_, clock_, this) {
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
    replicas_.Ask(query, candidates, dns::LookupName(WireName("a.test.")), clock_.MonotonicNow());
    return query;
  }
  // How many queries each has.
  std::vector<size_t> Asked() const {
    return {backends_[0].submitted.size(), backends_[1].submitted.size(), backends_[2].submitted.size()};
  }

  base::testing::FakeClock clock_;
  PendingQueries pending_;
  AuthorityReplicas replicas_;
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
  clock_.Advance(absl::Seconds(3));
  backends_[0].AnswerCode(id, dns::rcode::kRefused);
  EXPECT_THAT(failures_, SizeIs(1));
  EXPECT_THAT(Asked(), ElementsAre(1u, 0u, 0u));
}

TEST_F(AuthorityReplicasTest, WhatIsAbandonedIsNotOwed) {
  PendingQuery* query = Ask();
  replicas_.Abandon(query);
  pending_.Remove(query);
  for (int i = 0; i < 20; ++i) replicas_.pool().OnTick(SilenceWatch::kTick, absl::Milliseconds(500));
  EXPECT_EQ(backends_[0].breaks, 0);
}

}  // namespace
}  // namespace strata::frontend
