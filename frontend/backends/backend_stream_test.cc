// Tests of one stream against a real server: what crosses, and what happens when the server goes or hangs.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/backends/backend_stream.h"

#include <atomic>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "base/event_loop.h"
#include "base/grpc_server.h"
#include "frontend/testing/event_record.h"
#include "frontend/testing/messages.h"
#include "frontend/testing/resolve_server.h"
#include "frontend/testing/unix_address.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using testing::EventRecord;
using ::testing::IsEmpty;
using testing::ResolveServer;
using ::testing::SizeIs;
using testing::WireName;

class BackendStreamTest : public ::testing::Test {
 protected:
  BackendStreamTest()
      : address_(folder_.Address("stream")),
        stream_(std::make_unique<BackendStream>(address_, 0, /*prompt=*/true, &completions_, &record_)) {}
  ~BackendStreamTest() override {
    stream_->stream().Stop();
    EXPECT_TRUE(WaitFor([this] { return stream_->stream().ended(); }));
  }

  void StartServer() {
    server_ = std::make_unique<ResolveServer>(address_);
    ASSERT_TRUE(server_->ok());
  }
  // Delivers events until `done` says so; false when that takes far too long.
  bool WaitFor(const std::function<bool()>& done) {
    const absl::Time deadline = absl::Now() + absl::Seconds(60);
    while (!done()) {
      if (absl::Now() > deadline) return false;
      completions_.RunOnce(&loop_, absl::Milliseconds(10));
      stream_->Flush();
      stream_->stream().OnTick();
    }
    return true;
  }
  void Submit(uint32_t id, absl::string_view text = "a.test.") {
    const dns::LookupName name(WireName(text));
    BackendQuery query;
    query.id = id;
    query.name = &name;
    query.type = 1;
    query.rr_class = 1;
    query.max_size = 512;
    query.time_left = absl::Milliseconds(1500);
    stream_->Submit(query);
  }

  const testing::SocketFolder folder_;
  const std::string address_;
  base::EventLoop loop_;
  CompletionLoop completions_;
  EventRecord record_;
  std::unique_ptr<ResolveServer> server_;
  std::unique_ptr<BackendStream> stream_;
};

TEST_F(BackendStreamTest, QueryAndAnswer) {
  StartServer();
  ASSERT_TRUE(WaitFor([&] { return stream_->up(); }));
  EXPECT_EQ(record_.ups, 1);
  const dns::LookupName name(WireName("WWW.a.test."));
  BackendQuery query;
  query.id = 7;
  query.name = &name;
  query.type = 15;
  query.rr_class = 1;
  query.recursion_desired = true;
  query.dnssec_ok = true;
  query.checking_disabled = true;
  query.minimal_any = true;
  query.want_zoneversion = true;
  query.max_size = 1221;
  query.time_left = absl::Milliseconds(1500);
  stream_->Submit(query);
  stream_->Flush();
  ASSERT_TRUE(WaitFor([&] { return !record_.answers.empty(); }));
  ASSERT_THAT(record_.answers, SizeIs(1));
  EXPECT_EQ(record_.answers[0].first, 7u);
  EXPECT_EQ(record_.answers[0].second, "answer to " + WireName("www.a.test."));
  ASSERT_THAT(server_->queries(), SizeIs(1));
  const resolve::v1::Query sent = server_->queries()[0];
  EXPECT_EQ(sent.name(), WireName("www.a.test."));
  EXPECT_EQ(sent.type(), 15u);
  EXPECT_EQ(sent.rr_class(), 1u);
  EXPECT_TRUE(sent.recursion_desired() && sent.dnssec_ok() && sent.checking_disabled() && sent.minimal_any() &&
              sent.want_zoneversion());
  EXPECT_EQ(sent.max_size(), 1221u);
  EXPECT_EQ(sent.deadline_ms(), 1500u);
}

TEST_F(BackendStreamTest, FlagsThatAreNotSetStayUnset) {
  StartServer();
  ASSERT_TRUE(WaitFor([&] { return stream_->up(); }));
  Submit(1);
  stream_->Flush();
  ASSERT_TRUE(WaitFor([&] { return !record_.answers.empty(); }));
  const resolve::v1::Query sent = server_->queries()[0];
  EXPECT_FALSE(sent.recursion_desired() || sent.dnssec_ok() || sent.checking_disabled() || sent.minimal_any());
}

// Takes calls, says so, but does not greet as ours do, and keeps them.
class Stranger : public resolve::v1::ResolveService::Service {
 public:
  explicit Stranger(const std::string& address) {
    base::GrpcServerOptions options;
    options.address = address;
    options.services = {this};
    auto server = base::GrpcServer::Start(options);
    EXPECT_TRUE(server.ok()) << server.status();
    if (server.ok()) server_ = *std::move(server);
  }
  grpc::Status Resolve(grpc::ServerContext* context,
                       grpc::ServerReaderWriter<resolve::v1::AnswerBatch, resolve::v1::QueryBatch>* stream) override {
    ++calls;
    stream->SendInitialMetadata();
    while (!context->IsCancelled()) absl::SleepFor(absl::Milliseconds(5));
    return grpc::Status::CANCELLED;
  }
  std::atomic<int> calls{0};

 private:
  std::unique_ptr<base::GrpcServer> server_;
};

