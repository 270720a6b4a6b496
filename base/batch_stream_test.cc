// Streams over a connection, with one worker, so that all of them share its thread.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/batch_stream.h"

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "base/grpc_server.h"
#include "base/stream_greeting.h"
#include "base/testing/echo_session.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::base {
namespace {

using testing::EchoBatch;
using testing::EchoBatchService;
using testing::EchoCommand;
using testing::EchoItem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class BatchStreamTest : public ::testing::Test {
 protected:
  using Stream = grpc::ClientReaderWriter<EchoBatch, EchoBatch>;

  void SetUp() override {
    GrpcServerOptions options;
    options.address = "127.0.0.1:0";
    options.configure = [this](grpc::ServerBuilder& builder) { echo_.AddTo(&builder); };
    auto server = GrpcServer::Start(options);
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    echo_.Start();
    stub_ = EchoBatchService::NewStub(grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials()));
  }
  void TearDown() override {
    server_->Drain(absl::ZeroDuration());
    echo_.Stop();
    EXPECT_EQ(ledger_.opened, ledger_.ended);
  }

  static EchoBatch Batch(int items, EchoCommand command, uint32_t first_id = 0) {
    EchoBatch batch;
    for (int i = 0; i < items; ++i) {
      EchoItem* item = batch.add_items();
      item->set_id(first_id + i);
      item->set_command(command);
    }
    return batch;
  }

  // Reads that many items and returns their ids; heartbeats are skipped.
  static std::set<uint32_t> Read(Stream* stream, size_t count) {
    std::set<uint32_t> ids;
    EchoBatch batch;
    while (ids.size() < count && stream->Read(&batch)) {
      EXPECT_LE(batch.items_size(), kMaxBatchItems);
      for (const EchoItem& item : batch.items()) {
        EXPECT_TRUE(ids.insert(item.id()).second) << "came twice: " << item.id();
      }
    }
    EXPECT_EQ(ids.size(), count);
    return ids;
  }

  std::vector<testing::EchoLedger::Debt> AwaitDebts(size_t count) {
    std::vector<testing::EchoLedger::Debt> debts;
    while (debts.size() < count) {
      for (auto& debt : ledger_.TakeDebts()) debts.push_back(std::move(debt));
      absl::SleepFor(absl::Milliseconds(1));
    }
    return debts;
  }

  static void Settle(const testing::EchoLedger::Debt& debt) {
    debt.postbox->Settle(0, [&](EchoItem* item) { item->set_id(debt.id); });
  }

  void AwaitEnd(int streams) {
    while (ledger_.ended < streams) absl::SleepFor(absl::Milliseconds(1));
  }

  testing::EchoLedger ledger_;
  testing::EchoServer echo_{1, testing::EchoTo(&ledger_)};
  std::unique_ptr<GrpcServer> server_;
  std::unique_ptr<EchoBatchService::Stub> stub_;
};

TEST_F(BatchStreamTest, RepliesAtOnce) {
  grpc::ClientContext context;
  const auto stream = stub_->Exchange(&context);
  stream->WaitForInitialMetadata();  // comes before any request
  EXPECT_TRUE(HasStreamGreeting(context));
  ASSERT_TRUE(stream->Write(Batch(3, EchoCommand::kEcho, 7)));
  EXPECT_THAT(Read(stream.get(), 3), ElementsAre(7, 8, 9));
  EXPECT_TRUE(stream->WritesDone());
  EchoBatch none;
  EXPECT_FALSE(stream->Read(&none));
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(BatchStreamTest, PostsReachAnIdleStream) {
  grpc::ClientContext context;
  const auto stream = stub_->Exchange(&context);
  stream->WaitForInitialMetadata();
  // Before there was any request, and again.
  for (uint32_t id = 1; id < 20; ++id) {
    for (const auto& postbox : ledger_.postboxes()) postbox->Post(0, [id](EchoItem* item) { item->set_id(id); });
    EXPECT_THAT(Read(stream.get(), 1), ElementsAre(id));
  }
}

TEST_F(BatchStreamTest, PostsAndRepliesTogether) {
  constexpr int kBatches = 200, kItems = 50, kThreads = 3, kPosts = 5000;
  grpc::ClientContext context;
  const auto stream = stub_->Exchange(&context);
  stream->WaitForInitialMetadata();
  const auto postboxes = ledger_.postboxes();
  ASSERT_EQ(postboxes.size(), 1u);
  std::vector<std::thread> threads;
  threads.reserve(kThreads + 1);
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kPosts; ++i) {
        (*postboxes.begin())->Post(100, [&](EchoItem* item) {
          item->set_id(1'000'000 * (t + 1) + i);
          item->set_payload(std::string(100, 'p'));
        });
      }
    });
  }
  threads.emplace_back([&] {
    for (int i = 0; i < kBatches; ++i) ASSERT_TRUE(stream->Write(Batch(kItems, EchoCommand::kEcho, i * kItems)));
  });
  Read(stream.get(), kBatches * kItems + kThreads * kPosts);
  for (std::thread& thread : threads) thread.join();
}

