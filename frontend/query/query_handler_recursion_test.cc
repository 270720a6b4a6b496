// Tests of routing beyond our zones: access, cache and recursor, referrals, aliases, header bits.
//
// SPDX-License-Identifier: Apache-2.0
#include <arpa/inet.h>

#include <memory>
#include <string>

#include "base/testing/fake_clock.h"
#include "dns/edns.h"
#include "dns/message.h"
#include "dns/rr_type.h"
#include "frontend/query/query_handler.h"
#include "frontend/testing/fake_backend.h"
#include "frontend/testing/fake_cache_member.h"
#include "frontend/testing/fake_transport.h"
#include "frontend/testing/messages.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

namespace rcode = dns::rcode;
namespace rr = dns::rr_type;
namespace ede = dns::extended_error;

using testing::AnswerTo;
using ::testing::ElementsAre;
using testing::ExtendedErrors;
using testing::FakeBackend;
using testing::FakeCacheMember;
using testing::FakeTransport;
using ::testing::IsEmpty;
using testing::Parse;
using ::testing::SizeIs;
using testing::Wire;
using testing::WireName;
using testing::Zones;

dns::Message Desired(const std::string& name, uint16_t type = rr::kA) {
  dns::Message query = testing::EdnsQuery(name, 1232, type);
  query.recursion_desired = true;
  return query;
}

dns::Record Alias(const std::string& owner, const std::string& target) {
  dns::Record record;
  record.owner = *dns::Name::FromText(owner);
  record.type = rr::kCNAME;
  record.rdata = WireName(target);
  return record;
}

std::string AliasAnswer(const std::string& owner, const std::string& target) {
  dns::Message message = testing::Query(owner);
  message.id = 0;
  message.response = message.authoritative = true;
  message.answer = {Alias(owner, target)};
  return Wire(message);
}

// A handler with an authority for a.test, a cache member and a recursor.
class RecursionTest : public ::testing::Test {
 protected:
  RecursionTest() { Make(); }

  void Make() {
    zones_.Publish(Zones({{"a.test.", 1}}));
    handler_ = std::make_unique<QueryHandler>(options_, zones_, clock_);
    authority_.set_events(handler_->replica_events());
    recursor_.set_events(handler_->recursion().recursor_events());
    member_.set_events(handler_->recursion().member_events());
    handler_->AddReplica(&authority_);
    authority_.GoUp();
    handler_->recursion().AddRecursor("recursor", &recursor_);
    handler_->recursion().AddMember("member", &member_);
    recursor_.GoUp();
  }

  void Send(const dns::Message& query, const std::string& from = "127.0.0.1") {
    Client client = udp_.MakeClient();
    auto* peer = reinterpret_cast<sockaddr_in*>(&client.peer);
    peer->sin_family = AF_INET;
    inet_pton(AF_INET, from.c_str(), &peer->sin_addr);
    handler_->OnMessage(Wire(query), client);
    handler_->Flush();
  }
  // The only answer sent since the last call.
  dns::Message Answer() {
    EXPECT_THAT(udp_.sent, SizeIs(1));
    if (udp_.sent.empty()) return {};
    const dns::Message answer = Parse(udp_.sent.back().message);
    udp_.sent.clear();
    return answer;
  }
  // The query that the cache knows nothing of; its number.
  uint32_t Miss() {
    EXPECT_FALSE(member_.lookups.empty());
    member_.Miss(member_.lookups.back().id, 'x');
    EXPECT_FALSE(recursor_.submitted.empty());
    return recursor_.submitted.back().query.id;
  }

  QueryHandler::Options options_;
  base::testing::FakeClock clock_;
  PublishedZones zones_;
  FakeTransport udp_{true};
  FakeBackend authority_, recursor_;
  FakeCacheMember member_;
  std::unique_ptr<QueryHandler> handler_;
};

TEST_F(RecursionTest, NamesOfOthersAreLookedUpThenResolved) {
  Send(Desired("b.Example."));
  EXPECT_THAT(authority_.submitted, IsEmpty());
  EXPECT_EQ(member_.names.at(0), WireName("b.example."));
  const uint32_t id = Miss();
  EXPECT_EQ(recursor_.submitted[0].query.max_size, 0) << "the cache needs the whole";
  recursor_.Answer(id, AnswerTo("b.example."));
  const dns::Message answer = Answer();
  EXPECT_EQ(answer.rcode, rcode::kNoError);
  EXPECT_EQ(answer.id, 0x1234);
  EXPECT_TRUE(answer.recursion_available);
  EXPECT_FALSE(answer.authoritative) << "whatever the recursor says";
  EXPECT_THAT(member_.fills, SizeIs(1));
  EXPECT_FALSE(handler_->busy());
}

