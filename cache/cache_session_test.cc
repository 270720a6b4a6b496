// The service over a unix socket, spoken to as frontends do. Two workers, so that streams are on different threads.
//
// SPDX-License-Identifier: Apache-2.0
#include "cache/cache_session.h"

#include <grpcpp/grpcpp.h>
#include <stdlib.h>
#include <unistd.h>

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "base/grpc_server.h"
#include "base/testing/fake_clock.h"
#include "cache/answer_cache.h"
#include "cache/testing/test_response.h"
#include "dns/header.h"
#include "dns/rr_type.h"
#include "dns/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::cache {
namespace {

using testing::AddressResponse;
using testing::TtlsOf;
using testing::WireName;
using v1::Request;

constexpr absl::string_view kName = "www.example.";

Request OfToken(Request::Kind kind, const std::string& token) {
  Request request;
  request.set_kind(kind);
  request.set_token(token);
  return request;
}

// A frontend's stream.
class Client {
 public:
  explicit Client(v1::CacheService::Stub* stub) : stream_(stub->Exchange(&context_)) {
    stream_->WaitForInitialMetadata();
  }
  ~Client() { Leave(); }

  void Send(const std::vector<Request>& requests) {
    v1::RequestBatch batch;
    for (const Request& request : requests) *batch.add_requests() = request;
    EXPECT_TRUE(stream_->Write(batch));
  }
  // The next reply; an empty one when the stream has ended.
  v1::Reply Next() {
    v1::ReplyBatch batch;
    while (replies_.empty()) {
      if (!stream_->Read(&batch)) {
        ADD_FAILURE() << "the stream has ended";
        return {};
      }
      for (const v1::Reply& reply : batch.replies()) replies_.push_back(reply);
    }
    v1::Reply reply = replies_.front();
    replies_.pop_front();
    return reply;
  }

  static Request KeyOf(Request::Kind kind, uint32_t id, absl::string_view name) {
    Request request;
    request.set_kind(kind);
    request.set_id(id);
    request.set_name(WireName(name));
    request.set_type(dns::rr_type::kA);
    request.set_rr_class(dns::rr_class::kIN);
    return request;
  }
  v1::Reply LookUp(uint32_t id, absl::string_view name = kName) {
    Send({KeyOf(Request::LOOKUP, id, name)});
    return Next();
  }
  v1::Reply Peek(uint32_t id, absl::string_view name = kName) {
    Send({KeyOf(Request::PEEK, id, name)});
    return Next();
  }
  static Request FillOf(const std::string& token, absl::string_view name = kName, uint32_t ttl = 300) {
    Request request = OfToken(Request::FILL, token);
    request.set_wire(AddressResponse(name, ttl).Wire());
    return request;
  }

  void Leave() {
    if (stream_ == nullptr) return;
    context_.TryCancel();
    stream_->Finish();
    stream_ = nullptr;
  }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReaderWriter<v1::RequestBatch, v1::ReplyBatch>> stream_;
  std::deque<v1::Reply> replies_;
};

class CacheSessionTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_NE(mkdtemp(folder_), nullptr);
    base::GrpcServerOptions options;
    options.address = absl::StrCat("unix:", folder_, "/s");
    options.configure = [this](grpc::ServerBuilder& builder) { exchange_.AddTo(&builder); };
    auto server = base::GrpcServer::Start(options);
    ASSERT_THAT(server, IsOk());
    server_ = *std::move(server);
    exchange_.Start();
    stub_ = v1::CacheService::NewStub(grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials()));
  }
  void TearDown() override {
    server_->Drain(absl::ZeroDuration());
    exchange_.Stop();
    const CacheStatistics left = cache_.statistics();
    EXPECT_EQ(left.leases, 0u) << "streams that ended still have leases";
    EXPECT_EQ(left.parked_now, 0u);
    rmdir(folder_);
  }

  void Await(const std::function<bool()>& condition) {
    while (!condition()) absl::SleepFor(absl::Milliseconds(1));
  }

  // Short, since a socket's path has 107 bytes at most.
  char folder_[32] = "/tmp/strata_cache_XXXXXX";
  base::testing::FakeClock clock_;
  AnswerCache cache_{AnswerCache::Options(), clock_};
  base::SharedCounter malformed_;
  ExchangeServer exchange_{2, ServeFrom(&cache_, &malformed_)};
  std::unique_ptr<base::GrpcServer> server_;
  std::unique_ptr<v1::CacheService::Stub> stub_;
};

