// Tests of what crosses between a worker and a cache member.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/backends/cache_stream.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "base/event_loop.h"
#include "frontend/testing/cache_server.h"
#include "frontend/testing/messages.h"
#include "frontend/testing/unix_address.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using cache::v1::Reply;
using cache::v1::Request;
using testing::CacheServer;
using ::testing::SizeIs;
using testing::WireName;

class CacheStreamTest : public ::testing::Test, public CacheMemberEvents {
 protected:
  CacheStreamTest() : address_(folder_.Address("cache")) {
    server_ = std::make_unique<CacheServer>(address_, [](const Request& request, Reply* reply) {
      if (request.kind() == Request::RENEW || request.kind() == Request::RELEASE) return false;
      reply->set_id(request.id());
      switch (request.id() % 4) {
        case 0:
          reply->set_kind(Reply::HIT);
          reply->set_wire("message");
          break;
        case 1:
          reply->set_kind(Reply::MISS);
          reply->set_token("0123456789abcdef");
          break;
        case 2:
          reply->set_kind(Reply::PARKED);
          break;
        default:
          reply->set_kind(Reply::REFUSED);
          reply->set_rcode(1);
          reply->mutable_extended_error()->set_info_code(22);
          reply->mutable_extended_error()->set_extra_text("why");
      }
      return true;
    });
    stream_ = std::make_unique<CacheStream>(address_, 0, &completions_, this);
  }
  ~CacheStreamTest() override {
    stream_->stream().Stop();
    EXPECT_TRUE(WaitFor([this] { return stream_->stream().ended(); }));
  }

  struct Kept {
    CacheReply reply;  // its views are not good any more
    std::string wire, text;
  };
  void OnReply(CacheMember* member, const CacheReply& reply) override {
    EXPECT_EQ(member, stream_.get());
    replies_.push_back({reply, std::string(reply.answer.wire), std::string(reply.answer.extended_error_text)});
  }
  void OnAlive(CacheMember*) override { ++signs_of_life_; }
  void OnUp(CacheMember*) override { ++ups_; }
  void OnServing(CacheMember*, bool) override {}
  void OnDown(CacheMember*) override { ++downs_; }

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
  void Lookup(uint32_t id) {
    const dns::LookupName name(WireName("a.test."));
    CacheLookup lookup;
    lookup.id = id;
    lookup.name = &name;
    lookup.type = 28;
    lookup.rr_class = 1;
    lookup.dnssec_ok = lookup.checking_disabled = true;
    stream_->Lookup(lookup);
  }

  const testing::SocketFolder folder_;
  const std::string address_;
  base::EventLoop loop_;
  CompletionLoop completions_;
  std::unique_ptr<CacheServer> server_;
  std::unique_ptr<CacheStream> stream_;
  std::vector<Kept> replies_;
  int ups_ = 0, downs_ = 0, signs_of_life_ = 0;
};

TEST_F(CacheStreamTest, LookupsAndEveryKindOfReply) {
  ASSERT_TRUE(WaitFor([&] { return ups_ == 1; }));
  for (uint32_t id = 4; id < 8; ++id) Lookup(id);
  stream_->Flush();
  ASSERT_TRUE(WaitFor([&] { return replies_.size() == 4; }));
  EXPECT_GT(signs_of_life_, 0);
  const auto requests = server_->requests();
  ASSERT_THAT(requests, SizeIs(4));
  EXPECT_EQ(requests[0].kind(), Request::LOOKUP);
  EXPECT_EQ(requests[0].name(), WireName("a.test."));
  EXPECT_EQ(requests[0].type(), 28u);
  EXPECT_EQ(requests[0].rr_class(), 1u);
  EXPECT_TRUE(requests[0].dnssec_ok());
  EXPECT_TRUE(requests[0].checking_disabled());

  EXPECT_EQ(replies_[0].reply.kind, CacheReply::Kind::kHit);
  EXPECT_EQ(replies_[0].reply.answer.id, 4u);
  EXPECT_EQ(replies_[0].wire, "message");
  EXPECT_EQ(replies_[1].reply.kind, CacheReply::Kind::kMiss);
  ASSERT_TRUE(replies_[1].reply.has_token);
  EXPECT_EQ(std::string(replies_[1].reply.token.data(), 16), "0123456789abcdef");
  EXPECT_EQ(replies_[2].reply.kind, CacheReply::Kind::kParked);
  EXPECT_FALSE(replies_[2].reply.has_token);
  EXPECT_EQ(replies_[3].reply.kind, CacheReply::Kind::kRefused);
  EXPECT_EQ(replies_[3].reply.answer.rcode, 1);
  EXPECT_EQ(replies_[3].reply.answer.extended_error, 22);
  EXPECT_EQ(replies_[3].text, "why");
}

