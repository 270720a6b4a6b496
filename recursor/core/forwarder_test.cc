// Tests of the forwarder, with a transport and a time of the tests' making.
//
// SPDX-License-Identifier: Apache-2.0
#include "recursor/core/forwarder.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/testing/fake_clock.h"
#include "dns/edns.h"
#include "dns/header.h"
#include "dns/message.h"
#include "dns/name.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "recursor/core/testing/messages.h"
#include "recursor/core/testing/recording_client.h"
#include "recursor/net/testing/fake_transport.h"

namespace strata::recursor {
namespace {

using ::strata::recursor::testing::FakeExchange;
using ::strata::recursor::testing::FakeTransport;
using ::strata::recursor::testing::MakeReply;
using ::strata::recursor::testing::MessageSummary;
using ::strata::recursor::testing::RecordedAnswer;
using ::strata::recursor::testing::RecordingClient;
using ::strata::recursor::testing::ReplyText;
using ::strata::recursor::testing::WireName;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr absl::string_view kAnswerLine = "www.example.com. 300 A 192.0.2.80";
constexpr absl::string_view kAnswerSummary = "NOERROR\nanswer:\nwww.example.com. 300 IN A 192.0.2.80";

class ForwarderTest : public ::testing::Test {
 protected:
  ForwarderTest() { SetServers({"192.0.2.1", "192.0.2.2"}); }

  void SetServers(std::vector<absl::string_view> addresses) {
    settings_.servers.clear();
    for (absl::string_view address : addresses) {
      settings_.servers.push_back(*base::SocketAddress::FromText(address, {.host = "", .port = 53}));
    }
    forwarder().SetServers(settings_);
  }

  Forwarder& forwarder() {
    if (!forwarder_) {
      forwarder_.emplace(ForwarderParts{&clock_, &transport_, &timers_, &random_}, limits_);
    }
    return *forwarder_;
  }

  void Ask(absl::string_view name = "www.example.com.", uint16_t type = dns::rr_type::kA,
           absl::Duration time_left = absl::ZeroDuration(), bool dnssec_ok = false) {
    const std::string wire = WireName(name);
    ResolverQuestion question;
    question.id = next_id_++;
    question.name = wire;
    question.type = type;
    question.rr_class = dns::rr_class::kIN;
    question.time_left = time_left;
    question.dnssec_ok = dnssec_ok;
    forwarder().Ask(client_, question, clock_.MonotonicNow());
  }

  // In steps, so that timers of both kinds come in their order.
  void Advance(absl::Duration time) {
    for (absl::Duration gone; gone < time; gone += absl::Milliseconds(1)) {
      transport_.Advance(absl::Milliseconds(1));
      timers_.Advance(clock_.MonotonicNow());
    }
  }

  void Reply(size_t index, const ReplyText& reply = {.answer = {kAnswerLine}},
             absl::Duration round_trip = absl::Milliseconds(10)) {
    transport_.Reply(index, MakeReply(transport_[index].query, reply), round_trip);
  }

  std::string ServerOf(size_t index) const { return transport_[index].server.HostText(); }
  dns::Message QueryOf(size_t index) const { return *dns::ParseMessage(transport_[index].query); }
  RecordedAnswer OnlyAnswer() const {
    EXPECT_EQ(client_->count(), 1u);
    return client_->count() > 0 ? client_->answers()[0] : RecordedAnswer();
  }