TEST_F(RecursionTest, OwnNamesStayOurs) {
  Send(Desired("www.a.test."));
  EXPECT_THAT(authority_.submitted, SizeIs(1));
  EXPECT_THAT(member_.lookups, IsEmpty());
  authority_.Answer(authority_.submitted[0].query.id, AnswerTo("www.a.test."));
  const dns::Message answer = Answer();
  EXPECT_TRUE(answer.authoritative);
  EXPECT_TRUE(answer.recursion_available) << "it is on offer to this client";
  // Even when the authority is away.
  authority_.GoDown();
  Send(Desired("www.a.test."));
  EXPECT_EQ(Answer().rcode, rcode::kServFail);
  EXPECT_THAT(member_.lookups, IsEmpty());
}

// A replica that was slow, or was asked besides, may answer the name before when the next one is asked for already.
TEST_F(RecursionTest, LateAnswerToAnEarlierNameOfAChainIsNone) {
  zones_.Publish(Zones({{"a.test.", 1}, {"b.test.", 1}}));
  Send(Desired("www.a.test."));
  ASSERT_THAT(authority_.submitted, SizeIs(1));
  const uint32_t first = authority_.submitted[0].query.id;
  authority_.Answer(first, AliasAnswer("www.a.test.", "www.b.test."));
  handler_->Flush();
  ASSERT_THAT(authority_.submitted, SizeIs(2));
  EXPECT_EQ(authority_.submitted[1].name, WireName("www.b.test."));
  authority_.AnswerCode(first, rcode::kServFail);
  authority_.Answer(first, AnswerTo("www.a.test."));
  EXPECT_THAT(udp_.sent, IsEmpty());
  authority_.Answer(authority_.submitted[1].query.id, AnswerTo("www.b.test."));
  const dns::Message answer = Answer();
  EXPECT_EQ(answer.rcode, rcode::kNoError);
  EXPECT_THAT(answer.answer, SizeIs(2));
}

TEST_F(RecursionTest, NothingIsResolvedBeforeTheZonesAreKnown) {
  zones_.Publish(Zones({}, /*complete=*/false));
  Send(Desired("b.example."));
  EXPECT_EQ(Answer().rcode, rcode::kServFail);
  EXPECT_THAT(member_.lookups, IsEmpty());
}

TEST_F(RecursionTest, OnlyThoseWhoMay) {
  Send(Desired("b.example."), "192.0.2.1");
  dns::Message answer = Answer();
  EXPECT_EQ(answer.rcode, rcode::kRefused);
  EXPECT_THAT(ExtendedErrors(answer), ElementsAre(ede::kProhibited));
  EXPECT_FALSE(answer.recursion_available);
  EXPECT_THAT(member_.lookups, IsEmpty());
  // Our own zones are for everybody.
  Send(Desired("a.test."), "192.0.2.1");
  authority_.Answer(authority_.submitted.at(0).query.id, AnswerTo("a.test."));
  answer = Answer();
  EXPECT_EQ(answer.rcode, rcode::kNoError);
  EXPECT_FALSE(answer.recursion_available);

  options_.intake.recursion_clients = AccessList();
  EXPECT_TRUE(options_.intake.recursion_clients.Add("192.0.2.0/24").ok());
  Make();
  Send(Desired("b.example."), "192.0.2.1");
  EXPECT_THAT(member_.lookups, SizeIs(1));
}

TEST_F(RecursionTest, OnlyWhereItIsDesired) {
  dns::Message query = Desired("b.example.");
  query.recursion_desired = false;
  Send(query);
  const dns::Message answer = Answer();
  EXPECT_EQ(answer.rcode, rcode::kRefused);
  EXPECT_THAT(ExtendedErrors(answer), ElementsAre(ede::kNotAuthoritative));
  EXPECT_THAT(member_.lookups, IsEmpty());
}