TEST_F(CacheSessionTest, MissThenFillThenHit) {
  Client one(stub_.get()), two(stub_.get());
  const v1::Reply miss = one.LookUp(7);
  EXPECT_EQ(miss.kind(), v1::Reply::MISS);
  EXPECT_EQ(miss.id(), 7u);
  EXPECT_EQ(miss.token().size(), 16u);
  // A fill has no reply: what comes next is that of the lookup behind it.
  one.Send({Client::FillOf(miss.token()), Client::KeyOf(Request::LOOKUP, 8, kName)});
  const v1::Reply hit = one.Next();
  EXPECT_EQ(hit.id(), 8u);
  EXPECT_EQ(hit.kind(), v1::Reply::HIT);
  EXPECT_EQ(hit.token(), "");
  EXPECT_EQ(TtlsOf(hit.wire()).max, 300u);
  clock_.Advance(absl::Seconds(100));
  EXPECT_EQ(TtlsOf(two.LookUp(9).wire()).max, 200u);
  EXPECT_EQ(TtlsOf(two.Peek(10).wire()).max, 200u);
}

TEST_F(CacheSessionTest, PeekLeasesNothing) {
  Client client(stub_.get());
  const v1::Reply miss = client.Peek(1);
  EXPECT_EQ(miss.kind(), v1::Reply::MISS);
  EXPECT_EQ(miss.id(), 1u);
  EXPECT_EQ(miss.token(), "");
  EXPECT_NE(client.LookUp(2).token(), "");
}

// One of ten streams resolves, and the others get what it finds.
TEST_F(CacheSessionTest, ParkedAcrossStreams) {
  Client first(stub_.get());
  const v1::Reply miss = first.LookUp(1);
  std::vector<std::unique_ptr<Client>> others;
  for (uint32_t i = 0; i < 9; ++i) {
    others.push_back(std::make_unique<Client>(stub_.get()));
    const v1::Reply parked = others.back()->LookUp(100 + i);
    EXPECT_EQ(parked.kind(), v1::Reply::PARKED);
    EXPECT_EQ(parked.id(), 100 + i);
  }
  EXPECT_EQ(first.LookUp(2).kind(), v1::Reply::PARKED);
  first.Send({Client::FillOf(miss.token())});
  for (uint32_t i = 0; i < 9; ++i) {
    const v1::Reply hit = others[i]->Next();
    EXPECT_EQ(hit.kind(), v1::Reply::HIT);
    EXPECT_EQ(hit.id(), 100 + i);
    EXPECT_EQ(TtlsOf(hit.wire()).max, 300u);
  }
  EXPECT_EQ(first.Next().id(), 2u);
}

TEST_F(CacheSessionTest, FailuresReachTheParkedWithTheirReason) {
  Client one(stub_.get()), two(stub_.get());
  const std::string token = one.LookUp(1).token();
  EXPECT_EQ(two.LookUp(2).kind(), v1::Reply::PARKED);
  Request failure = OfToken(Request::FILL, token);
  failure.set_rcode(dns::rcode::kServFail);
  failure.mutable_extended_error()->set_info_code(22);
  failure.mutable_extended_error()->set_extra_text("nobody there");
  one.Send({failure});
  const v1::Reply hit = two.Next();
  EXPECT_EQ(hit.kind(), v1::Reply::HIT);
  EXPECT_EQ(hit.wire(), "");
  EXPECT_EQ(hit.rcode(), dns::rcode::kServFail);
  EXPECT_EQ(hit.extended_error().info_code(), 22u);
  EXPECT_EQ(hit.extended_error().extra_text(), "nobody there");
}

