// Tests of the cache inside the process: hits during the call, and what other workers fill.
//
// SPDX-License-Identifier: Apache-2.0
#include "standalone/local_cache.h"

#include <memory>
#include <string>
#include <vector>

#include "base/testing/fake_clock.h"
#include "dns/message.h"
#include "dns/rr_type.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::standalone {
namespace {

using Kind = frontend::CacheReply::Kind;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string AnswerMessage() {
  dns::Message message;
  message.response = true;
  message.questions = {{*dns::Name::FromText("a.test."), dns::rr_type::kA, dns::rr_class::kIN}};
  dns::Record record;
  record.owner = message.questions[0].name;
  record.type = dns::rr_type::kA;
  record.ttl = 60;
  record.rdata = std::string("\x7f\0\0\1", 4);
  message.answer = {record};
  return *dns::SerializeMessage(message);
}

// One worker.
class Worker : public frontend::CacheMemberEvents {
 public:
  explicit Worker(cache::AnswerCache* cache) : cache(cache, &loop, this) {}
  void OnReply(frontend::CacheMember*, const frontend::CacheReply& reply) override {
    replies.push_back(reply);
    wires.emplace_back(reply.answer.wire);
  }
  void OnAlive(frontend::CacheMember*) override {}
  void OnUp(frontend::CacheMember*) override { ADD_FAILURE() << "it is never away"; }
  void OnServing(frontend::CacheMember*, bool) override {}
  void OnDown(frontend::CacheMember*) override { ADD_FAILURE() << "it is never away"; }

  void Lookup(uint32_t id) {
    const dns::LookupName name(dns::Name::FromText("a.test.")->wire());
    frontend::CacheLookup lookup;
    lookup.id = id;
    lookup.name = &name;
    lookup.type = dns::rr_type::kA;
    lookup.rr_class = dns::rr_class::kIN;
    cache.Lookup(lookup);
  }
  void Fill(const frontend::LeaseToken& token, const std::string& wire) {
    frontend::BackendAnswer answer;
    answer.id = 77;
    answer.wire = wire;
    cache.Fill(token, answer);
  }

  base::EventLoop loop;
  std::vector<frontend::CacheReply> replies;  // their views are not good any more
  std::vector<std::string> wires;
  LocalCache cache;
};

class LocalCacheTest : public ::testing::Test {
 protected:
  base::testing::FakeClock clock_;
  cache::AnswerCache answers_{{}, clock_};
  std::unique_ptr<Worker> first_ = std::make_unique<Worker>(&answers_), second_ = std::make_unique<Worker>(&answers_);
};

TEST_F(LocalCacheTest, MissFillHit) {
  first_->Lookup(1);
  ASSERT_THAT(first_->replies, SizeIs(1));
  EXPECT_EQ(first_->replies[0].kind, Kind::kMiss);
  EXPECT_EQ(first_->replies[0].answer.id, 1u);
  ASSERT_TRUE(first_->replies[0].has_token);
  first_->Fill(first_->replies[0].token, AnswerMessage());
  clock_.Advance(absl::Seconds(7));
  second_->Lookup(2);
  ASSERT_THAT(second_->replies, SizeIs(1));
  EXPECT_EQ(second_->replies[0].kind, Kind::kHit);
  EXPECT_EQ(dns::ParseMessage(second_->wires[0])->answer.at(0).ttl, 53u);
}

TEST_F(LocalCacheTest, ParkedIsAnsweredByTheFillOfAnotherWorker) {
  first_->Lookup(1);
  second_->Lookup(2);
  ASSERT_THAT(second_->replies, SizeIs(1));
  EXPECT_EQ(second_->replies[0].kind, Kind::kParked);
  second_->cache.Poll();
  EXPECT_THAT(second_->replies, SizeIs(1));
  first_->Fill(first_->replies[0].token, AnswerMessage());
  second_->loop.RunOnce(absl::InfiniteDuration());
  second_->cache.Poll();
  ASSERT_THAT(second_->replies, SizeIs(2));
  EXPECT_EQ(second_->replies[1].kind, Kind::kHit);
  EXPECT_EQ(second_->replies[1].answer.id, 2u);
  EXPECT_EQ(second_->wires[1], AnswerMessage());
}

TEST_F(LocalCacheTest, ReleaseHandsTheLeaseOver) {
  first_->Lookup(1);
  second_->Lookup(2);
  first_->cache.Release(first_->replies[0].token);
  second_->cache.Poll();
  ASSERT_THAT(second_->replies, SizeIs(2));
  EXPECT_EQ(second_->replies[1].kind, Kind::kMiss);
  EXPECT_TRUE(second_->replies[1].has_token);
}

TEST_F(LocalCacheTest, RenewalKeepsTheLease) {
  first_->Lookup(1);
  second_->Lookup(2);
  for (int i = 0; i < 5; ++i) {
    clock_.Advance(absl::Milliseconds(500));
    first_->cache.Renew(first_->replies[0].token);
    answers_.Tick();
  }
  second_->cache.Poll();
  EXPECT_THAT(second_->replies, SizeIs(1)) << "still parked";
}

TEST_F(LocalCacheTest, RefusedFillIsTold) {
  first_->Fill(frontend::LeaseToken{}, AnswerMessage());
  ASSERT_THAT(first_->replies, SizeIs(1));
  EXPECT_EQ(first_->replies[0].kind, Kind::kRefused);
  EXPECT_EQ(first_->replies[0].answer.id, 77u);
}

TEST_F(LocalCacheTest, WorkerThatEndsIsForgotten) {
  first_->Lookup(1);
  second_->Lookup(2);
  first_.reset();
  second_->cache.Poll();
  ASSERT_THAT(second_->replies, SizeIs(2));
  EXPECT_TRUE(second_->replies[1].has_token);
  second_.reset();
  EXPECT_EQ(answers_.statistics().leases, 0u);
}

}  // namespace
}  // namespace strata::standalone
