// SPDX-License-Identifier: Apache-2.0
#include "cache/answer_cache.h"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/testing/fake_clock.h"
#include "cache/testing/recording_client.h"
#include "cache/testing/test_response.h"
#include "dns/header.h"
#include "dns/lookup_name.h"
#include "dns/message.h"
#include "dns/rr_type.h"
#include "gmock/gmock.h"

namespace strata::cache {
namespace {

using ::strata::cache::testing::AddressResponse;
using ::strata::cache::testing::NegativeResponse;
using ::strata::cache::testing::RecordingClient;
using ::strata::cache::testing::TestResponse;
using ::strata::cache::testing::TtlsOf;
using ::strata::cache::testing::WireName;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Kind = Reply::Kind;

constexpr uint16_t kServFail = dns::rcode::kServFail;
constexpr uint16_t kCachedError = 13;

class AnswerCacheTest : public ::testing::Test {
 protected:
  Reply Lookup(absl::string_view name, RecordingClient* client, uint32_t id = 0) {
    name_.Assign(WireName(name));
    return cache_.Lookup(client, id, AddressKey(), &wire_);
  }
  Reply Lookup(absl::string_view name) { return Lookup(name, &client_); }
  Reply Peek(absl::string_view name) {
    name_.Assign(WireName(name));
    return cache_.Peek(AddressKey(), &wire_);
  }

  // What a lookup of www.example. that misses leads to.
  bool Remember(const TestResponse& response) {
    const Reply miss = Lookup("www.example.");
    return miss.has_token && Fill(miss.token, response.Wire());
  }
  bool Fill(const LeaseToken& token, absl::string_view wire) {
    Answer answer;
    answer.wire = wire;
    return cache_.Fill(&client_, token, answer);
  }
  bool Fail(const LeaseToken& token, uint16_t rcode) {
    Answer answer;
    answer.rcode = rcode;
    return cache_.Fill(&client_, token, answer);
  }

  Key AddressKey() const {
    Key key;
    key.name = &name_;
    key.type = dns::rr_type::kA;
    key.rr_class = dns::rr_class::kIN;
    return key;
  }