TEST_F(CacheStreamTest, WhatGoesWithALease) {
  ASSERT_TRUE(WaitFor([&] { return ups_ == 1; }));
  LeaseToken token;
  token.fill('t');
  BackendAnswer answer;
  answer.id = 7;
  answer.wire = "a whole message";
  stream_->Fill(token, answer);
  answer.wire = "";
  answer.rcode = 2;
  answer.has_extended_error = true;
  answer.extended_error = 23;
  stream_->Fill(token, answer);
  stream_->Renew(token);
  stream_->Release(token);
  stream_->Flush();
  ASSERT_TRUE(WaitFor([&] { return replies_.size() == 2; }));
  const auto requests = server_->requests();
  ASSERT_THAT(requests, SizeIs(4));
  EXPECT_EQ(requests[0].kind(), Request::FILL);
  EXPECT_EQ(requests[0].wire(), "a whole message");
  EXPECT_EQ(requests[0].id(), 7u);
  EXPECT_EQ(requests[1].rcode(), 2u);
  EXPECT_EQ(requests[1].extended_error().info_code(), 23u);
  EXPECT_EQ(requests[2].kind(), Request::RENEW);
  EXPECT_EQ(requests[3].kind(), Request::RELEASE);
  for (const Request& request : requests) EXPECT_EQ(request.token(), std::string(16, 't'));
}

// A lookup that never left is not waited for.
TEST_F(CacheStreamTest, WhatABreakThrewAwayHoldsNothingUp) {
  ASSERT_TRUE(WaitFor([&] { return ups_ == 1; }));
  Lookup(4);
  stream_->Break();
  EXPECT_EQ(downs_, 1);
  ASSERT_TRUE(WaitFor([&] { return ups_ == 2; }));
  // Nothing is said to this.
  stream_->Release(LeaseToken{});
  stream_->Flush();
  Lookup(8);
  stream_->Flush();
  ASSERT_TRUE(WaitFor([&] { return !replies_.empty(); }));
  EXPECT_EQ(replies_[0].reply.answer.id, 8u);
}

// Fills are large: a batch closes by its octets, too.
TEST_F(CacheStreamTest, LargeFillsAllCross) {
  ASSERT_TRUE(WaitFor([&] { return ups_ == 1; }));
  const std::string large(60000, 'x');
  BackendAnswer answer;
  answer.wire = large;
  for (uint32_t i = 0; i < 100; ++i) {
    answer.id = i;
    stream_->Fill(LeaseToken{}, answer);
  }
  stream_->Flush();
  ASSERT_TRUE(WaitFor([&] { return replies_.size() == 100; }));
  EXPECT_EQ(downs_, 0);
}

TEST_F(CacheStreamTest, ComesBack) {
  ASSERT_TRUE(WaitFor([&] { return ups_ == 1; }));
  server_.reset();
  ASSERT_TRUE(WaitFor([&] { return downs_ == 1; }));
  EXPECT_FALSE(stream_->up());
}

}  // namespace
}  // namespace strata::frontend