TEST_F(BackendStreamTest, WhoDoesNotGreetIsAskedAgain) {
  const Stranger stranger(address_);
  EXPECT_TRUE(WaitFor([&] { return stranger.calls >= 2; })) << "a call that a stranger holds is given up";
  EXPECT_FALSE(stream_->up());
  EXPECT_EQ(record_.ups, 0);
}

TEST_F(BackendStreamTest, WhatIsSubmittedTogetherLeavesTogether) {
  StartServer();
  ASSERT_TRUE(WaitFor([&] { return stream_->up(); }));
  for (uint32_t id = 0; id < 100; ++id) Submit(id);
  stream_->Flush();
  stream_->Flush();
  ASSERT_TRUE(WaitFor([&] { return record_.answers.size() == 100; }));
  EXPECT_EQ(server_->batches(), 1);
}

TEST_F(BackendStreamTest, QueriesGatherWhileAWriteIsUnderWay) {
  StartServer();
  ASSERT_TRUE(WaitFor([&] { return stream_->up(); }));
  constexpr uint32_t kQueries = 3000;
  for (uint32_t id = 0; id < kQueries; ++id) {
    Submit(id);
    stream_->Flush();
  }
  ASSERT_TRUE(WaitFor([&] { return record_.answers.size() == kQueries; }));
  EXPECT_LT(server_->batches(), static_cast<int>(kQueries));
  std::set<uint32_t> ids;
  for (const auto& [id, wire] : record_.answers) ids.insert(id);
  EXPECT_THAT(ids, SizeIs(kQueries)) << "each was asked and answered once";
}

TEST_F(BackendStreamTest, ServerThatComesLate) {
  EXPECT_FALSE(stream_->up());
  WaitFor([turns = 0]() mutable { return ++turns > 10; });
  EXPECT_EQ(record_.ups, 0);
  EXPECT_EQ(record_.downs, 0);
  StartServer();
  EXPECT_TRUE(WaitFor([&] { return stream_->up(); }));
}

TEST_F(BackendStreamTest, ServerThatKnowsNoSuchServiceIsNeverUp) {
  base::GrpcServerOptions options;
  options.address = address_;
  absl::StatusOr<std::unique_ptr<base::GrpcServer>> other = base::GrpcServer::Start(options);
  ASSERT_TRUE(other.ok()) << other.status();
  WaitFor([turns = 0]() mutable { return ++turns > 30; });
  other->reset();
  EXPECT_EQ(record_.ups, 0);
  StartServer();
  EXPECT_TRUE(WaitFor([&] { return stream_->up(); }));
}

TEST_F(BackendStreamTest, ServerThatDiesAndReturns) {
  StartServer();
  ASSERT_TRUE(WaitFor([&] { return stream_->up(); }));
  for (int round = 1; round <= 3; ++round) {
    server_->Hold(true);
    Submit(1);
    stream_->Flush();
    ASSERT_TRUE(WaitFor([&] { return !server_->queries().empty(); }));
    server_.reset();
    ASSERT_TRUE(WaitFor([&] { return record_.downs == round; }));
    EXPECT_FALSE(stream_->up());
    StartServer();
    ASSERT_TRUE(WaitFor([&] { return record_.ups == round + 1; }));
    EXPECT_TRUE(stream_->up());
    const size_t before = record_.answers.size();
    Submit(2);
    stream_->Flush();
    ASSERT_TRUE(WaitFor([&] { return record_.answers.size() > before; }));
    EXPECT_EQ(record_.answers.back().first, 2u);
  }
}

TEST_F(BackendStreamTest, BreakGivesUpAtOnceAndConnectsAnew) {
  StartServer();
  ASSERT_TRUE(WaitFor([&] { return stream_->up(); }));
  server_->Hold(true);
  Submit(1);
  stream_->Flush();
  ASSERT_TRUE(WaitFor([&] { return !server_->queries().empty(); }));
  stream_->Break();
  EXPECT_FALSE(stream_->up());
  EXPECT_EQ(record_.downs, 1) << "before it returns";
  stream_->Break();
  EXPECT_EQ(record_.downs, 1) << "once";
  server_->Hold(false);
  ASSERT_TRUE(WaitFor([&] { return stream_->up(); }));
  EXPECT_EQ(record_.ups, 2);
  EXPECT_EQ(record_.downs, 1) << "the end of the old call is no news";
  Submit(2);
  stream_->Flush();
  ASSERT_TRUE(WaitFor([&] {
    for (const auto& [id, wire] : record_.answers) {
      if (id == 2) return true;
    }
    return false;
  }));
  EXPECT_TRUE(stream_->up());
}

TEST_F(BackendStreamTest, WhatWasSubmittedBeforeABreakIsNotSentAfterIt) {
  StartServer();
  ASSERT_TRUE(WaitFor([&] { return stream_->up(); }));
  Submit(1);  // not flushed
  stream_->Break();
  ASSERT_TRUE(WaitFor([&] { return stream_->up(); }));
  Submit(2);
  stream_->Flush();
  ASSERT_TRUE(WaitFor([&] { return !record_.answers.empty(); }));
  ASSERT_THAT(server_->queries(), SizeIs(1));
  EXPECT_EQ(server_->queries()[0].id(), 2u);
}

}  // namespace
}  // namespace strata::frontend