  base::testing::FakeClock clock_;
  AnswerCache cache_{AnswerCache::Options(), clock_};
  RecordingClient client_, other_;
  dns::LookupName name_;
  std::string wire_;
};

TEST_F(AnswerCacheTest, MissIsLeasedFilledAndThenHit) {
  const Reply miss = Lookup("www.example.", &client_, 7);
  EXPECT_EQ(miss.kind, Kind::kMiss);
  EXPECT_EQ(miss.id, 7u);
  ASSERT_TRUE(miss.has_token);
  const std::string wire = AddressResponse("www.example.", 300).Wire();
  EXPECT_TRUE(Fill(miss.token, wire));

  const Reply hit = Lookup("www.example.", &other_, 8);
  EXPECT_EQ(hit.kind, Kind::kHit);
  EXPECT_EQ(hit.id, 8u);
  EXPECT_EQ(hit.answer.wire, wire);
  EXPECT_FALSE(hit.has_token);
}

// A cache that puts an answer back with its whole TTL at each hit loses it when the time that was left has passed; one
// that counts from there never ends. Here: 10 queries a second for all of its life.
TEST_F(AnswerCacheTest, AnswerLivesForItsTtlHoweverOftenItIsAskedFor) {
  ASSERT_TRUE(Remember(AddressResponse("www.example.", 300)));
  for (int tenths = 0; tenths < 3000; ++tenths) {
    const Reply reply = Lookup("www.example.");
    ASSERT_EQ(reply.kind, Kind::kHit) << "after " << tenths / 10.0 << " s";
    ASSERT_EQ(TtlsOf(reply.answer.wire).max, 300u - tenths / 10) << "after " << tenths / 10.0 << " s";
    clock_.Advance(absl::Milliseconds(100));
  }
  EXPECT_EQ(Lookup("www.example.").kind, Kind::kMiss);
  EXPECT_EQ(cache_.statistics().hits, 3000u);
  EXPECT_EQ(cache_.statistics().entries, 0u);
}

TEST_F(AnswerCacheTest, JumpOfTheWallClockChangesNothing) {
  ASSERT_TRUE(Remember(AddressResponse("www.example.", 300)));
  clock_.SetWallTime(clock_.Now() + absl::Hours(24 * 365));
  EXPECT_EQ(TtlsOf(Lookup("www.example.").answer.wire).max, 300u);
  clock_.SetWallTime(absl::UnixEpoch());
  EXPECT_EQ(TtlsOf(Lookup("www.example.").answer.wire).max, 300u);
}

TEST_F(AnswerCacheTest, AnswersCarryNoIdNorAuthorityAndTheQuestionInLowerCase) {
  const Reply miss = Lookup("www.example.");
  EXPECT_EQ(Lookup("www.example.", &other_, 1).kind, Kind::kParked);
  dns::Message message = AddressResponse("wWw.eXample.", 300).Message();
  message.id = 4711;
  message.authoritative = true;
  ASSERT_TRUE(Fill(miss.token, *dns::SerializeMessage(message)));

  const std::vector<RecordingClient::Recorded> parked = other_.TakeReplies();
  ASSERT_THAT(parked, SizeIs(1));
  for (const std::string& wire : {parked[0].wire, std::string(Lookup("www.example.").answer.wire)}) {
    const dns::Message served = *dns::ParseMessage(wire);
    EXPECT_EQ(served.id, 0);
    EXPECT_FALSE(served.authoritative);
    EXPECT_TRUE(served.recursion_available);
    EXPECT_EQ(served.questions[0].name.ToText(), "www.example.");
    EXPECT_THAT(served.answer, SizeIs(1));
  }
}

TEST_F(AnswerCacheTest, KeysDifferInEachOfTheirParts) {
  name_.Assign(WireName("www.example."));
  const Key key = AddressKey();
  std::vector<Key> keys(6, key);
  keys[1].type = dns::rr_type::kAAAA;
  keys[2].rr_class = dns::rr_class::kCH;
  keys[3].dnssec_ok = true;
  keys[4].checking_disabled = true;
  keys[5].partition = 1;
  for (const Key& each : keys) EXPECT_TRUE(cache_.Lookup(&client_, 0, each, &wire_).has_token);
  EXPECT_EQ(cache_.statistics().leases, 6u);
  const Reply again = cache_.Lookup(&client_, 0, key, &wire_);
  EXPECT_EQ(again.kind, Kind::kParked);
}

TEST_F(AnswerCacheTest, PeekLeasesAndParksNothing) {
  const Reply reply = Peek("www.example.");
  EXPECT_EQ(reply.kind, Kind::kMiss);
  EXPECT_FALSE(reply.has_token);
  const Reply miss = Lookup("www.example.");
  EXPECT_EQ(Peek("www.example.").kind, Kind::kMiss);
  Fill(miss.token, AddressResponse("www.example.", 300).Wire());
  EXPECT_EQ(Peek("www.example.").kind, Kind::kHit);
  EXPECT_THAT(client_.TakeReplies(), IsEmpty());
}

TEST_F(AnswerCacheTest, ThousandLookupsOfOneNameMakeOneLeaseAndOneFillAnswersThemAll) {
  std::array<RecordingClient, 8> clients;
  int leased = 0, parked = 0;
  LeaseToken token{};
  RecordingClient* holder = nullptr;
  for (uint32_t i = 0; i < 1000; ++i) {
    const Reply reply = Lookup("www.example.", &clients[i % 8], i);
    parked += reply.kind == Kind::kParked ? 1 : 0;
    if (!reply.has_token) continue;
    ++leased;
    token = reply.token;
    holder = &clients[i % 8];
  }
  EXPECT_EQ(leased, 1);
  EXPECT_EQ(parked, 999);
  const std::string wire = AddressResponse("www.example.", 300).Wire();
  Answer answer;
  answer.wire = wire;
  ASSERT_TRUE(cache_.Fill(holder, token, answer));
  size_t answered = 0;
  for (RecordingClient& client : clients) {
    for (const RecordingClient::Recorded& reply : client.TakeReplies()) {
      EXPECT_EQ(reply.kind, Kind::kHit);
      EXPECT_EQ(reply.wire, wire);
      ++answered;
    }
  }
  EXPECT_EQ(answered, 999u);
  EXPECT_EQ(cache_.statistics().leases, 0u);
  EXPECT_EQ(cache_.statistics().parked_now, 0u);
}

TEST_F(AnswerCacheTest, FillWithoutItsLeaseIsRefused) {
  const LeaseToken token = Lookup("www.example.").token;
  const std::string wire = AddressResponse("www.example.", 300).Wire();
  Answer answer;
  answer.wire = wire;
  EXPECT_FALSE(cache_.Fill(&other_, token, answer)) << "another client's";
  for (size_t i = 0; i < token.size(); ++i) {
    LeaseToken wrong = token;
    wrong[i] = static_cast<char>(wrong[i] ^ 0x80);
    EXPECT_FALSE(cache_.Fill(&client_, wrong, answer)) << "octet " << i;
  }
  EXPECT_EQ(Peek("www.example.").kind, Kind::kMiss);
  EXPECT_TRUE(cache_.Fill(&client_, token, answer));
  EXPECT_FALSE(cache_.Fill(&client_, token, answer)) << "it has ended";
  EXPECT_EQ(cache_.statistics().fill(FillOutcome::kWithoutLease), token.size() + 2);
}

TEST_F(AnswerCacheTest, FillOfAnotherQuestionIsRefused) {
  const LeaseToken token = Lookup("www.example.").token;
  EXPECT_FALSE(Fill(token, AddressResponse("ftp.example.", 300).Wire()));
  TestResponse other_type = NegativeResponse("www.example.", 300, 300);
  other_type.question = "www.example. AAAA";
  EXPECT_FALSE(Fill(token, other_type.Wire()));
  dns::Message other_class = NegativeResponse("www.example.", 300, 300).Message();
  other_class.questions[0].rr_class = dns::rr_class::kCH;
  EXPECT_FALSE(Fill(token, *dns::SerializeMessage(other_class)));
  EXPECT_FALSE(Fill(token, "x"));
  EXPECT_FALSE(Fail(token, dns::rcode::kNoError)) << "neither a message nor a failure";
  EXPECT_TRUE(Fill(token, AddressResponse("www.example.", 300).Wire())) << "the lease is still there";
  EXPECT_EQ(cache_.statistics().fill(FillOutcome::kAnotherQuestion), 5u);
  EXPECT_EQ(cache_.statistics().fill(FillOutcome::kStored), 1u);
}

TEST_F(AnswerCacheTest, WhatIsNotStoredAnswersThoseParkedAllTheSame) {
  std::vector<std::string> fills;
  fills.push_back(AddressResponse("www.example.", 0).Wire());
  dns::Message truncated = AddressResponse("www.example.", 300).Message();
  truncated.truncated = true;
  fills.push_back(*dns::SerializeMessage(truncated));
  fills.push_back(AddressResponse("www.example.", 300).Wire() + "more");
  for (const std::string& wire : fills) {
    const Reply miss = Lookup("www.example.");
    ASSERT_TRUE(miss.has_token);
    ASSERT_EQ(Lookup("www.example.", &other_, 5).kind, Kind::kParked);
    EXPECT_TRUE(Fill(miss.token, wire));
    const std::vector<RecordingClient::Recorded> replies = other_.TakeReplies();
    ASSERT_THAT(replies, SizeIs(1));
    EXPECT_EQ(replies[0].kind, Kind::kHit);
    EXPECT_EQ(replies[0].id, 5u);
    EXPECT_EQ(replies[0].wire, wire);
  }
  EXPECT_EQ(cache_.statistics().entries, 0u);
  EXPECT_EQ(cache_.statistics().fill(FillOutcome::kNotCacheable), fills.size());
}

TEST_F(AnswerCacheTest, NegativeAnswerLivesAsLongAsItsSoaSays) {
  ASSERT_TRUE(Remember(NegativeResponse("www.example.", 3600, 60)));
  const Reply hit = Lookup("www.example.");
  ASSERT_EQ(hit.kind, Kind::kHit);
  EXPECT_EQ(dns::ParseMessage(hit.answer.wire)->rcode, dns::rcode::kNXDomain);
  EXPECT_EQ(TtlsOf(hit.answer.wire).max, 60u);
  clock_.Advance(absl::Seconds(59));
  EXPECT_EQ(TtlsOf(Lookup("www.example.").answer.wire).max, 1u);
  clock_.Advance(absl::Seconds(1));
  EXPECT_EQ(Lookup("www.example.").kind, Kind::kMiss);
}

TEST_F(AnswerCacheTest, TtlsAreServedWithinTheLimits) {
  ASSERT_TRUE(Remember(AddressResponse("www.example.", 1'000'000)));
  EXPECT_EQ(TtlsOf(Lookup("www.example.").answer.wire).max, 86400u);
  clock_.Advance(absl::Hours(24) - absl::Seconds(1));
  EXPECT_EQ(TtlsOf(Lookup("www.example.").answer.wire).max, 1u);
  clock_.Advance(absl::Seconds(1));
  EXPECT_EQ(Lookup("www.example.").kind, Kind::kMiss);
}

TEST_F(AnswerCacheTest, FailureIsRememberedTwiceAsLongEachTimeUntilASuccess) {
  for (const int seconds : {1, 2, 4, 8, 16, 30, 30}) {
    const Reply miss = Lookup("www.example.");
    ASSERT_TRUE(miss.has_token) << seconds;
    ASSERT_TRUE(Fail(miss.token, kServFail));
    clock_.Advance(absl::Seconds(seconds) - absl::Milliseconds(1));
    const Reply hit = Lookup("www.example.");
    EXPECT_EQ(hit.kind, Kind::kHit) << seconds;
    EXPECT_EQ(hit.answer.wire, "");
    EXPECT_EQ(hit.answer.rcode, kServFail);
    EXPECT_TRUE(hit.answer.has_extended_error);
    EXPECT_EQ(hit.answer.extended_error, kCachedError);
    clock_.Advance(absl::Milliseconds(1));
  }
  ASSERT_TRUE(Fill(Lookup("www.example.").token, AddressResponse("www.example.", 0).Wire()));
  ASSERT_TRUE(Fail(Lookup("www.example.").token, kServFail));
  clock_.Advance(absl::Seconds(1));
  EXPECT_EQ(Lookup("www.example.").kind, Kind::kMiss);
}

TEST_F(AnswerCacheTest, FailureThatCameLongAgoIsForgotten) {
  ASSERT_TRUE(Fail(Lookup("www.example.").token, kServFail));
  clock_.Advance(absl::Seconds(31));
  ASSERT_TRUE(Fail(Lookup("www.example.").token, kServFail));
  clock_.Advance(absl::Seconds(1));
  EXPECT_EQ(Lookup("www.example.").kind, Kind::kMiss);
}

TEST_F(AnswerCacheTest, FailureKeepsItsExtendedError) {
  const Reply miss = Lookup("www.example.");
  Lookup("www.example.", &other_, 3);
  Answer failure;
  failure.rcode = kServFail;
  failure.has_extended_error = true;
  failure.extended_error = 22;
  failure.extended_error_text = "no server of example. answered";
  ASSERT_TRUE(cache_.Fill(&client_, miss.token, failure));
  const std::vector<RecordingClient::Recorded> parked = other_.TakeReplies();
  ASSERT_THAT(parked, SizeIs(1));
  EXPECT_EQ(parked[0].rcode, kServFail);
  EXPECT_EQ(parked[0].extended_error_text, failure.extended_error_text);
  const Reply hit = Lookup("www.example.");
  EXPECT_EQ(hit.answer.extended_error, 22);
  EXPECT_EQ(hit.answer.extended_error_text, failure.extended_error_text);
}

TEST_F(AnswerCacheTest, FailureOfAResolverThatIsNotReadyIsPassedOnAndForgotten) {
  const Reply miss = Lookup("www.example.");
  Lookup("www.example.", &other_, 3);
  Answer failure;
  failure.rcode = kServFail;
  failure.has_extended_error = true;
  failure.extended_error = 14;
  ASSERT_TRUE(cache_.Fill(&client_, miss.token, failure));
  EXPECT_THAT(other_.TakeReplies(), SizeIs(1));
  EXPECT_EQ(Lookup("www.example.").kind, Kind::kMiss);
  EXPECT_EQ(cache_.statistics().fill(FillOutcome::kNotCacheable), 1u);
}

TEST_F(AnswerCacheTest, MessageWithAnotherRcodeIsAFailure) {
  TestResponse refused;
  refused.question = "www.example. A";
  refused.rcode = dns::rcode::kRefused;
  ASSERT_TRUE(Remember(refused));
  const Reply hit = Lookup("www.example.");
  EXPECT_EQ(hit.kind, Kind::kHit);
  EXPECT_EQ(hit.answer.wire, "");
  EXPECT_EQ(hit.answer.rcode, dns::rcode::kRefused);
  clock_.Advance(absl::Seconds(1));
  EXPECT_EQ(Lookup("www.example.").kind, Kind::kMiss);
}

TEST_F(AnswerCacheTest, ExtendedErrorOfAnAnswerIsRememberedButNothingStaleIs) {
  const std::string wire = AddressResponse("www.example.", 300).Wire();
  Answer answer;
  answer.wire = wire;
  answer.has_extended_error = true;
  answer.extended_error = 3;  // Stale Answer
  ASSERT_TRUE(cache_.Fill(&client_, Lookup("www.example.").token, answer));
  const Reply miss = Lookup("www.example.");
  ASSERT_EQ(miss.kind, Kind::kMiss);
  answer.extended_error = 4;  // Forged Answer
  answer.extended_error_text = "by policy";
  ASSERT_TRUE(cache_.Fill(&client_, miss.token, answer));
  const Reply hit = Lookup("www.example.");
  EXPECT_EQ(hit.answer.wire, wire);
  EXPECT_EQ(hit.answer.extended_error, 4);
  EXPECT_EQ(hit.answer.extended_error_text, "by policy");
}

TEST_F(AnswerCacheTest, LeaseThatIsNotRenewedPassesToTheNextAndItsTokenIsRefused) {
  const Reply first = Lookup("www.example.", &client_);
  ASSERT_EQ(Lookup("www.example.", &other_, 9).kind, Kind::kParked);
  clock_.Advance(absl::Milliseconds(900));
  cache_.Renew(&client_, first.token);
  clock_.Advance(absl::Milliseconds(900));
  cache_.Tick();
  EXPECT_THAT(other_.TakeReplies(), IsEmpty());
  clock_.Advance(absl::Milliseconds(100));
  cache_.Tick();
  const std::vector<RecordingClient::Recorded> replies = other_.TakeReplies();
  ASSERT_THAT(replies, SizeIs(1));
  EXPECT_EQ(replies[0].kind, Kind::kMiss);
  EXPECT_EQ(replies[0].id, 9u);
  ASSERT_TRUE(replies[0].has_token);
  EXPECT_FALSE(Fill(first.token, AddressResponse("www.example.", 300).Wire()));
  const std::string wire = AddressResponse("www.example.", 300).Wire();
  Answer answer;
  answer.wire = wire;
  EXPECT_TRUE(cache_.Fill(&other_, replies[0].token, answer));
  EXPECT_EQ(cache_.statistics().lease.handovers, 1u);
}

TEST_F(AnswerCacheTest, ForgottenClientLeavesItsLeasesToOthersAndIsNotCalled) {
  RecordingClient third;
  for (int i = 0; i < 100; ++i) {  // in all parts
    const std::string name = absl::StrCat("n", i, ".example.");
    ASSERT_TRUE(Lookup(name, &client_).has_token);
    ASSERT_EQ(Lookup(name, &client_).kind, Kind::kParked);
    ASSERT_EQ(Lookup(name, &other_).kind, Kind::kParked);
    ASSERT_EQ(Lookup(name, &third).kind, Kind::kParked);
  }
  cache_.Forget(&client_);
  EXPECT_THAT(client_.TakeReplies(), IsEmpty());
  EXPECT_THAT(other_.TakeReplies(), SizeIs(100));
  EXPECT_EQ(cache_.statistics().parked_now, 100u);
  cache_.Forget(&third);
  cache_.Forget(&other_);
  EXPECT_EQ(cache_.statistics().leases, 0u);
  EXPECT_EQ(cache_.statistics().parked_now, 0u);
  EXPECT_THAT(third.TakeReplies(), IsEmpty());
}

}  // namespace
}  // namespace strata::cache
