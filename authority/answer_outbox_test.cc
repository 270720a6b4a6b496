// SPDX-License-Identifier: Apache-2.0
#include "authority/answer_outbox.h"

#include <memory>
#include <string>

#include "gtest/gtest.h"

namespace strata::authority {
namespace {

using resolve::v1::AnswerBatch;

TEST(AnswerOutboxTest, AnswersLeaveInOrder) {
  AnswerOutbox outbox;
  EXPECT_TRUE(outbox.empty());
  outbox.Add(7, "seven");
  outbox.Add(8, "")->set_rcode(5);
  EXPECT_FALSE(outbox.empty());
  const std::unique_ptr<AnswerBatch> batch = outbox.Take();
  EXPECT_TRUE(outbox.empty());
  ASSERT_EQ(batch->answers_size(), 2);
  EXPECT_EQ(batch->answers(0).id(), 7u);
  EXPECT_EQ(batch->answers(0).wire(), "seven");
  EXPECT_EQ(batch->answers(1).rcode(), 5u);
}

TEST(AnswerOutboxTest, BatchesCloseAtTheirLimits) {
  AnswerOutbox outbox;
  for (int i = 0; i < 513; ++i) outbox.Add(i, "x");
  EXPECT_EQ(outbox.Take()->answers_size(), 512);
  EXPECT_EQ(outbox.Take()->answers_size(), 1);
  EXPECT_TRUE(outbox.empty());

  const std::string large(60000, 'x');
  for (int i = 0; i < 10; ++i) outbox.Add(i, large);
  int taken = 0;
  while (!outbox.empty()) {
    const auto batch = outbox.Take();
    EXPECT_LE(batch->ByteSizeLong(), AnswerOutbox::kMaxBatchBytes);
    taken += batch->answers_size();
  }
  EXPECT_EQ(taken, 10);
}

// The last answer of a batch may still be filled in when the batch is closed.
TEST(AnswerOutboxTest, AnswerStaysValidWhenItsBatchCloses) {
  AnswerOutbox outbox;
  for (int i = 0; i < 511; ++i) outbox.Add(i, "");
  outbox.Add(511, "")->set_rcode(2);
  EXPECT_EQ(outbox.Take()->answers(511).rcode(), 2u);
}

TEST(AnswerOutboxTest, FullUntilABatchHasLeft) {
  AnswerOutbox outbox;
  const std::string large(60000, 'x');
  int added = 0;
  for (; !outbox.full(); ++added) outbox.Add(added, large);
  EXPECT_LE(added * large.size(), AnswerOutbox::kMaxBytes + large.size());
  outbox.Take();
  EXPECT_FALSE(outbox.full());
  while (!outbox.empty()) outbox.Take();
  EXPECT_FALSE(outbox.full());
}

// Answers without a message (REFUSED) take room too.
TEST(AnswerOutboxTest, EmptyAnswersFillItAsWell) {
  AnswerOutbox outbox;
  for (int i = 0; i < 1'000'000 && !outbox.full(); ++i) outbox.Add(i, "");
  EXPECT_TRUE(outbox.full());
}

TEST(AnswerOutboxTest, RecycledBatchesAreCleanAndUsedAgain) {
  AnswerOutbox outbox;
  outbox.Add(1, "x")->set_rcode(2);
  std::unique_ptr<AnswerBatch> batch = outbox.Take();
  const AnswerBatch* address = batch.get();
  outbox.Recycle(std::move(batch));
  outbox.Add(2, "");
  batch = outbox.Take();
  EXPECT_EQ(batch.get(), address);
  ASSERT_EQ(batch->answers_size(), 1);
  EXPECT_EQ(batch->answers(0).rcode(), 0u);
  EXPECT_EQ(batch->answers(0).wire(), "");
}

// One that held a large answer would keep its memory for ever.
TEST(AnswerOutboxTest, LargeBatchesAreLetGo) {
  AnswerOutbox outbox;
  outbox.Add(1, std::string(5000, 'x'));
  outbox.Recycle(outbox.Take());
  outbox.Add(2, "");
  EXPECT_LT(outbox.Take()->SpaceUsedLong(), 5000u);
}

}  // namespace
}  // namespace strata::authority
