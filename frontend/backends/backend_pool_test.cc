// Tests of a pool: numbers, who is up, who hangs.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/backends/backend_pool.h"

#include <utility>
#include <vector>

#include "frontend/testing/fake_backend.h"
#include "frontend/testing/messages.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using ::testing::ElementsAre;
using testing::FakeBackend;
using ::testing::Pair;

constexpr absl::Duration kTick = SilenceWatch::kTick;
constexpr absl::Duration kHungAfter = absl::Milliseconds(500);

class BackendPoolTest : public ::testing::Test, public BackendPool::Owner {
 protected:
  BackendPoolTest() : pool_(this), first_(&pool_, /*up=*/true), second_(&pool_), third_(&pool_, /*up=*/true) {
    for (FakeBackend* backend : {&first_, &second_, &third_}) pool_.Add(backend);
  }
  void OnAnswer(BackendPool*, int number, const BackendAnswer& answer) override {
    answers_.emplace_back(number, answer.id);
    pool_.standing().OnSettled(number);
  }
  void OnDown(BackendPool*, int number) override { downs_.push_back(number); }

  void Submit(int number, uint32_t id) {
    const dns::LookupName name(testing::WireName("a.test."));
    BackendQuery query;
    query.id = id;
    query.name = &name;
    pool_.Submit(number, query);
  }
  void Tick(int count) {
    for (int i = 0; i < count; ++i) pool_.OnTick(kTick, kHungAfter);
  }

  BackendPool pool_;
  FakeBackend first_, second_, third_;
  std::vector<std::pair<int, uint32_t>> answers_;
  std::vector<int> downs_;
};

TEST_F(BackendPoolTest, HasRoomWhoIsUpAndOwesLittle) {
  EXPECT_EQ(pool_.WithRoom(0b111), 0b101u);
  EXPECT_EQ(pool_.WithRoom(0b110), 0b100u);
  for (uint32_t i = 0; i < InFlightLimit::kLeast; ++i) Submit(0, i + 1);
  EXPECT_EQ(pool_.WithRoom(0b111), 0b100u);
  first_.Answer(1, "answer");
  EXPECT_EQ(pool_.WithRoom(0b111), 0b101u);
}

TEST_F(BackendPoolTest, KnowsWhoIsUp) {
  EXPECT_EQ(pool_.size(), 3);
  EXPECT_EQ(pool_.up(), 0b101u);
  second_.GoUp();
  first_.GoDown();
  EXPECT_EQ(pool_.up(), 0b110u);
  EXPECT_THAT(downs_, ElementsAre(0));
}

TEST_F(BackendPoolTest, AnswersComeWithTheNumber) {
  Submit(2, 7);
  third_.AnswerCode(7, 0);
  EXPECT_THAT(answers_, ElementsAre(Pair(2, 7u)));
}

TEST_F(BackendPoolTest, FlushesThoseThatAreUp) {
  pool_.Flush();
  EXPECT_EQ(first_.flushes, 1);
  EXPECT_EQ(second_.flushes, 0);
  EXPECT_EQ(third_.flushes, 1);
}

TEST_F(BackendPoolTest, WhoOwesAndIsSilentHangs) {
  Submit(0, 1);
  Tick(5);
  EXPECT_EQ(first_.breaks, 0);
  Tick(1);
  EXPECT_EQ(first_.breaks, 1);
  EXPECT_EQ(third_.breaks, 0) << "it owes nothing";
  EXPECT_THAT(downs_, ElementsAre(0));
}

TEST_F(BackendPoolTest, WhoAnswersOrLivesDoesNotHang) {
  Submit(0, 1);
  for (int i = 0; i < 10; ++i) {
    Tick(4);
    first_.Live();
  }
  EXPECT_EQ(first_.breaks, 0);
  first_.AnswerCode(1, 0);
  Tick(20);
  EXPECT_EQ(first_.breaks, 0);
}

TEST_F(BackendPoolTest, TheLastOneIsWaitedForThreeTimesAsLong) {
  third_.GoDown();
  Submit(0, 1);
  Tick(15);
  EXPECT_EQ(first_.breaks, 0);
  Tick(1);
  EXPECT_EQ(first_.breaks, 1);
}

TEST_F(BackendPoolTest, TheLastOneIsWaitedForNoLongerThanItIsTheLast) {
  third_.GoDown();
  Submit(0, 1);
  Tick(10);
  EXPECT_EQ(first_.breaks, 0);
  third_.GoUp();
  Tick(1);
  EXPECT_EQ(first_.breaks, 1) << "now there is somebody else to ask";
}

TEST_F(BackendPoolTest, WhoHungIsDoubted) {
  Submit(0, 1);
  Tick(6);
  EXPECT_EQ(pool_.metrics().hung.value(), 1u);
  EXPECT_EQ(pool_.metrics().ejections.value(), 1u);
  first_.GoUp();
  EXPECT_EQ(pool_.standing().Best(0b111), 0b100u);
}

TEST_F(BackendPoolTest, WhoDrainsIsSpared) {
  pool_.OnServing(&third_, false);
  EXPECT_EQ(pool_.standing().Best(0b111), 0b001u);
  EXPECT_EQ(pool_.up(), 0b101u);
}

}  // namespace
}  // namespace strata::frontend
