// What a postbox says to its stream; across threads and streams it is tested in batch_stream_test.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/batch_postbox.h"

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <memory>

#include "base/testing/echo_traits.h"
#include "gtest/gtest.h"

namespace strata::base {
namespace {

using testing::EchoItem;
using testing::EchoTraits;
using Outbox = BatchOutbox<EchoTraits>;
using Postbox = BatchPostbox<EchoTraits>;

class BatchPostboxTest : public ::testing::Test {
 protected:
  ~BatchPostboxTest() override {
    postbox_->Close();
    completions_.Shutdown();
    void* tag = nullptr;
    bool ok = false;
    while (completions_.Next(&tag, &ok)) {
    }
  }

  void Post(uint32_t id) {
    postbox_->Post(0, [id](EchoItem* item) { item->set_id(id); });
  }

  // Whether a wake has come, which is acknowledged.
  bool TakeWake(std::chrono::milliseconds patience) {
    void* tag = nullptr;
    bool ok = false;
    if (completions_.AsyncNext(&tag, &ok, std::chrono::system_clock::now() + patience) !=
        grpc::CompletionQueue::GOT_EVENT) {
      return false;
    }
    EXPECT_EQ(tag, this);
    postbox_->Woken();
    return true;
  }
  bool WakeComes() { return TakeWake(std::chrono::seconds(60)); }
  bool NoWakeComes() { return !TakeWake(std::chrono::milliseconds(20)); }

  grpc::CompletionQueue completions_;
  std::unique_ptr<Postbox> postbox_ = std::make_unique<Postbox>(&completions_, this);
};

TEST_F(BatchPostboxTest, WakesAnIdleStreamOnce) {
  Outbox outbox;
  EXPECT_FALSE(postbox_->Collect(false, &outbox));
  Post(1);
  Post(2);
  EXPECT_TRUE(WakeComes());
  EXPECT_TRUE(NoWakeComes());
  postbox_->Collect(false, &outbox);
  EXPECT_EQ(outbox.Take().message->items_size(), 2);
  // And again.
  postbox_->Collect(false, &outbox);
  Post(3);
  EXPECT_TRUE(WakeComes());
}

TEST_F(BatchPostboxTest, LeavesABusyStreamAlone) {
  Outbox outbox;
  outbox.Add(0);
  postbox_->Collect(false, &outbox);
  Post(1);
  EXPECT_TRUE(NoWakeComes());
  postbox_->Collect(false, &outbox);
  EXPECT_EQ(outbox.Take().message->items_size(), 2);
}

TEST_F(BatchPostboxTest, LeavesAWritingStreamAlone) {
  Outbox outbox;
  postbox_->Collect(true, &outbox);
  Post(1);
  EXPECT_TRUE(NoWakeComes());
  postbox_->Collect(true, &outbox);
  EXPECT_EQ(outbox.Take().message->items_size(), 1);
}

TEST_F(BatchPostboxTest, OneWakeAtATime) {
  Outbox outbox;
  postbox_->Collect(false, &outbox);
  Post(1);
  // The stream comes by, sends, and is idle before the wake arrives.
  postbox_->Collect(false, &outbox);
  outbox.Take();
  postbox_->Collect(false, &outbox);
  Post(2);
  EXPECT_TRUE(WakeComes());
  EXPECT_TRUE(NoWakeComes());
}

TEST_F(BatchPostboxTest, SettlingPaysWhatIsOwed) {
  Outbox outbox;
  EXPECT_FALSE(postbox_->owes());
  postbox_->Owe(2);
  EXPECT_TRUE(postbox_->Collect(false, &outbox));
  postbox_->Settle(0, [](EchoItem*) {});
  EXPECT_TRUE(postbox_->Collect(false, &outbox));
  Post(1);
  EXPECT_TRUE(postbox_->owes());
  postbox_->Settle(0, [](EchoItem*) {});
  EXPECT_FALSE(postbox_->Collect(false, &outbox));
  EXPECT_EQ(outbox.Take().message->items_size(), 3);
}

TEST_F(BatchPostboxTest, ClosedForGood) {
  Outbox outbox;
  postbox_->Collect(false, &outbox);
  EXPECT_FALSE(postbox_->Close());
  postbox_->Post(0, [](EchoItem*) { FAIL() << "filled in for nobody"; });
  postbox_->Settle(0, [](EchoItem*) { FAIL() << "filled in for nobody"; });
  EXPECT_TRUE(NoWakeComes());
}

TEST_F(BatchPostboxTest, TellsOfAWakeUnderWayWhenClosed) {
  Outbox outbox;
  postbox_->Collect(false, &outbox);
  Post(1);
  EXPECT_TRUE(postbox_->Close());
  EXPECT_TRUE(WakeComes());
}

}  // namespace
}  // namespace strata::base
