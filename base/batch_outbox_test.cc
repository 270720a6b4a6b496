// SPDX-License-Identifier: Apache-2.0
#include "base/batch_outbox.h"

#include <string>
#include <utility>

#include "base/testing/echo_traits.h"
#include "gtest/gtest.h"

namespace strata::base {
namespace {

using testing::EchoItem;
using Outbox = BatchOutbox<testing::EchoTraits>;

EchoItem* Add(Outbox* outbox, uint32_t id, const std::string& payload) {
  EchoItem* item = outbox->Add(payload.size());
  item->set_id(id);
  item->set_payload(payload);
  return item;
}

TEST(BatchOutboxTest, ItemsLeaveInOrder) {
  Outbox outbox;
  EXPECT_TRUE(outbox.empty());
  Add(&outbox, 7, "seven");
  Add(&outbox, 8, "");
  EXPECT_FALSE(outbox.empty());
  const Outbox::Batch batch = outbox.Take();
  EXPECT_TRUE(outbox.empty());
  ASSERT_EQ(batch.message->items_size(), 2);
  EXPECT_EQ(batch.message->items(0).id(), 7u);
  EXPECT_EQ(batch.message->items(0).payload(), "seven");
  EXPECT_EQ(batch.message->items(1).id(), 8u);
}

TEST(BatchOutboxTest, BatchesCloseAtTheirLimits) {
  Outbox outbox;
  for (int i = 0; i < 513; ++i) Add(&outbox, i, "x");
  EXPECT_EQ(outbox.Take().message->items_size(), 512);
  EXPECT_EQ(outbox.Take().message->items_size(), 1);
  EXPECT_TRUE(outbox.empty());

  const std::string large(60000, 'x');
  for (int i = 0; i < 10; ++i) Add(&outbox, i, large);
  int taken = 0;
  while (!outbox.empty()) {
    const auto batch = outbox.Take();
    EXPECT_LE(batch.message->ByteSizeLong(), kMaxBatchBytes);
    taken += batch.message->items_size();
  }
  EXPECT_EQ(taken, 10);
}

TEST(BatchOutboxTest, ALoneItemMayExceedTheLimit) {
  Outbox outbox;
  Add(&outbox, 1, "x");
  Add(&outbox, 2, std::string(kMaxBatchBytes + 1, 'x'));
  Add(&outbox, 3, "x");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(outbox.Take().message->items_size(), 1);
  EXPECT_TRUE(outbox.empty());
}

// The last item of a batch may still be filled in when the batch is closed.
TEST(BatchOutboxTest, ItemStaysValidWhenItsBatchCloses) {
  Outbox outbox;
  for (int i = 0; i < 511; ++i) Add(&outbox, i, "");
  Add(&outbox, 511, "")->set_command(2);
  EXPECT_EQ(outbox.Take().message->items(511).command(), 2u);
}

TEST(BatchOutboxTest, FullUntilABatchHasLeft) {
  Outbox outbox;
  const std::string large(60000, 'x');
  int added = 0;
  for (; !outbox.full(); ++added) Add(&outbox, added, large);
  EXPECT_LE(added * large.size(), kMaxOutboxBytes + large.size());
  outbox.Take();
  EXPECT_FALSE(outbox.full());
  while (!outbox.empty()) outbox.Take();
  EXPECT_FALSE(outbox.full());
}

TEST(BatchOutboxTest, EmptyItemsFillItAsWell) {
  Outbox outbox;
  for (int i = 0; i < 1'000'000 && !outbox.full(); ++i) Add(&outbox, i, "");
  EXPECT_TRUE(outbox.full());
}

TEST(BatchOutboxTest, RecycledBatchesAreCleanAndUsedAgain) {
  Outbox outbox;
  Add(&outbox, 1, "x")->set_command(2);
  Outbox::Batch batch = outbox.Take();
  const testing::EchoBatch* address = batch.message.get();
  outbox.Recycle(std::move(batch));
  outbox.Add(0);
  batch = outbox.Take();
  EXPECT_EQ(batch.message.get(), address);
  ASSERT_EQ(batch.message->items_size(), 1);
  EXPECT_EQ(batch.message->items(0).ByteSizeLong(), 0u);
}

// One that held a large item would keep its memory for ever.
TEST(BatchOutboxTest, LargeBatchesAreLetGo) {
  Outbox outbox;
  Add(&outbox, 1, std::string(5000, 'x'));
  outbox.Recycle(outbox.Take());
  Add(&outbox, 2, "");
  EXPECT_LT(outbox.Take().message->SpaceUsedLong(), 5000u);
}

TEST(BatchOutboxTest, TakeAllKeepsTheOrderAndJoinsBatches) {
  Outbox outbox, other;
  Add(&outbox, 1, "one");
  Add(&other, 2, "two");
  outbox.TakeAll(&other);
  EXPECT_TRUE(other.empty());
  for (int i = 3; i < 3 + 600; ++i) Add(&other, i, "x");
  outbox.TakeAll(&other);
  EXPECT_TRUE(other.empty());
  uint32_t next = 1;
  while (!outbox.empty()) {
    const auto batch = outbox.Take();
    EXPECT_LE(batch.message->items_size(), kMaxBatchItems);
    EXPECT_GT(batch.message->items_size(), 1);
    for (const EchoItem& item : batch.message->items()) EXPECT_EQ(item.id(), next++);
  }
  EXPECT_EQ(next, 603u);
}

TEST(BatchOutboxTest, TakeAllRespectsTheLimits) {
  const std::string large(100'000, 'x');
  Outbox outbox;
  for (uint32_t i = 0; i < 4; ++i) {
    Outbox other;
    Add(&other, i, large);
    outbox.TakeAll(&other);
  }
  uint32_t next = 0;
  while (!outbox.empty()) {
    const auto batch = outbox.Take();
    EXPECT_LE(batch.message->ByteSizeLong(), kMaxBatchBytes);
    for (const EchoItem& item : batch.message->items()) EXPECT_EQ(item.id(), next++);
  }
  EXPECT_EQ(next, 4u);

  for (int round = 0; round < 2; ++round) {
    Outbox other;
    for (int i = 0; i < kMaxBatchItems / 2; ++i) Add(&other, i, "");
    outbox.TakeAll(&other);
  }
  for (int taken = 0; taken < kMaxBatchItems;) {
    ASSERT_FALSE(outbox.empty());
    const auto batch = outbox.Take();
    EXPECT_LE(batch.message->items_size(), kMaxBatchItems);
    taken += batch.message->items_size();
  }
  EXPECT_TRUE(outbox.empty());
}

TEST(BatchOutboxTest, TakeAllCountsTheBytes) {
  Outbox outbox, other;
  const std::string large(60000, 'x');
  while (!other.full()) Add(&other, 1, large);
  EXPECT_FALSE(outbox.full());
  outbox.TakeAll(&other);
  EXPECT_TRUE(outbox.full());
  EXPECT_FALSE(other.full());
  while (!outbox.empty()) outbox.Take();
  EXPECT_FALSE(outbox.full());
}

// A steady flow through two outboxes runs on the same few batches.
TEST(BatchOutboxTest, TakeAllPassesBatchesBack) {
  Outbox outbox, other;
  const testing::EchoBatch* first = nullptr;
  for (int i = 0; i < 10; ++i) {
    Add(&other, i, "x");
    outbox.TakeAll(&other);
    Outbox::Batch batch = outbox.Take();
    if (i == 2) first = batch.message.get();
    if (i > 2 && i % 2 == 0) {
      EXPECT_EQ(batch.message.get(), first);
    }
    outbox.Recycle(std::move(batch));
  }
}

}  // namespace
}  // namespace strata::base
