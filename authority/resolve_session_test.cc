// Streams over a connection, spoken to as a frontend does.
//
// SPDX-License-Identifier: Apache-2.0
#include "authority/resolve_session.h"

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "authority/testing/test_zone.h"
#include "base/grpc_server.h"
#include "dns/edns.h"
#include "dns/name.h"
#include "dns/rr_type.h"
#include "dns/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::authority {
namespace {

using resolve::v1::Answer;
using resolve::v1::AnswerBatch;
using resolve::v1::Query;
using resolve::v1::QueryBatch;
using resolve::v1::ResolveService;
using ::testing::HasSubstr;

class ResolveSessionTest : public ::testing::Test {
 protected:
  using Stream = grpc::ClientReaderWriter<QueryBatch, AnswerBatch>;

  void SetUp() override {
    catalog_.Publish(std::make_shared<const ZoneCatalog>(
        std::vector<std::shared_ptr<const Zone>>{MakeZone(octets_), MakeZone("big.", BigText())}));
    resolve_ = std::make_unique<ResolveServer>(
        1, AnswerFrom(catalog_, &metrics_));  // one worker, so that all streams share it
    base::GrpcServerOptions options;
    options.address = "127.0.0.1:0";
    options.configure = [this](grpc::ServerBuilder& builder) { resolve_->AddTo(&builder); };
    auto server = base::GrpcServer::Start(options);
    ASSERT_THAT(server, IsOk());
    server_ = *std::move(server);
    resolve_->Start();
    stub_ = ResolveService::NewStub(grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials()));
  }

  void TearDown() override { Stop(); }

  void Stop() {
    server_->Drain(absl::ZeroDuration());
    resolve_->Stop();
  }

  static std::string BigText() {
    std::string lines;
    for (int i = 0; i < 250; ++i) absl::StrAppend(&lines, "@ TXT ", std::string(240, 'x'), i, "\n");
    return lines;
  }

  static void Add(QueryBatch* batch, uint32_t id, absl::string_view name, uint16_t type = dns::rr_type::kA) {
    Query* query = batch->add_queries();
    query->set_id(id);
    const dns::Name wire = *dns::Name::FromText(name);
    query->set_name(std::string(wire.wire()));
    query->set_type(type);
    query->set_rr_class(dns::rr_class::kIN);
  }

  // Reads `count` answers, by id.
  static std::map<uint32_t, Answer> Read(Stream* stream, size_t count) {
    std::map<uint32_t, Answer> answers;
    AnswerBatch batch;
    while (answers.size() < count && stream->Read(&batch)) {
      EXPECT_LE(batch.answers_size(), base::kMaxBatchItems);
      for (const Answer& answer : batch.answers()) {
        EXPECT_TRUE(answers.emplace(answer.id(), answer).second) << "answered twice: " << answer.id();
      }
    }
    EXPECT_EQ(answers.size(), count);
    return answers;
  }

  Answer AskOnce(const QueryBatch& batch) {
    grpc::ClientContext context;
    const auto stream = stub_->Resolve(&context);
    EXPECT_TRUE(stream->Write(batch));
    auto answers = Read(stream.get(), 1);
    EXPECT_TRUE(stream->WritesDone());
    EXPECT_TRUE(stream->Finish().ok());
    return answers.empty() ? Answer() : answers.begin()->second;
  }

  const std::shared_ptr<TestOctets> octets_ =
      std::make_shared<TestOctets>(SnapshotText("example.", "www A 192.0.2.1\nmany TXT 0123456789"));
  PublishedCatalog catalog_;
  AuthorityMetrics metrics_;
  std::unique_ptr<ResolveServer> resolve_;
  std::unique_ptr<base::GrpcServer> server_;
  std::unique_ptr<ResolveService::Stub> stub_;
};