  base::testing::FakeClock clock_;
  FakeTransport transport_{&clock_};
  TimerWheel timers_{clock_.MonotonicNow()};
  RandomBits random_;
  ResolverLimits limits_;
  ForwardSettings settings_;
  std::optional<Forwarder> forwarder_;
  std::shared_ptr<RecordingClient> client_ = std::make_shared<RecordingClient>();
  uint32_t next_id_ = 7;
};

TEST_F(ForwarderTest, AsksTheFirstServerAndPassesItsAnswerOn) {
  Ask();
  ASSERT_THAT(transport_, SizeIs(1));
  EXPECT_EQ(ServerOf(0), "192.0.2.1");
  EXPECT_FALSE(transport_[0].tcp);
  const dns::Message query = QueryOf(0);
  EXPECT_TRUE(query.recursion_desired);
  EXPECT_FALSE(query.checking_disabled);
  ASSERT_TRUE(query.edns);
  EXPECT_EQ(query.edns->udp_payload_size, 1232);
  EXPECT_FALSE(query.edns->dnssec_ok);

  Reply(0);
  const RecordedAnswer answer = OnlyAnswer();
  EXPECT_EQ(answer.id, 7u);
  EXPECT_EQ(MessageSummary(answer.wire), kAnswerSummary);
  EXPECT_EQ(dns::GetU16(answer.wire, 0), 0);
  // Lower case, whatever the query's was.
  EXPECT_EQ(answer.wire.substr(dns::kHeaderSize, 17), WireName("www.example.com."));
  EXPECT_EQ(forwarder().in_flight(), 0u);
}

TEST_F(ForwarderTest, WithoutServersItRefuses) {
  SetServers({});
  Ask();
  EXPECT_THAT(transport_, SizeIs(0));
  EXPECT_EQ(OnlyAnswer().rcode, dns::rcode::kRefused);
}

TEST_F(ForwarderTest, MixesTheCaseOfTheQuestion) {
  const std::string name = absl::StrCat(std::string(50, 'a'), ".", std::string(50, 'b'), ".");
  Ask(name);
  const dns::Question question = QueryOf(0).questions[0];
  EXPECT_NE(question.name.wire(), WireName(name));  // but for one in 2^100
  EXPECT_EQ(question.name, *dns::Name::FromText(name));
}

TEST_F(ForwarderTest, IdenticalQuestionsAreAskedOnce) {
  for (int i = 0; i < 100; ++i) Ask();
  Ask("www.example.com.", dns::rr_type::kAAAA);
  Ask("www.example.com.", dns::rr_type::kA, absl::ZeroDuration(), /*dnssec_ok=*/true);
  EXPECT_THAT(transport_, SizeIs(3));
  EXPECT_EQ(forwarder().in_flight(), 3u);
  Reply(0);
  EXPECT_EQ(client_->count(), 100u);
  EXPECT_EQ(client_->answers()[99].id, 106u);
  EXPECT_EQ(MessageSummary(client_->answers()[99].wire), kAnswerSummary);
}

TEST_F(ForwarderTest, ASilentServerCostsItsTimeOutOnceAndThenTheOtherIsAsked) {
  Ask();
  Advance(absl::Milliseconds(390));
  EXPECT_THAT(transport_, SizeIs(1));
  Advance(absl::Milliseconds(15));
  ASSERT_THAT(transport_, SizeIs(2));
  EXPECT_EQ(ServerOf(1), "192.0.2.2");
  Reply(1);
  EXPECT_EQ(MessageSummary(OnlyAnswer().wire), kAnswerSummary);
  EXPECT_TRUE(transport_[0].cancelled);

  // From now on the other is first. The silent one gets a copy as soon as its time-out has passed, at no cost.
  Ask("two.example.com.");
  EXPECT_EQ(ServerOf(2), "192.0.2.2");
  Reply(2);
  EXPECT_THAT(transport_, SizeIs(3));
  Advance(absl::Milliseconds(800));
  Ask("three.example.com.");
  ASSERT_THAT(transport_, SizeIs(5));
  EXPECT_EQ(ServerOf(3), "192.0.2.2");
  EXPECT_EQ(ServerOf(4), "192.0.2.1");
  Reply(3);
  EXPECT_EQ(client_->count(), 3u);
  EXPECT_EQ(transport_.open_count(), 1u);

  // It replies: it is as good as before.
  Reply(4, {}, absl::Milliseconds(1));
  Ask("four.example.com.");
  EXPECT_THAT(transport_, SizeIs(6));
}

// What a resolver has to ask for itself takes longer than what it knows: the only server there is hears a question once
// unless packets are lost, whatever its round trips were so far.
TEST_F(ForwarderTest, TheOnlyServerIsGivenTime) {
  SetServers({"192.0.2.1"});
  Ask();
  Reply(0, {.answer = {kAnswerLine}}, absl::Milliseconds(1));
  Ask("slow.example.com.");
  Advance(absl::Milliseconds(1400));
  EXPECT_THAT(transport_, SizeIs(2));
  Advance(absl::Milliseconds(150));
  EXPECT_THAT(transport_, SizeIs(3)) << "it was lost, perhaps";
  // The first is listened to all the while.
  Advance(absl::Milliseconds(2000));
  Reply(1);
  EXPECT_EQ(client_->count(), 2u);
}

TEST_F(ForwarderTest, ALateReplyIsListenedToWhileTheOtherIsAsked) {
  Ask();
  Advance(absl::Milliseconds(405));
  ASSERT_THAT(transport_, SizeIs(2));
  Reply(0, {.answer = {kAnswerLine}}, absl::Milliseconds(400));
  EXPECT_EQ(MessageSummary(OnlyAnswer().wire), kAnswerSummary);
  EXPECT_EQ(transport_.open_count(), 0u);
}

TEST_F(ForwarderTest, AnUnreachableServerCostsNothing) {
  Ask();
  transport_.Fail(0, ExchangeFailure::kUnreachable, false);
  ASSERT_THAT(transport_, SizeIs(2));
  EXPECT_EQ(ServerOf(1), "192.0.2.2");
}

TEST_F(ForwarderTest, WithoutASocketThereIsNoHurry) {
  Ask();
  transport_.Fail(0, ExchangeFailure::kNoSocket, false);
  EXPECT_THAT(transport_, SizeIs(1));
  Advance(absl::Milliseconds(400));
  ASSERT_THAT(transport_, SizeIs(2));
  Reply(1, {.answer = {kAnswerLine}}, absl::Milliseconds(30));
  EXPECT_EQ(client_->count(), 1u);
  Ask("two.example.com.");
  EXPECT_EQ(ServerOf(2), "192.0.2.1");  // it is not to blame
}

TEST_F(ForwarderTest, AllServersSilent) {
  Ask();
  Advance(absl::Milliseconds(7100));
  const RecordedAnswer answer = OnlyAnswer();
  EXPECT_THAT(answer.wire, IsEmpty());
  EXPECT_EQ(answer.rcode, dns::rcode::kServFail);
  EXPECT_EQ(answer.extended_error, dns::extended_error::kNoReachableAuthority);
  EXPECT_EQ(answer.extended_error_text, "192.0.2.1:53 does not reply, 192.0.2.2:53 does not reply");
  EXPECT_THAT(transport_, SizeIs(6));  // three for each
  EXPECT_EQ(transport_.open_count(), 0u);
  EXPECT_EQ(forwarder().in_flight(), 0u);
}

TEST_F(ForwarderTest, AllServersUnreachable) {
  Ask();
  for (size_t i = 0; i < transport_.size(); ++i) transport_.Fail(i, ExchangeFailure::kUnreachable, false);
  EXPECT_EQ(OnlyAnswer().extended_error, dns::extended_error::kNetworkError);
  EXPECT_THAT(OnlyAnswer().extended_error_text, StartsWith("192.0.2.1:53 is unreachable"));
}

TEST_F(ForwarderTest, WhatIsTruncatedIsAskedForOverTcp) {
  Ask();
  Reply(0, {.truncated = true});
  ASSERT_THAT(transport_, SizeIs(2));
  EXPECT_TRUE(transport_[1].tcp);
  EXPECT_EQ(ServerOf(1), ServerOf(0));
  Reply(1);
  EXPECT_EQ(MessageSummary(OnlyAnswer().wire), kAnswerSummary);
}

TEST_F(ForwarderTest, TheOtherServerIsAskedWhenTcpFails) {
  Ask();
  Reply(0, {.truncated = true});
  transport_.Fail(1, ExchangeFailure::kTcpFailed, false);
  ASSERT_THAT(transport_, SizeIs(3));
  EXPECT_EQ(ServerOf(2), "192.0.2.2");
  EXPECT_FALSE(transport_[2].tcp);
}

TEST_F(ForwarderTest, NearlyMatchingRepliesLeadToTcpAndThreeTimesToOneCase) {
  SetServers({"192.0.2.1"});
  for (int i = 0; i < 3; ++i) {
    Ask();
    const size_t udp = transport_.size() - 1;
    EXPECT_FALSE(transport_[udp].tcp);
    transport_.Fail(udp, ExchangeFailure::kTimeout, /*suspicious=*/true);
    ASSERT_THAT(transport_, SizeIs(udp + 2));
    EXPECT_TRUE(transport_[udp + 1].tcp);
    EXPECT_EQ(QueryOf(udp + 1).questions[0].name.wire(), WireName("www.example.com."));
    Reply(udp + 1);
  }
  EXPECT_EQ(client_->count(), 3u);
  const std::string name = absl::StrCat(std::string(60, 'a'), ".");
  Ask(name);
  EXPECT_EQ(QueryOf(transport_.size() - 1).questions[0].name.wire(), WireName(name));
}

TEST_F(ForwarderTest, AServerWithoutEdnsIsAskedWithout) {
  Ask();
  Reply(0, {.rcode = dns::rcode::kFormErr, .edns = false});
  ASSERT_THAT(transport_, SizeIs(2));
  EXPECT_EQ(ServerOf(1), ServerOf(0));
  EXPECT_FALSE(QueryOf(1).edns);
  Reply(1, {.answer = {kAnswerLine}, .edns = false});
  EXPECT_EQ(client_->count(), 1u);
  Ask("two.example.com.");
  EXPECT_FALSE(QueryOf(2).edns);  // remembered
  Reply(2, {.edns = false});
  Advance(absl::Minutes(1));
  clock_.Advance(absl::Minutes(15));
  Ask("three.example.com.");
  EXPECT_TRUE(QueryOf(3).edns);
}

TEST_F(ForwarderTest, AFailureIsPassedOnWhenNoServerKnowsBetter) {
  Ask();
  Reply(0, {.rcode = dns::rcode::kRefused});
  ASSERT_THAT(transport_, SizeIs(2));
  Reply(1, {.rcode = dns::rcode::kServFail, .extended_error = 6, .extended_error_text = "signature is wrong"});
  const RecordedAnswer answer = OnlyAnswer();
  EXPECT_EQ(answer.rcode, dns::rcode::kServFail);
  EXPECT_TRUE(answer.has_extended_error);
  EXPECT_EQ(answer.extended_error, 6);
  EXPECT_EQ(answer.extended_error_text, "signature is wrong");
  EXPECT_THAT(transport_, SizeIs(2));  // nobody is asked twice
}

TEST_F(ForwarderTest, AFailureWithoutReasonNamesTheServers) {
  Ask();
  Reply(0, {.rcode = dns::rcode::kRefused});
  Reply(1, {.rcode = dns::rcode::kNotImp});
  EXPECT_EQ(OnlyAnswer().rcode, dns::rcode::kRefused);
  EXPECT_EQ(OnlyAnswer().extended_error_text, "192.0.2.1:53 says REFUSED, 192.0.2.2:53 says NOTIMP");
}

TEST_F(ForwarderTest, ReferralsAndNonsenseAreNoAnswers) {
  Ask();
  Reply(0, {.authority = {"com. 86400 NS a.gtld-servers.example."}});
  ASSERT_THAT(transport_, SizeIs(2));
  transport_.Reply(1, MakeReply(transport_[1].query, {.answer = {kAnswerLine}}) + "x", absl::Milliseconds(1));
  EXPECT_EQ(OnlyAnswer().rcode, dns::rcode::kServFail);
  EXPECT_EQ(OnlyAnswer().extended_error, dns::extended_error::kInvalidData);
}

TEST_F(ForwarderTest, TheServersExtendedErrorGoesWithItsAnswer) {
  Ask();
  Reply(0, {.answer = {kAnswerLine}, .extended_error = 3, .extended_error_text = "stale"});
  EXPECT_FALSE(OnlyAnswer().wire.empty());
  EXPECT_EQ(OnlyAnswer().extended_error, 3);
  EXPECT_EQ(OnlyAnswer().extended_error_text, "stale");
}

TEST_F(ForwarderTest, EachWaiterHasItsOwnTime) {
  Ask("www.example.com.", dns::rr_type::kA, absl::Milliseconds(100));
  Ask("www.example.com.", dns::rr_type::kA, absl::Milliseconds(300));
  Ask("www.example.com.", dns::rr_type::kA, absl::Seconds(60));
  Advance(absl::Milliseconds(110));
  EXPECT_EQ(client_->count(), 1u);
  EXPECT_EQ(client_->answers()[0].id, 7u);
  EXPECT_EQ(client_->answers()[0].rcode, dns::rcode::kServFail);
  EXPECT_EQ(client_->answers()[0].extended_error_text, "192.0.2.1:53 does not reply");
  Advance(absl::Milliseconds(200));
  EXPECT_EQ(client_->count(), 2u);
  Reply(0, {.answer = {kAnswerLine}}, absl::Milliseconds(310));
  EXPECT_EQ(client_->count(), 3u);
  EXPECT_EQ(MessageSummary(client_->answers()[2].wire), kAnswerSummary);
}

TEST_F(ForwarderTest, WhenNobodyWaitsNobodyIsAsked) {
  Ask("www.example.com.", dns::rr_type::kA, absl::Milliseconds(100));
  Advance(absl::Milliseconds(110));
  EXPECT_EQ(transport_.open_count(), 0u);
  EXPECT_EQ(forwarder().in_flight(), 0u);
}

TEST_F(ForwarderTest, NoPacketsBeyondTheLimit) {
  limits_.packets = 4;
  forwarder_.reset();
  SetServers({"192.0.2.1", "192.0.2.2", "192.0.2.3"});
  Ask();
  Advance(absl::Seconds(8));
  EXPECT_THAT(transport_, SizeIs(4));
  EXPECT_EQ(client_->count(), 1u);
}

TEST_F(ForwarderTest, QuestionsAndWaitersAreBounded) {
  limits_.questions = 2;
  limits_.waiters = 3;
  forwarder_.reset();
  SetServers({"192.0.2.1"});
  for (int i = 0; i < 4; ++i) Ask("one.example.");
  Ask("two.example.");
  Ask("three.example.");
  EXPECT_THAT(transport_, SizeIs(2));
  ASSERT_EQ(client_->count(), 2u);
  EXPECT_THAT(client_->answers()[0].extended_error_text, HasSubstr("same question"));
  EXPECT_THAT(client_->answers()[1].extended_error_text, HasSubstr("in flight"));
  for (int i = 0; i < 2; ++i) EXPECT_EQ(client_->answers()[i].extended_error, dns::extended_error::kNotReady);
  EXPECT_EQ(client_->answers()[1].rcode, dns::rcode::kServFail);
  EXPECT_EQ(forwarder().metrics().too_many_waiters.value(), 1u);
  EXPECT_EQ(forwarder().metrics().too_many_questions.value(), 1u);
  Reply(1, {});
  Ask("three.example.");
  EXPECT_THAT(transport_, SizeIs(3));
}

TEST_F(ForwarderTest, WhatCannotBeForwarded) {
  const std::string wire = WireName("version.bind.");
  ResolverQuestion question;
  question.name = wire;
  question.type = dns::rr_type::kTXT;
  question.rr_class = dns::rr_class::kCH;
  forwarder().Ask(client_, question, clock_.MonotonicNow());
  Ask("www.example.com.", dns::rr_type::kAXFR);
  Ask("www.example.com.", dns::rr_type::kOPT);
  Ask("www.example.com.", 0);
  ASSERT_EQ(client_->count(), 4u);
  EXPECT_EQ(client_->answers()[0].rcode, dns::rcode::kRefused);
  for (int i = 1; i < 4; ++i) EXPECT_EQ(client_->answers()[i].rcode, dns::rcode::kNotImp);
  EXPECT_THAT(transport_, SizeIs(0));
  Ask("www.example.com.", dns::rr_type::kANY);
  EXPECT_THAT(transport_, SizeIs(1));
}

TEST_F(ForwarderTest, TheHostsFileComesFirst) {
  LineProblems problems;
  forwarder().SetHosts(
      std::make_shared<const HostsTable>(HostsTable::FromText("192.0.2.99 www.example.com\n", &problems)));
  Ask();
  EXPECT_THAT(transport_, SizeIs(0));
  EXPECT_EQ(MessageSummary(OnlyAnswer().wire), "NOERROR\nanswer:\nwww.example.com. 0 IN A 192.0.2.99");
}

TEST_F(ForwarderTest, NewServersKeepWhatIsKnownOfThem) {
  Ask();
  Advance(absl::Milliseconds(405));
  ASSERT_THAT(transport_, SizeIs(2));
  SetServers({"192.0.2.3", "192.0.2.1"});
  Reply(1);  // from one that is not there any more
  EXPECT_EQ(client_->count(), 1u);
  SetServers({"192.0.2.1", "192.0.2.3"});
  Ask("two.example.com.");
  EXPECT_EQ(ServerOf(2), "192.0.2.3");  // the first is known to be silent
}

TEST_F(ForwarderTest, CountsQuestionsAndAnswers) {
  const ForwarderMetrics& metrics = forwarder().metrics();
  for (int i = 0; i < 3; ++i) Ask();
  Ask("two.example.com.", dns::rr_type::kAAAA, absl::Milliseconds(100));
  Ask("localhost.");
  Ask("www.example.com.", dns::rr_type::kAXFR);
  EXPECT_EQ(metrics.questions[dns::TypeLabelIndex(dns::rr_type::kA)].value(), 4u);
  EXPECT_EQ(metrics.questions[dns::TypeLabelIndex(dns::rr_type::kAAAA)].value(), 1u);
  EXPECT_EQ(metrics.questions[dns::TypeLabelIndex(dns::rr_type::kAXFR)].value(), 1u);
  EXPECT_EQ(metrics.coalesced.value(), 2u);
  EXPECT_EQ(metrics.local.value(), 1u);
  EXPECT_EQ(metrics.in_flight.value(), 2);
  Advance(absl::Milliseconds(110));
  Reply(0);
  EXPECT_EQ(metrics.timed_out.value(), 1u);
  EXPECT_EQ(metrics.in_flight.value(), 0);
  EXPECT_EQ(metrics.answers[dns::rcode::kNoError].value(), 4u);
  EXPECT_EQ(metrics.answers[dns::rcode::kServFail].value(), 1u);
  EXPECT_EQ(metrics.answers[dns::rcode::kNotImp].value(), 1u);
  EXPECT_EQ(metrics.durations.Read().sum, 210000000u) << "110 ms, and 100 until the only client's time was up";
}

TEST_F(ForwarderTest, CountsWhatServersDo) {
  const ForwarderMetrics& metrics = forwarder().metrics();
  Ask();
  Reply(0, {.truncated = true});
  transport_.Fail(1, ExchangeFailure::kTcpFailed, /*suspicious=*/false);
  Reply(2);
  Ask("two.example.com.");
  transport_.Fail(3, ExchangeFailure::kTimeout, /*suspicious=*/true);
  Reply(4, {.rcode = dns::rcode::kFormErr, .edns = false});
  EXPECT_EQ(metrics.replies[static_cast<size_t>(ReplyVerdict::kTruncated)].value(), 1u);
  EXPECT_EQ(metrics.replies[static_cast<size_t>(ReplyVerdict::kAnswer)].value(), 1u);
  EXPECT_EQ(metrics.replies[static_cast<size_t>(ReplyVerdict::kNoEdns)].value(), 1u);
  EXPECT_EQ(metrics.failures[1][static_cast<size_t>(ExchangeFailure::kTcpFailed)].value(), 1u);
  EXPECT_EQ(metrics.failures[0][static_cast<size_t>(ExchangeFailure::kTimeout)].value(), 1u);
  EXPECT_EQ(metrics.tcp_after_truncation.value(), 1u);
  EXPECT_EQ(metrics.tcp_after_mismatch.value(), 1u);
  EXPECT_EQ(metrics.without_edns.value(), 1u);
}

TEST_F(ForwarderTest, ShowsTheServersInUse) {
  const auto addresses = [this] {
    std::vector<std::string> addresses;
    for (const auto& server : *forwarder().metrics().servers.Current()) {
      addresses.push_back(server->address().ToText());
    }
    return addresses;
  };
  EXPECT_THAT(addresses(), ElementsAre("192.0.2.1:53", "192.0.2.2:53"));
  SetServers({"192.0.2.3"});
  EXPECT_THAT(addresses(), ElementsAre("192.0.2.3:53"));
}

TEST_F(ForwarderTest, WhoIsInFlightAtTheEndIsAnswered) {
  for (int i = 0; i < 10; ++i) Ask(absl::StrCat("n", i, ".example."));
  forwarder_.reset();
  EXPECT_EQ(client_->count(), 10u);
  EXPECT_EQ(client_->answers()[3].rcode, dns::rcode::kServFail);
  EXPECT_EQ(transport_.open_count(), 0u);
}

TEST_F(ForwarderTest, UseVcMeansTcpOnly) {
  settings_.use_tcp = true;
  SetServers({"192.0.2.1", "192.0.2.2"});
  Ask();
  EXPECT_TRUE(transport_[0].tcp);
  Reply(0, {.truncated = true});  // makes no sense there
  EXPECT_EQ(ServerOf(1), "192.0.2.2");
}

}  // namespace
}  // namespace strata::recursor
