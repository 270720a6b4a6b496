// The service over a connection, with a resolver that answers when a test says.
//
// SPDX-License-Identifier: Apache-2.0
#include "recursor/resolve_session.h"

#include <grpcpp/grpcpp.h>

#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "base/grpc_server.h"
#include "dns/header.h"
#include "dns/name.h"
#include "dns/rr_type.h"
#include "dns/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "recursor/testing/fake_resolver.h"

namespace strata::recursor {
namespace {

using resolve::v1::Answer;
using resolve::v1::AnswerBatch;
using resolve::v1::Query;
using resolve::v1::QueryBatch;
using resolve::v1::ResolveService;
using testing::FakeResolver;

class ResolveSessionTest : public ::testing::Test {
 protected:
  using Stream = grpc::ClientReaderWriter<QueryBatch, AnswerBatch>;

  void SetUp() override {
    base::GrpcServerOptions options;
    options.address = "127.0.0.1:0";
    options.configure = [this](grpc::ServerBuilder& builder) { resolve_.AddTo(&builder); };
    auto server = base::GrpcServer::Start(options);
    ASSERT_THAT(server, IsOk());
    server_ = *std::move(server);
    resolve_.Start();
    stub_ = ResolveService::NewStub(grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials()));
  }
  void TearDown() override {
    server_->Drain(absl::ZeroDuration());
    resolve_.Stop();
  }

  static Query* Add(QueryBatch* batch, uint32_t id, absl::string_view name = "www.example.") {
    Query* query = batch->add_queries();
    query->set_id(id);
    const dns::Name wire = *dns::Name::FromText(name);
    query->set_name(std::string(wire.wire()));
    query->set_type(dns::rr_type::kAAAA);
    query->set_rr_class(dns::rr_class::kIN);
    return query;
  }
  static QueryBatch Queries(int count) {
    QueryBatch batch;
    for (int i = 0; i < count; ++i) Add(&batch, i);
    return batch;
  }

  // Reads `count` answers, by id; heartbeats are skipped.
  static std::map<uint32_t, Answer> Read(Stream* stream, size_t count) {
    std::map<uint32_t, Answer> answers;
    AnswerBatch batch;
    while (answers.size() < count && stream->Read(&batch)) {
      for (const Answer& answer : batch.answers()) {
        EXPECT_TRUE(answers.emplace(answer.id(), answer).second) << "answered twice: " << answer.id();
      }
    }
    EXPECT_EQ(answers.size(), count);
    return answers;
  }

  FakeResolver resolver_;
  ResolveServer resolve_{1, AnswerBy(&resolver_)};
  std::unique_ptr<base::GrpcServer> server_;
  std::unique_ptr<ResolveService::Stub> stub_;
};

TEST_F(ResolveSessionTest, QuestionsReachTheResolverAsAsked) {
  grpc::ClientContext context;
  const auto stream = stub_->Resolve(&context);
  stream->WaitForInitialMetadata();  // comes before any query
  QueryBatch batch;
  Add(&batch, 7, "a.example.");
  Query* query = Add(&batch, 8, "b.example.");
  query->set_dnssec_ok(true);
  query->set_checking_disabled(true);
  query->set_deadline_ms(1234);
  query->set_max_size(1);  // truncation is the frontend's
  ASSERT_TRUE(stream->Write(batch));
  const auto asked = resolver_.AwaitAsked(2);
  EXPECT_EQ(asked[0].question.id, 7u);
  EXPECT_EQ(asked[0].name, std::string("\1a\7example\0", 11));
  EXPECT_EQ(asked[0].question.type, dns::rr_type::kAAAA);
  EXPECT_EQ(asked[0].question.rr_class, dns::rr_class::kIN);
  EXPECT_FALSE(asked[0].question.dnssec_ok);
  EXPECT_FALSE(asked[0].question.checking_disabled);
  EXPECT_EQ(asked[0].question.time_left, absl::ZeroDuration());
  EXPECT_EQ(asked[1].name, std::string("\1b\7example\0", 11));
  EXPECT_TRUE(asked[1].question.dnssec_ok);
  EXPECT_TRUE(asked[1].question.checking_disabled);
  EXPECT_EQ(asked[1].question.time_left, absl::Milliseconds(1234));

  // In the other order, as they are found.
  FakeResolver::Answer(asked[1], "two");
  EXPECT_EQ(Read(stream.get(), 1)[8].wire(), "two");
  FakeResolver::Answer(asked[0], "one");
  EXPECT_EQ(Read(stream.get(), 1)[7].wire(), "one");
}

TEST_F(ResolveSessionTest, FailuresSayWhy) {
  grpc::ClientContext context;
  const auto stream = stub_->Resolve(&context);
  ASSERT_TRUE(stream->Write(Queries(1)));
  ResolverAnswer failure;
  failure.rcode = dns::rcode::kServFail;
  failure.has_extended_error = true;
  failure.extended_error = 22;
  failure.extended_error_text = "nobody there";
  resolver_.AwaitAsked(1)[0].client->OnAnswer(failure);
  const Answer answer = Read(stream.get(), 1)[0];
  EXPECT_EQ(answer.wire(), "");
  EXPECT_EQ(answer.rcode(), dns::rcode::kServFail);
  EXPECT_EQ(answer.extended_error().info_code(), 22u);
  EXPECT_EQ(answer.extended_error().extra_text(), "nobody there");
}

TEST_F(ResolveSessionTest, QueriesThatMakeNoSenseAreFormErr) {
  grpc::ClientContext context;
  const auto stream = stub_->Resolve(&context);
  QueryBatch batch;
  Add(&batch, 0)->set_name("");
  Add(&batch, 1)->set_name("www.example.");
  Add(&batch, 2)->mutable_name()->append("x");
  Add(&batch, 3)->set_name(std::string(300, '\1'));
  Add(&batch, 4)->set_type(0x10001);
  Add(&batch, 5)->set_rr_class(0x10001);
  Add(&batch, 6)->set_name(std::string("\7EXAMPLE\0", 9));
  Add(&batch, 7);
  ASSERT_TRUE(stream->Write(batch));
  auto answers = Read(stream.get(), 7);
  for (uint32_t id = 0; id < 7; ++id) {
    EXPECT_EQ(answers[id].rcode(), dns::rcode::kFormErr) << id;
    EXPECT_EQ(answers[id].wire(), "") << id;
  }
  // The sound one among them is resolved.
  const auto asked = resolver_.AwaitAsked(1);
  ASSERT_EQ(asked.size(), 1u);
  FakeResolver::Answer(asked[0], "x");
  EXPECT_EQ(Read(stream.get(), 1)[7].wire(), "x");
}

TEST_F(ResolveSessionTest, HeartbeatsWhileTheResolverWorks) {
  grpc::ClientContext context;
  const auto stream = stub_->Resolve(&context);
  ASSERT_TRUE(stream->Write(Queries(1)));
  AnswerBatch batch;
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(stream->Read(&batch));
    EXPECT_EQ(batch.answers_size(), 0);
  }
}