TEST_F(RecursionTest, ReferralIsResolvedForThoseWhoDesire) {
  dns::Message referral = testing::Query("x.sub.a.test.");
  referral.id = 0;
  referral.response = true;
  dns::Record cut;
  cut.owner = *dns::Name::FromText("sub.a.test.");
  cut.type = rr::kNS;
  cut.rdata = WireName("ns.example.");
  referral.authority = {cut};

  Send(Desired("X.sub.a.test."));
  authority_.Answer(authority_.submitted.at(0).query.id, Wire(referral));
  EXPECT_THAT(udp_.sent, IsEmpty());
  EXPECT_EQ(member_.names.at(0), WireName("x.sub.a.test."));
  recursor_.Answer(Miss(), AnswerTo("x.sub.a.test."));
  dns::Message answer = Answer();
  EXPECT_THAT(answer.answer, SizeIs(1));
  EXPECT_FALSE(answer.authoritative);

  dns::Message query = Desired("x.sub.a.test.");
  query.recursion_desired = false;
  Send(query);
  authority_.Answer(authority_.submitted.at(1).query.id, Wire(referral));
  answer = Answer();
  EXPECT_THAT(answer.answer, IsEmpty());
  EXPECT_THAT(answer.authority, SizeIs(1));
  Send(Desired("x.sub.a.test."), "192.0.2.1");
  authority_.Answer(authority_.submitted.at(2).query.id, Wire(referral));
  EXPECT_THAT(Answer().authority, SizeIs(1)) << "a client that may not recurse";
}

// RFC 9660: of the zone that the question is in, whatever its alias leads to; none where another answers.
TEST_F(RecursionTest, TheZonesVersionIsThatOfTheQuestionsZone) {
  const std::string version("\0\x13\0\6\2\0\0\0\1\2", 10), other("\0\x13\0\6\1\0\0\0\0\1", 10);
  zones_.Publish(Zones({{"a.test.", 1}, {"b.test.", 1}}));
  const auto ask = [&](const char* name) {
    dns::Message query = Desired(name);
    query.edns.emplace();
    query.edns->options = {{dns::edns_option::kZoneVersion, ""}};
    Send(query);
  };
  const auto answer_with = [&](size_t number, const std::string& wire, const std::string& options) {
    BackendAnswer answer;
    answer.id = authority_.submitted.at(number).query.id;
    answer.wire = wire;
    answer.options = options;
    authority_.Answer(answer);
  };
  ask("www.a.test.");
  answer_with(0, AliasAnswer("www.a.test.", "www.b.test."), version);
  EXPECT_FALSE(authority_.submitted.at(1).query.want_zoneversion);
  answer_with(1, AnswerTo("www.b.test."), other);
  dns::Message answer = Answer();
  ASSERT_THAT(answer.edns->options, SizeIs(1));
  EXPECT_EQ(answer.edns->options[0].value, version.substr(4));

  ask("www.a.test.");
  answer_with(2, AliasAnswer("www.a.test.", "cdn.example."), version);
  recursor_.Answer(Miss(), AnswerTo("cdn.example."));
  EXPECT_THAT(Answer().edns->options, SizeIs(1));

  ask("other.example.");
  recursor_.Answer(Miss(), AnswerTo("other.example."));
  EXPECT_THAT(Answer().edns->options, IsEmpty());
}

TEST_F(RecursionTest, AliasToANameOutsideIsFollowed) {
  Send(Desired("WWW.a.test."));
  authority_.Answer(authority_.submitted.at(0).query.id, AliasAnswer("www.a.test.", "cdn.Example."));
  EXPECT_THAT(udp_.sent, IsEmpty());
  EXPECT_EQ(member_.names.at(0), WireName("cdn.example."));
  recursor_.Answer(Miss(), AnswerTo("cdn.example."));
  EXPECT_EQ(udp_.sent.at(0).message.substr(12, 12), WireName("WWW.a.test.").substr(0, 12)) << "the client's case";
  const dns::Message answer = Answer();
  EXPECT_EQ(answer.rcode, rcode::kNoError);
  EXPECT_THAT(answer.answer, SizeIs(2));
  EXPECT_TRUE(answer.authoritative);
  EXPECT_FALSE(handler_->busy());
}

TEST_F(RecursionTest, AliasBetweenZonesOfOursStaysWithin) {
  zones_.Publish(Zones({{"a.test.", 1}, {"b.test.", 1}}));
  Send(Desired("www.a.test."));
  authority_.Answer(authority_.submitted.at(0).query.id, AliasAnswer("www.a.test.", "www.b.test."));
  EXPECT_THAT(member_.lookups, IsEmpty());
  ASSERT_THAT(authority_.submitted, SizeIs(2));
  EXPECT_EQ(authority_.submitted[1].name, WireName("www.b.test."));
  EXPECT_EQ(authority_.submitted[1].query.max_size, 0);
  authority_.Answer(authority_.submitted[1].query.id, AnswerTo("www.b.test."));
  EXPECT_THAT(Answer().answer, SizeIs(2));
}