TEST_F(CacheSessionTest, LossOfTheStreamHandsItsLeaseOver) {
  Client one(stub_.get()), two(stub_.get()), three(stub_.get());
  const std::string lost = one.LookUp(1).token();
  EXPECT_EQ(two.LookUp(2).kind(), v1::Reply::PARKED);
  EXPECT_EQ(three.LookUp(3).kind(), v1::Reply::PARKED);
  one.Leave();
  const v1::Reply turn = two.Next();
  EXPECT_EQ(turn.kind(), v1::Reply::MISS);
  EXPECT_EQ(turn.id(), 2u);
  ASSERT_EQ(turn.token().size(), 16u);
  EXPECT_NE(turn.token(), lost);
  two.Send({Client::FillOf(turn.token())});
  EXPECT_EQ(three.Next().kind(), v1::Reply::HIT);
}

TEST_F(CacheSessionTest, LossOfTheStreamForgetsItsParkedLookups) {
  Client one(stub_.get());
  auto two = std::make_unique<Client>(stub_.get());
  const std::string token = one.LookUp(1).token();
  EXPECT_EQ(two->LookUp(2).kind(), v1::Reply::PARKED);
  two = nullptr;
  Await([this] { return cache_.statistics().parked_now == 0; });
  one.Send({Client::FillOf(token)});
  EXPECT_EQ(one.LookUp(3).kind(), v1::Reply::HIT);
}

TEST_F(CacheSessionTest, ReleaseHandsTheLeaseOver) {
  Client one(stub_.get()), two(stub_.get());
  const std::string token = one.LookUp(1).token();
  EXPECT_EQ(two.LookUp(2).kind(), v1::Reply::PARKED);
  one.Send({OfToken(Request::RELEASE, token)});
  EXPECT_EQ(two.Next().token().size(), 16u);
  // It is not the first's any more.
  one.Send({Client::FillOf(token)});
  EXPECT_EQ(one.Next().kind(), v1::Reply::REFUSED);
}

TEST_F(CacheSessionTest, LeasesEndAfterASecondUnlessRenewed) {
  Client one(stub_.get()), two(stub_.get());
  const std::string token = one.LookUp(1).token();
  EXPECT_EQ(two.LookUp(2).kind(), v1::Reply::PARKED);
  for (int i = 0; i < 5; ++i) {
    clock_.Advance(absl::Milliseconds(900));
    // Requests are handled in their order: the lookup's reply says that the renewal was.
    one.Send({OfToken(Request::RENEW, token), Client::KeyOf(Request::PEEK, 3, kName)});
    one.Next();
    cache_.Tick();
  }
  EXPECT_EQ(cache_.statistics().lease.handovers, 0u);
  clock_.Advance(absl::Milliseconds(1100));
  cache_.Tick();
  const v1::Reply turn = two.Next();
  EXPECT_EQ(turn.kind(), v1::Reply::MISS);
  ASSERT_EQ(turn.token().size(), 16u);
  one.Send({Client::FillOf(token)});
  EXPECT_EQ(one.Next().kind(), v1::Reply::REFUSED);
}

TEST_F(CacheSessionTest, FillsWithoutALeaseAreRefused) {
  Client one(stub_.get()), two(stub_.get());
  const std::string token = one.LookUp(1).token();
  auto refused = [](Client* client, Request request) {
    request.set_id(55);
    client->Send({request});
    const v1::Reply reply = client->Next();
    EXPECT_EQ(reply.id(), 55u);
    EXPECT_EQ(reply.kind(), v1::Reply::REFUSED);
    EXPECT_EQ(reply.rcode(), dns::rcode::kRefused);
  };
  refused(&one, Client::FillOf(std::string(16, 'x')));
  refused(&two, Client::FillOf(token));                    // another's
  refused(&one, Client::FillOf(token, "www.elsewhere."));  // for another key
  EXPECT_EQ(one.Peek(2).kind(), v1::Reply::MISS);
  one.Send({Client::FillOf(token)});
  EXPECT_EQ(one.LookUp(3).kind(), v1::Reply::HIT);
  refused(&one, Client::FillOf(token));  // used up
}