// A client that has nothing more to ask is told what it is owed, and only then does its stream end.
TEST_F(BatchStreamTest, HalfClosedStreamsGetWhatTheyAreOwed) {
  grpc::ClientContext context;
  const auto stream = stub_->Exchange(&context);
  ASSERT_TRUE(stream->Write(Batch(1000, EchoCommand::kOwe)));
  ASSERT_TRUE(stream->WritesDone());
  const auto debts = AwaitDebts(1000);
  std::thread payer([&] {
    for (const auto& debt : debts) Settle(debt);
  });
  Read(stream.get(), 1000);
  EchoBatch none;
  EXPECT_FALSE(stream->Read(&none));
  EXPECT_TRUE(stream->Finish().ok());
  payer.join();
  EXPECT_EQ(ledger_.ended, 1);
}

TEST_F(BatchStreamTest, HeartbeatsWhileSomethingIsOwed) {
  grpc::ClientContext context;
  const auto stream = stub_->Exchange(&context);
  ASSERT_TRUE(stream->Write(Batch(1, EchoCommand::kOwe, 5)));
  EchoBatch batch;
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(stream->Read(&batch));
    EXPECT_THAT(batch.items(), IsEmpty());
  }
  Settle(AwaitDebts(1)[0]);
  EXPECT_THAT(Read(stream.get(), 1), ElementsAre(5));
  // Nothing is owed: the next that comes is the reply.
  absl::SleepFor(2 * absl::FromChrono(kHeartbeatPeriod));
  ASSERT_TRUE(stream->Write(Batch(1, EchoCommand::kEcho, 6)));
  ASSERT_TRUE(stream->Read(&batch));
  while (batch.items_size() == 0 && stream->Read(&batch)) ADD_FAILURE() << "a heartbeat, and nothing was owed";
  EXPECT_EQ(batch.items(0).id(), 6u);
}

TEST_F(BatchStreamTest, NoHeartbeatsFromWhatHangs) {
  ledger_.alive = false;
  grpc::ClientContext context;
  const auto stream = stub_->Exchange(&context);
  ASSERT_TRUE(stream->Write(Batch(1, EchoCommand::kOwe)));
  const auto debts = AwaitDebts(1);
  absl::SleepFor(3 * absl::FromChrono(kHeartbeatPeriod));
  Settle(debts[0]);
  EchoBatch batch;
  ASSERT_TRUE(stream->Read(&batch));
  EXPECT_EQ(batch.items_size(), 1);
}