TEST_F(ResolveSessionTest, NoHeartbeatsWhenALoopHangs) {
  resolver_.set_silence(kMaxSilence);
  grpc::ClientContext context;
  const auto stream = stub_->Resolve(&context);
  ASSERT_TRUE(stream->Write(Queries(1)));
  const auto asked = resolver_.AwaitAsked(1);
  absl::SleepFor(3 * absl::FromChrono(base::kHeartbeatPeriod));
  FakeResolver::Answer(asked[0], "late");
  AnswerBatch batch;
  ASSERT_TRUE(stream->Read(&batch));
  ASSERT_EQ(batch.answers_size(), 1);
  EXPECT_EQ(batch.answers(0).wire(), "late");
}

// A client that asks and closes, as a script does, gets all of its answers.
TEST_F(ResolveSessionTest, AnswersFromManyThreads) {
  grpc::ClientContext context;
  const auto stream = stub_->Resolve(&context);
  constexpr int kQueries = 4000;
  for (int first = 0; first < kQueries; first += 400) {
    QueryBatch batch;
    for (int i = 0; i < 400; ++i) Add(&batch, first + i);
    ASSERT_TRUE(stream->Write(batch));
  }
  ASSERT_TRUE(stream->WritesDone());
  const auto asked = resolver_.AwaitAsked(kQueries);
  std::vector<std::thread> threads;
  for (size_t t = 0; t < 4; ++t) {
    threads.emplace_back([&asked, t] {
      for (size_t i = t; i < asked.size(); i += 4) FakeResolver::Answer(asked[i], std::string(400, 'x'));
    });
  }
  Read(stream.get(), kQueries);
  for (std::thread& thread : threads) thread.join();
  AnswerBatch batch;
  while (stream->Read(&batch)) EXPECT_EQ(batch.answers_size(), 0);
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(ResolveSessionTest, AnswersToThoseWhoLeftGoNowhere) {
  for (int i = 0; i < 20; ++i) {
    grpc::ClientContext context;
    const auto stream = stub_->Resolve(&context);
    ASSERT_TRUE(stream->Write(Queries(100)));
    const auto asked = resolver_.AwaitAsked(100);
    std::thread resolving([&asked] {
      for (const auto& question : asked) FakeResolver::Answer(question, "x");
    });
    context.TryCancel();
    stream->Finish();
    resolving.join();
  }
  // And to those whose server is no more.
  grpc::ClientContext context;
  const auto stream = stub_->Resolve(&context);
  ASSERT_TRUE(stream->Write(Queries(100)));
  const auto asked = resolver_.AwaitAsked(100);
  server_->Drain(absl::ZeroDuration());
  resolve_.Stop();
  for (const auto& question : asked) FakeResolver::Answer(question, "x");
}

}  // namespace
}  // namespace strata::recursor
