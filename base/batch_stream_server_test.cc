// Starting and stopping; what the streams do is in batch_stream_test.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/batch_stream_server.h"

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "base/grpc_server.h"
#include "base/testing/echo_session.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::base {
namespace {

using testing::EchoBatch;
using testing::EchoBatchService;
using testing::EchoCommand;
using testing::EchoItem;
using ::testing::HasSubstr;
using ::testing::Not;

// A server and a client of it.
struct Running {
  explicit Running(int workers) : echo(workers, testing::EchoTo(&ledger)) {
    GrpcServerOptions options;
    options.address = "127.0.0.1:0";
    options.configure = [this](grpc::ServerBuilder& builder) { echo.AddTo(&builder); };
    auto started = GrpcServer::Start(options);
    EXPECT_TRUE(started.ok()) << started.status();
    server = *std::move(started);
    stub = EchoBatchService::NewStub(grpc::CreateChannel(server->address(), grpc::InsecureChannelCredentials()));
  }
  void Stop() {
    server->Drain(absl::ZeroDuration());
    echo.Stop();
    EXPECT_EQ(ledger.opened, ledger.ended);
  }

  testing::EchoLedger ledger;
  testing::EchoServer echo;
  std::unique_ptr<GrpcServer> server;
  std::unique_ptr<EchoBatchService::Stub> stub;
};

EchoBatch Batch(int items, EchoCommand command) {
  EchoBatch batch;
  for (int i = 0; i < items; ++i) batch.add_items()->set_command(command);
  return batch;
}

// One stream that is idle, one that is owed, one whose outbox is full, and one of the last two half-closed.
TEST(BatchStreamServerTest, StoppingEndsOpenStreams) {
  Running running(2);
  running.echo.Start();
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<std::unique_ptr<grpc::ClientReaderWriter<EchoBatch, EchoBatch>>> streams;
  for (int i = 0; i < 5; ++i) {
    contexts.push_back(std::make_unique<grpc::ClientContext>());
    streams.push_back(running.stub->Exchange(contexts.back().get()));
    streams.back()->WaitForInitialMetadata();
  }
  streams[1]->Write(Batch(100, EchoCommand::kOwe));
  streams[2]->Write(Batch(400, EchoCommand::kGrow));
  streams[3]->Write(Batch(100, EchoCommand::kOwe));
  streams[3]->WritesDone();
  streams[4]->Write(Batch(400, EchoCommand::kGrow));
  streams[4]->WritesDone();
  while (running.ledger.handled < 400) absl::SleepFor(absl::Milliseconds(1));
  running.Stop();
  for (const auto& stream : streams) {
    EchoBatch batch;
    while (stream->Read(&batch)) {
    }
    EXPECT_FALSE(stream->Finish().ok());
  }
  // Debts outlive the server, and their payment is for nobody.
  const auto debts = running.ledger.TakeDebts();
  EXPECT_EQ(debts.size(), 200u);
  for (const auto& debt : debts) debt.postbox->Settle(0, [](EchoItem*) { FAIL() << "filled in for nobody"; });
  running.echo.Stop();  // once more is fine
}

// What the page says of the streams, without the comments.
std::string Metrics(const testing::EchoServer& echo) {
  MetricsWriter writer;
  echo.WriteMetrics("echo", &writer);
  EXPECT_TRUE(writer.status().ok()) << writer.status();
  return writer.text();
}

TEST(BatchStreamServerTest, CountsStreamsAndBatches) {
  Running running(1);
  EXPECT_THAT(Metrics(running.echo), HasSubstr("\nstrata_echo_streams 0\n"));
  running.echo.Start();
  grpc::ClientContext context;
  const auto stream = running.stub->Exchange(&context);
  EchoBatch batch;
  for (const int items : {3, 1}) {
    stream->Write(Batch(items, EchoCommand::kEcho));
    EXPECT_TRUE(stream->Read(&batch));
  }
  const std::string metrics = Metrics(running.echo);
  EXPECT_THAT(metrics, HasSubstr("\nstrata_echo_streams 1\n"));
  EXPECT_THAT(metrics, HasSubstr("\nstrata_echo_batch_requests_bucket{le=\"1\"} 1\n"));
  EXPECT_THAT(metrics, HasSubstr("\nstrata_echo_batch_requests_bucket{le=\"4\"} 2\n"));
  EXPECT_THAT(metrics, HasSubstr("\nstrata_echo_batch_requests_sum 4\n"));
  EXPECT_THAT(metrics, HasSubstr("\nstrata_echo_batch_duration_seconds_count 2\n"));
  EXPECT_THAT(metrics, HasSubstr("\nstrata_echo_outbox_full_total 0\n"));
  running.Stop();
  EXPECT_THAT(Metrics(running.echo), HasSubstr("\nstrata_echo_streams 0\n"));
}

TEST(BatchStreamServerTest, CountsWhoDoesNotTakeItsReplies) {
  Running running(1);
  running.echo.Start();
  grpc::ClientContext context;
  const auto stream = running.stub->Exchange(&context);
  stream->Write(Batch(400, EchoCommand::kGrow));
  while (running.ledger.handled < 100) absl::SleepFor(absl::Milliseconds(1));
  running.Stop();
  EXPECT_THAT(Metrics(running.echo), Not(HasSubstr("\nstrata_echo_outbox_full_total 0\n")));
  context.TryCancel();
  stream->Finish();
}

// Streams that end by themselves within the grace do so in order.
TEST(BatchStreamServerTest, GraceIsForWhatIsOwed) {
  Running running(1);
  running.echo.Start();
  grpc::ClientContext context;
  const auto stream = running.stub->Exchange(&context);
  stream->Write(Batch(1, EchoCommand::kOwe));
  stream->WritesDone();
  while (running.ledger.handled < 1) absl::SleepFor(absl::Milliseconds(1));
  std::thread drain([&] { running.server->Drain(absl::Seconds(60)); });
  absl::SleepFor(absl::Milliseconds(20));
  for (const auto& debt : running.ledger.TakeDebts()) debt.postbox->Settle(0, [](EchoItem*) {});
  EchoBatch batch;
  while (stream->Read(&batch)) {
  }
  EXPECT_TRUE(stream->Finish().ok());
  drain.join();
  running.Stop();
}

// Threads that do not know of the shutdown post before, during and after it.
TEST(BatchStreamServerTest, PostsDuringShutdown) {
  for (int round = 0; round < 50; ++round) {
    Running running(2);
    running.echo.Start();
    std::atomic<bool> stop{false};
    std::vector<std::thread> posters;
    posters.reserve(2);
    for (int t = 0; t < 2; ++t) {
      posters.emplace_back([&] {
        std::vector<testing::EchoLedger::Debt> debts;
        std::vector<std::shared_ptr<testing::EchoPostbox>> known;
        while (!stop) {
          for (const auto& postbox : running.ledger.postboxes()) known.push_back(postbox);
          for (const auto& postbox : known) postbox->Post(0, [](EchoItem*) {});
          for (auto& debt : running.ledger.TakeDebts()) debts.push_back(std::move(debt));
          if (debts.empty()) continue;
          debts.back().postbox->Settle(0, [](EchoItem*) {});
          debts.pop_back();
          if (known.size() > 20) known.resize(10);
        }
      });
    }
    std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
    std::vector<std::unique_ptr<grpc::ClientReaderWriter<EchoBatch, EchoBatch>>> streams;
    for (int i = 0; i < 4; ++i) {
      contexts.push_back(std::make_unique<grpc::ClientContext>());
      streams.push_back(running.stub->Exchange(contexts.back().get()));
      streams.back()->Write(Batch(50, i % 2 == 0 ? EchoCommand::kOwe : EchoCommand::kEcho));
    }
    if (round % 2 == 0) streams[0]->WritesDone();
    EchoBatch batch;
    for (const auto& stream : streams) EXPECT_TRUE(stream->Read(&batch));
    running.Stop();
    stop = true;
    for (std::thread& poster : posters) poster.join();
    for (const auto& context : contexts) context->TryCancel();
    for (const auto& stream : streams) stream->Finish();
  }
}

// A start that failed half-way has a server, and queues that no thread polls.
TEST(BatchStreamServerTest, NeverStarted) {
  Running running(2);
  running.server->server().Shutdown();
  running.echo.Stop();
}

}  // namespace
}  // namespace strata::base