TEST_F(CacheSessionTest, RequestsThatMakeNoSenseAreRefusedOneByOne) {
  Client client(stub_.get());
  const std::string token = client.LookUp(1).token();
  auto lookup = [](auto change) {
    Request request = Client::KeyOf(Request::LOOKUP, 0, kName);
    change(&request);
    return request;
  };
  auto fill = [&token](auto change) {
    Request request = Client::FillOf(token);
    change(&request);
    return request;
  };
  std::vector<Request> requests = {
      lookup([](Request* request) { request->set_name(""); }),
      lookup([](Request* request) { request->set_name("www.example."); }),
      lookup([](Request* request) { request->set_name(request->name() + "x"); }),
      lookup([](Request* request) { request->set_name(std::string(300, '\1')); }),
      lookup([](Request* request) { request->set_type(0x10000); }),
      lookup([](Request* request) { request->set_rr_class(0x10000); }),
      lookup([](Request* request) { request->set_kind(static_cast<Request::Kind>(99)); }),
      fill([](Request* request) { request->set_token("short"); }),
      fill([](Request* request) { request->set_wire(std::string(65536, 'x')); }),
      fill([](Request* request) { request->set_rcode(0x1000); }),
      fill([](Request* request) { request->mutable_extended_error()->set_info_code(0x10000); }),
      OfToken(Request::RENEW, "x"),
      OfToken(Request::RELEASE, ""),
      fill([](Request* request) { request->set_kind(static_cast<Request::Kind>(99)); }),
  };
  for (size_t i = 0; i < requests.size(); ++i) requests[i].set_id(static_cast<uint32_t>(100 + i));
  client.Send(requests);
  for (size_t i = 0; i < requests.size(); ++i) {
    const v1::Reply reply = client.Next();
    EXPECT_EQ(reply.id(), 100 + i);
    EXPECT_EQ(reply.kind(), v1::Reply::REFUSED) << i;
    EXPECT_EQ(reply.rcode(), dns::rcode::kFormErr) << i;
  }
  EXPECT_EQ(malformed_.value(), requests.size());
  // The stream lives on, and so does the lease.
  client.Send({Client::FillOf(token)});
  EXPECT_EQ(client.LookUp(2).kind(), v1::Reply::HIT);
}

// Eight streams on two threads that want the same few names, some of them gone in the middle of it: each lookup gets
// its answer.
TEST_F(CacheSessionTest, ManyStreamsThatComeAndGo) {
  constexpr int kNames = 5, kRounds = 100;
  std::vector<std::thread> threads;
  threads.reserve(8);
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      auto client = std::make_unique<Client>(stub_.get());
      for (int i = 0; i < kRounds; ++i) {
        const std::string name = absl::StrCat("host", i % kNames, ".round", i / kNames, ".example.");
        v1::Reply reply = client->LookUp(i, name);
        if (reply.kind() == v1::Reply::MISS && t < 2) {
          client = std::make_unique<Client>(stub_.get());  // and the lease goes to another
          continue;
        }
        if (reply.kind() == v1::Reply::PARKED) reply = client->Next();
        ASSERT_EQ(reply.id(), i);
        if (reply.kind() == v1::Reply::MISS) {
          ASSERT_EQ(reply.token().size(), 16u);
          client->Send({Client::FillOf(reply.token(), name)});
          reply = client->LookUp(i, name);
        }
        ASSERT_EQ(reply.kind(), v1::Reply::HIT);
        ASSERT_EQ(TtlsOf(reply.wire()).max, 300u);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace strata::cache