TEST_F(ResolveSessionTest, BatchInAnswersOut) {
  grpc::ClientContext context;
  const auto stream = stub_->Resolve(&context);
  stream->WaitForInitialMetadata();  // comes before any query
  QueryBatch batch;
  Add(&batch, 11, "www.example.");
  Add(&batch, 12, "nowhere.example.");
  Add(&batch, 13, "www.elsewhere.");
  ASSERT_TRUE(stream->Write(batch));
  auto answers = Read(stream.get(), 3);
  EXPECT_EQ(AnswerText(answers[11].wire()), "NOERROR aa\nanswer:\nwww.example. 3600 IN A 192.0.2.1\n");
  EXPECT_THAT(AnswerText(answers[12].wire()), HasSubstr("NXDOMAIN"));
  EXPECT_EQ(answers[13].wire(), "");
  EXPECT_EQ(answers[13].rcode(), dns::rcode::kRefused);
  EXPECT_TRUE(stream->WritesDone());
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(ResolveSessionTest, TheZonesVersionIsForWhoWantsIt) {
  QueryBatch batch;
  Add(&batch, 1, "www.example.");
  EXPECT_EQ(AskOnce(batch).options(), "");
  batch.mutable_queries(0)->set_want_zoneversion(true);
  EXPECT_EQ(AskOnce(batch).options(), std::string("\0\x13\0\6\1\0\0\0\0\1", 10));
  batch.Clear();
  Add(&batch, 1, "www.elsewhere.");
  batch.mutable_queries(0)->set_want_zoneversion(true);
  EXPECT_EQ(AskOnce(batch).options(), "");
}

TEST_F(ResolveSessionTest, CountsWhatItAnswers) {
  grpc::ClientContext context;
  const auto stream = stub_->Resolve(&context);
  QueryBatch batch;
  Add(&batch, 1, "www.example.");
  Add(&batch, 2, "nowhere.example.", dns::rr_type::kAAAA);
  Add(&batch, 3, "www.elsewhere.");
  Add(&batch, 4, "big.", dns::rr_type::kTXT);
  batch.mutable_queries(3)->set_max_size(1232);
  Add(&batch, 5, "www.example.", 4711);
  Add(&batch, 6, "www.example.");
  batch.mutable_queries(5)->set_name("");
  ASSERT_TRUE(stream->Write(batch));
  Read(stream.get(), 6);
  EXPECT_TRUE(stream->WritesDone());
  EXPECT_TRUE(stream->Finish().ok());
  Stop();  // and with it the worker, whatever it still had to count

  base::MetricsWriter writer;
  metrics_.Write(&writer);
  for (const char* sample : {
           "queries_total{type=\"A\"} 3",
           "queries_total{type=\"AAAA\"} 1",
           "queries_total{type=\"TXT\"} 1",
           "queries_total{type=\"other\"} 1",
           "answers_total{rcode=\"NOERROR\"} 3",
           "answers_total{rcode=\"NXDOMAIN\"} 1",
           "answers_total{rcode=\"REFUSED\"} 1",
           "answers_total{rcode=\"FORMERR\"} 1",
           "truncated_answers_total 1",
       }) {
    EXPECT_THAT(writer.text(), HasSubstr(absl::StrCat("\nstrata_authority_", sample, "\n")));
  }
}

TEST_F(ResolveSessionTest, QueriesThatMakeNoSenseAreFormErr) {
  auto rcode = [this](auto change) {
    QueryBatch batch;
    Add(&batch, 1, "www.example.");
    change(batch.mutable_queries(0));
    const Answer answer = AskOnce(batch);
    EXPECT_EQ(answer.wire(), "");
    return answer.rcode();
  };
  EXPECT_EQ(rcode([](Query* query) { query->set_name(""); }), dns::rcode::kFormErr);
  EXPECT_EQ(rcode([](Query* query) { query->set_name("www.example."); }), dns::rcode::kFormErr);
  EXPECT_EQ(rcode([](Query* query) { query->set_name(query->name() + "x"); }), dns::rcode::kFormErr);
  EXPECT_EQ(rcode([](Query* query) { query->set_name(std::string(300, '\1')); }), dns::rcode::kFormErr);
  EXPECT_EQ(rcode([](Query* query) { query->set_type(0x10001); }), dns::rcode::kFormErr);
  EXPECT_EQ(rcode([](Query* query) { query->set_rr_class(0x10001); }), dns::rcode::kFormErr);
}

TEST_F(ResolveSessionTest, SizesThatHoldNoQuestionAreRaised) {
  QueryBatch batch;
  Add(&batch, 1, "www.example.");
  batch.mutable_queries(0)->set_max_size(1);
  EXPECT_EQ(AnswerText(AskOnce(batch).wire()), "NOERROR aa\nanswer:\nwww.example. 3600 IN A 192.0.2.1\n");
  batch.Clear();
  Add(&batch, 1, "big.", dns::rr_type::kTXT);
  batch.mutable_queries(0)->set_max_size(1232);
  EXPECT_EQ(AnswerText(AskOnce(batch).wire()), "NOERROR aa tc\n");
  batch.mutable_queries(0)->set_max_size(0xffffffff);
  EXPECT_GT(AskOnce(batch).wire().size(), 60000u);
}

TEST_F(ResolveSessionTest, DamageIsServFail) {
  octets_->set_damaged(true);
  QueryBatch batch;
  Add(&batch, 1, "www.example.");
  const Answer answer = AskOnce(batch);
  EXPECT_EQ(answer.wire(), "");
  EXPECT_EQ(answer.rcode(), dns::rcode::kServFail);
  EXPECT_EQ(answer.extended_error().info_code(), dns::extended_error::kInvalidData);
}

// A whole answer, so that no other replica is asked the same, and the reason beside it.
TEST_F(ResolveSessionTest, ProofsThatCostTooMuchAreServFailWithAReason) {
  constexpr char kHash[] = "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom";
  const std::string lines =
      absl::StrCat("@ NSEC3PARAM 1 0 2500 -\n", kHash, " NSEC3 1 1 2500 - ", kHash, " A\na.a.a.a.a.a.a.a TXT t");
  catalog_.Publish(
      std::make_shared<const ZoneCatalog>(std::vector<std::shared_ptr<const Zone>>{MakeZone("example.", lines)}));
  QueryBatch batch;
  Add(&batch, 1, "x.a.a.a.a.a.a.a.a.example.");
  EXPECT_THAT(AnswerText(AskOnce(batch).wire()), HasSubstr("NXDOMAIN"));
  batch.mutable_queries(0)->set_dnssec_ok(true);
  batch.mutable_queries(0)->set_want_zoneversion(true);
  const Answer answer = AskOnce(batch);
  EXPECT_EQ(AnswerText(answer.wire()), "SERVFAIL\n");
  EXPECT_EQ(answer.extended_error().info_code(), 27u);
  EXPECT_THAT(answer.extended_error().extra_text(), HasSubstr("NSEC3 iterations"));
  EXPECT_EQ(answer.options(), "");
  base::MetricsWriter writer;
  metrics_.Write(&writer);
  EXPECT_THAT(writer.text(), HasSubstr("\nstrata_authority_too_costly_answers_total 1\n"));
}

TEST_F(ResolveSessionTest, CountsDamage) {
  octets_->set_damaged(true);
  QueryBatch batch;
  Add(&batch, 1, "www.example.");
  AskOnce(batch);
  Stop();
  base::MetricsWriter writer;
  metrics_.Write(&writer);
  EXPECT_THAT(writer.text(), HasSubstr("\nstrata_authority_damaged_answers_total 1\n"));
}

TEST_F(ResolveSessionTest, ManyBatchesAndStreamsAtOnce) {
  constexpr int kBatches = 50, kQueries = 300;
  auto run = [this] {
    grpc::ClientContext context;
    const auto stream = stub_->Resolve(&context);
    std::thread writer([&stream] {
      for (int i = 0; i < kBatches; ++i) {
        QueryBatch batch;
        for (int j = 0; j < kQueries; ++j) Add(&batch, i * kQueries + j, "www.example.");
        EXPECT_TRUE(stream->Write(batch));
      }
      EXPECT_TRUE(stream->WritesDone());
    });
    const auto answers = Read(stream.get(), kBatches * kQueries);
    writer.join();
    AnswerBatch none;
    EXPECT_FALSE(stream->Read(&none));
    EXPECT_TRUE(stream->Finish().ok());
  };
  std::thread other(run);
  run();
  other.join();
}

TEST_F(ResolveSessionTest, PublishedZonesTakeEffectOnOpenStreams) {
  grpc::ClientContext context;
  const auto stream = stub_->Resolve(&context);
  QueryBatch batch;
  Add(&batch, 1, "www.new.");
  ASSERT_TRUE(stream->Write(batch));
  EXPECT_EQ(Read(stream.get(), 1)[1].rcode(), dns::rcode::kRefused);
  catalog_.Publish(std::make_shared<const ZoneCatalog>(
      std::vector<std::shared_ptr<const Zone>>{MakeZone("new.", "www A 192.0.2.9")}));
  ASSERT_TRUE(stream->Write(batch));
  EXPECT_THAT(AnswerText(Read(stream.get(), 1)[1].wire()), HasSubstr("192.0.2.9"));
}

// One that asks and asks and reads nothing is made to wait; others, on the same thread, are not.
TEST_F(ResolveSessionTest, AClientThatDoesNotReadIsBoundedAndHoldsNobodyUp) {
  grpc::ClientContext context;
  const auto stream = stub_->Resolve(&context);
  // Some 64 kB an answer: 400 MB in all, if nothing bounded them.
  constexpr int kBatches = 60, kQueries = 100;
  std::atomic<int> written{0};
  std::thread writer([&] {
    for (int i = 0; i < kBatches; ++i) {
      QueryBatch batch;
      for (int j = 0; j < kQueries; ++j) {
        Add(&batch, i * kQueries + j, "big.", dns::rr_type::kTXT);
        batch.mutable_queries(j)->mutable_name()->reserve(255);
      }
      if (!stream->Write(batch)) return;
      ++written;
    }
    stream->WritesDone();
  });
  QueryBatch batch;
  Add(&batch, 1, "www.example.");
  for (int i = 0; i < 20; ++i) EXPECT_THAT(AnswerText(AskOnce(batch).wire()), HasSubstr("192.0.2.1"));
  // Nothing is lost when it reads at last.
  Read(stream.get(), kBatches * kQueries);
  writer.join();
  EXPECT_EQ(written, kBatches);
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(ResolveSessionTest, AClientThatGoesAwayHarmsNobody) {
  for (int i = 0; i < 20; ++i) {
    grpc::ClientContext context;
    const auto stream = stub_->Resolve(&context);
    QueryBatch batch;
    for (int j = 0; j < 100; ++j) Add(&batch, j, "big.", dns::rr_type::kTXT);
    stream->Write(batch);
    context.TryCancel();
    stream->Finish();
  }
  QueryBatch batch;
  Add(&batch, 1, "www.example.");
  EXPECT_THAT(AnswerText(AskOnce(batch).wire()), HasSubstr("192.0.2.1"));
}

}  // namespace
}  // namespace strata::authority