TEST_F(RecursionTest, AliasesThatNeverEndAreToldAsFarAsTheyGo) {
  Send(Desired("x0.a.test."));
  for (int i = 0; i < 20 && udp_.sent.empty(); ++i) {
    authority_.Answer(authority_.submitted.back().query.id,
                      AliasAnswer("x" + std::to_string(i) + ".a.test.", "x" + std::to_string(i + 1) + ".a.test."));
  }
  const dns::Message answer = Answer();
  EXPECT_EQ(answer.rcode, rcode::kNoError);
  EXPECT_THAT(answer.answer, SizeIs(AliasChain::kMaxSteps + 1));
  // One that comes back to itself.
  Send(Desired("y.a.test."));
  authority_.Answer(authority_.submitted.back().query.id, AliasAnswer("y.a.test.", "z.a.test."));
  authority_.Answer(authority_.submitted.back().query.id, AliasAnswer("z.a.test.", "y.a.test."));
  EXPECT_THAT(Answer().answer, SizeIs(2));
}

TEST_F(RecursionTest, FailureBeyondAnAliasIsAFailure) {
  Send(Desired("www.a.test."));
  authority_.Answer(authority_.submitted.at(0).query.id, AliasAnswer("www.a.test.", "cdn.example."));
  recursor_.AnswerCode(Miss(), rcode::kServFail);
  EXPECT_EQ(Answer().rcode, rcode::kServFail);
  EXPECT_FALSE(handler_->busy());
}

TEST_F(RecursionTest, RetryWithinAChainAsksForItsTarget) {
  FakeBackend second;
  second.set_events(handler_->replica_events());
  handler_->AddReplica(&second);
  zones_.Publish(Zones({{"a.test.", 3}, {"b.test.", 3}}));
  Send(Desired("www.a.test."));
  authority_.Answer(authority_.submitted.at(0).query.id, AliasAnswer("www.a.test.", "www.b.test."));
  ASSERT_THAT(authority_.submitted, SizeIs(2));
  second.GoUp();
  authority_.GoDown();
  ASSERT_THAT(second.submitted, SizeIs(1));
  EXPECT_EQ(second.submitted[0].name, WireName("www.b.test."));
}

TEST_F(RecursionTest, LongAnswersAreTruncatedHere) {
  Send(Desired("b.example."));
  recursor_.Answer(Miss(), AnswerTo("b.example.", rr::kA, 3000));
  const dns::Message answer = Answer();
  EXPECT_TRUE(answer.truncated);
  EXPECT_THAT(answer.answer, IsEmpty());
  EXPECT_THAT(member_.fills.at(0).wire, SizeIs(AnswerTo("b.example.", rr::kA, 3000).size()));
}

TEST_F(RecursionTest, DeadlineFailsTheClientAndNotTheLease) {
  Send(Desired("b.example."));
  const uint32_t id = Miss();
  for (int i = 0; i < 51; ++i) {
    recursor_.Live();
    clock_.Advance(absl::Milliseconds(100));
    handler_->OnTick();
  }
  const dns::Message answer = Answer();
  EXPECT_EQ(answer.rcode, rcode::kServFail);
  EXPECT_THAT(ExtendedErrors(answer), ElementsAre(ede::kNoReachableAuthority));
  EXPECT_EQ(handler_->pending(), 0u);
  EXPECT_TRUE(handler_->busy()) << "its lease is to be renewed";
  EXPECT_GT(member_.renewals.size(), 10u);
  recursor_.Answer(id, AnswerTo("b.example."));
  EXPECT_THAT(member_.fills, SizeIs(1));
  EXPECT_THAT(udp_.sent, IsEmpty());
  EXPECT_FALSE(handler_->busy());
}

// Names of ours are answered whatever others are asked for.
TEST_F(RecursionTest, TooManyResolutionsAreShed) {
  options_.recursion.max_resolutions = 0;
  options_.recursion.max_lookups = 3;
  Make();
  for (int i = 0; i < 5; ++i) Send(Desired(std::to_string(i) + ".example."));
  EXPECT_THAT(member_.lookups, SizeIs(3));
  EXPECT_THAT(udp_.sent, IsEmpty());
  EXPECT_EQ(handler_->pending(), 3u);
  Send(Desired("a.test."));
  EXPECT_THAT(authority_.submitted, SizeIs(1));
}

TEST_F(RecursionTest, ClientsBitsReachTheCacheKey) {
  dns::Message query = Desired("b.example.");
  query.edns->dnssec_ok = true;
  query.checking_disabled = true;
  Send(query);
  EXPECT_TRUE(member_.lookups.at(0).dnssec_ok);
  EXPECT_TRUE(member_.lookups.at(0).checking_disabled);
  Miss();
  EXPECT_TRUE(recursor_.submitted.at(0).query.dnssec_ok);
  EXPECT_TRUE(recursor_.submitted.at(0).query.checking_disabled);
}

}  // namespace
}  // namespace strata::frontend