// One that asks and asks and reads nothing is made to wait; others, on the same thread, are not.
TEST_F(BatchStreamTest, AFullOutboxTakesNoNewWork) {
  grpc::ClientContext context, other_context;
  const auto stream = stub_->Exchange(&context);
  const auto other = stub_->Exchange(&other_context);
  constexpr int kBatches = 20, kItems = 400;  // 512 MB, if nothing bounded them
  std::thread writer([&] {
    for (int i = 0; i < kBatches; ++i) stream->Write(Batch(kItems, EchoCommand::kGrow, i * kItems));
    stream->WritesDone();
  });
  while (ledger_.handled < 100) absl::SleepFor(absl::Milliseconds(1));
  int handled = 0;
  do {
    handled = ledger_.handled;
    absl::SleepFor(absl::Milliseconds(50));
  } while (handled != ledger_.handled);
  // In the middle of the first batch: 8 MiB, and what the sockets and windows hold.
  EXPECT_LT(handled, kItems);
  ASSERT_TRUE(other->Write(Batch(1, EchoCommand::kEcho)));
  Read(other.get(), 1);
  // Nothing is lost when it reads at last.
  Read(stream.get(), kBatches * kItems);
  writer.join();
  EXPECT_TRUE(stream->Finish().ok());
}

// What is posted gets in, however much it is; but nothing new is begun meanwhile.
TEST_F(BatchStreamTest, PostsFillTheOutboxToo) {
  grpc::ClientContext context;
  const auto stream = stub_->Exchange(&context);
  stream->WaitForInitialMetadata();
  constexpr uint32_t kPosts = 400;  // 25 MB
  const auto postboxes = ledger_.postboxes();
  for (uint32_t i = 0; i < kPosts; ++i) {
    (*postboxes.begin())->Post(64000, [i](EchoItem* item) {
      item->set_id(i);
      item->set_payload(std::string(64000, 'x'));
    });
  }
  ASSERT_TRUE(stream->Write(Batch(3, EchoCommand::kEcho, kPosts)));
  absl::SleepFor(absl::Milliseconds(100));
  EXPECT_EQ(ledger_.handled, 0);
  Read(stream.get(), kPosts + 3);
  EXPECT_EQ(ledger_.handled, 3);
}

TEST_F(BatchStreamTest, AClientThatGoesAwayEndsItsSession) {
  int streams = 0;
  for (const EchoCommand command : {EchoCommand::kEcho, EchoCommand::kOwe, EchoCommand::kGrow}) {
    for (const bool half_closed : {false, true}) {
      grpc::ClientContext context;
      const auto stream = stub_->Exchange(&context);
      stream->WaitForInitialMetadata();
      stream->Write(Batch(400, command));
      if (half_closed) stream->WritesDone();
      if (command == EchoCommand::kOwe) {
        const auto debts = AwaitDebts(400);
        context.TryCancel();
        AwaitEnd(++streams);
        for (const auto& debt : debts) Settle(debt);  // to nobody
      } else {
        context.TryCancel();
        AwaitEnd(++streams);
      }
      stream->Finish();
    }
  }
}

// Threads post all the time while streams come and go.
TEST_F(BatchStreamTest, PostsWhileStreamsEnd) {
  std::atomic<bool> stop{false};
  std::vector<std::thread> posters;
  posters.reserve(2);
  for (int t = 0; t < 2; ++t) {
    posters.emplace_back([&] {
      while (!stop) {
        for (const auto& postbox : ledger_.postboxes()) {
          postbox->Post(10, [](EchoItem* item) { item->set_payload("0123456789"); });
        }
        for (const auto& debt : ledger_.TakeDebts()) Settle(debt);
        std::this_thread::yield();
      }
    });
  }
  for (int i = 0; i < 300; ++i) {
    grpc::ClientContext context;
    const auto stream = stub_->Exchange(&context);
    stream->Write(Batch(10, i % 2 == 0 ? EchoCommand::kOwe : EchoCommand::kEcho));
    EchoBatch batch;
    if (i % 3 == 0) {
      EXPECT_TRUE(stream->Read(&batch));
    }
    if (i % 5 < 2) {
      context.TryCancel();
    } else {
      stream->WritesDone();
      while (stream->Read(&batch)) {
      }
    }
    EXPECT_EQ(stream->Finish().ok(), i % 5 >= 2);
  }
  AwaitEnd(300);
  stop = true;
  for (std::thread& poster : posters) poster.join();
}

}  // namespace
}  // namespace strata::base
