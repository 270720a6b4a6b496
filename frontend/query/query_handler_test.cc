// Tests of a query's life: routing, header bits, EDNS, sizes, replicas that fail, deadlines.
//
// SPDX-License-Identifier: Apache-2.0
#include "frontend/query/query_handler.h"

#include <memory>
#include <string>
#include <vector>

#include "base/testing/fake_clock.h"
#include "dns/edns.h"
#include "dns/header.h"
#include "dns/message.h"
#include "dns/rr_type.h"
#include "frontend/testing/fake_backend.h"
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
using testing::EdnsQuery;
using ::testing::ElementsAre;
using testing::ExtendedErrors;
using testing::FakeBackend;
using testing::FakeTransport;
using ::testing::IsEmpty;
using testing::Parse;
using testing::Query;
using ::testing::SizeIs;
using testing::Wire;
using testing::WireName;
using testing::Zones;

// A handler with two replicas that serve a.test, both up.
class QueryHandlerTest : public ::testing::Test {
 protected:
  QueryHandlerTest() { Make(); }

  void Make() {
    zones_.Publish(Zones({{"a.test.", 3}}));
    handler_ = std::make_unique<QueryHandler>(options_, zones_, clock_);
    for (FakeBackend* backend : {&first_, &second_}) {
      backend->submitted.clear();
      backend->set_events(handler_->replica_events());
      handler_->AddReplica(backend);
      backend->GoUp();
    }
  }

  bool Send(const std::string& wire, FakeTransport* transport) {
    const bool taken = handler_->OnMessage(wire, transport->MakeClient());
    handler_->Flush();
    return taken;
  }
  bool Udp(const dns::Message& query) { return Send(Wire(query), &udp_); }
  bool Tcp(const dns::Message& query) { return Send(Wire(query), &tcp_); }

  // The only answer sent since the last call.
  dns::Message Answer(FakeTransport* transport) {
    EXPECT_THAT(transport->sent, SizeIs(1));
    if (transport->sent.empty()) return {};
    last_size_ = transport->sent.back().message.size();
    const dns::Message answer = Parse(transport->sent.back().message);
    transport->sent.clear();
    EXPECT_TRUE(answer.response);
    return answer;
  }
  dns::Message UdpAnswer() { return Answer(&udp_); }

  // The query that one of the two has and the other has not.
  FakeBackend::Submitted TheQuery() {
    EXPECT_EQ(first_.submitted.size() + second_.submitted.size(), 1u);
    return first_.submitted.empty() ? second_.submitted.at(0) : first_.submitted.at(0);
  }
  FakeBackend& Asked() { return first_.submitted.empty() ? second_ : first_; }
  FakeBackend& NotAsked() { return first_.submitted.empty() ? first_ : second_; }

  // Sends `query` and answers it with `wire`.
  dns::Message Exchange(const dns::Message& query, const std::string& wire, FakeTransport* transport) {
    first_.submitted.clear();
    second_.submitted.clear();
    EXPECT_TRUE(Send(Wire(query), transport));
    Asked().Answer(TheQuery().query.id, wire);
    return Answer(transport);
  }

  QueryHandler::Options options_;
  base::testing::FakeClock clock_;
  PublishedZones zones_;
  FakeTransport udp_{true}, tcp_{false};
  FakeBackend first_, second_;
  std::unique_ptr<QueryHandler> handler_;
  size_t last_size_ = 0;
};

TEST_F(QueryHandlerTest, AsksTheBackendWhatTheClientAsked) {
  dns::Message query = EdnsQuery("WWW.A.test.", 1400, rr::kMX);
  query.recursion_desired = true;
  query.edns->dnssec_ok = true;
  EXPECT_TRUE(Udp(query));
  const auto sent = TheQuery();
  EXPECT_EQ(sent.name, WireName("www.a.test."));
  EXPECT_EQ(sent.query.type, rr::kMX);
  EXPECT_EQ(sent.query.rr_class, dns::rr_class::kIN);
  EXPECT_TRUE(sent.query.recursion_desired);
  EXPECT_TRUE(sent.query.dnssec_ok);
  EXPECT_FALSE(sent.query.checking_disabled);
  EXPECT_EQ(sent.query.time_left, options_.deadline);
  EXPECT_THAT(udp_.sent, IsEmpty());
  EXPECT_EQ(handler_->pending(), 1u);
}

TEST_F(QueryHandlerTest, FlushReachesTheBackends) {
  const int before = first_.flushes;
  handler_->Flush();
  EXPECT_GT(first_.flushes, before);
}

TEST_F(QueryHandlerTest, AnswersWithTheClientsIdAndCase) {
  const dns::Message query = Query("wWw.A.tEsT.");
  EXPECT_TRUE(Udp(query));
  Asked().Answer(TheQuery().query.id, AnswerTo("www.a.test."));
  EXPECT_EQ(udp_.sent.at(0).message.substr(12, WireName("wWw.A.tEsT.").size()), WireName("wWw.A.tEsT."));
  const dns::Message answer = UdpAnswer();
  EXPECT_EQ(answer.id, 0x1234);
  EXPECT_THAT(answer.answer, SizeIs(1));
  EXPECT_FALSE(answer.edns.has_value());
  EXPECT_EQ(handler_->pending(), 0u);
}

TEST_F(QueryHandlerTest, NearestZoneWins) {
  zones_.Publish(Zones({{"test.", 1}, {"a.test.", 2}}));
  EXPECT_TRUE(Udp(Query("x.a.test.")));
  EXPECT_THAT(first_.submitted, IsEmpty());
  EXPECT_THAT(second_.submitted, SizeIs(1));
  EXPECT_TRUE(Udp(Query("b.test.")));
  EXPECT_THAT(first_.submitted, SizeIs(1));
}

TEST_F(QueryHandlerTest, DsIsAQuestionForTheZoneAbove) {
  zones_.Publish(Zones({{"test.", 1}, {"a.test.", 2}}));
  EXPECT_TRUE(Udp(Query("a.test.", rr::kDS)));
  EXPECT_THAT(first_.submitted, SizeIs(1));
  EXPECT_THAT(second_.submitted, IsEmpty());
}

TEST_F(QueryHandlerTest, UnknownNameIsRefusedOnceTheListIsComplete) {
  EXPECT_TRUE(Udp(EdnsQuery("b.example.", 1232)));
  const dns::Message answer = UdpAnswer();
  EXPECT_EQ(answer.rcode, rcode::kRefused);
  EXPECT_FALSE(answer.authoritative);
  EXPECT_THAT(ExtendedErrors(answer), ElementsAre(ede::kNotAuthoritative));
}

TEST_F(QueryHandlerTest, UnknownNameFailsBeforeTheListIsComplete) {
  zones_.Publish(Zones({{"a.test.", 3}}, /*complete=*/false));
  EXPECT_TRUE(Udp(EdnsQuery("b.example.", 1232)));
  const dns::Message answer = UdpAnswer();
  EXPECT_EQ(answer.rcode, rcode::kServFail);
  EXPECT_THAT(ExtendedErrors(answer), ElementsAre(ede::kNotReady));
  // A name that is known to be ours is answered all the same.
  EXPECT_TRUE(Udp(Query("a.test.")));
  EXPECT_EQ(handler_->pending(), 1u);
}

TEST_F(QueryHandlerTest, StartWithoutAuthorityRefusesAtOnce) {
  options_.start_without_authority = true;
  Make();
  zones_.Publish(Zones({}, /*complete=*/false));
  EXPECT_TRUE(Udp(EdnsQuery("b.example.", 1232)));
  EXPECT_EQ(UdpAnswer().rcode, rcode::kRefused);
}

TEST_F(QueryHandlerTest, HeaderBits) {
  dns::Message backend = Parse(AnswerTo("a.test."));
  backend.recursion_available = true;
  backend.authentic_data = true;
  backend.recursion_desired = true;
  backend.checking_disabled = true;
  const std::string wire = Wire(backend);
  dns::Message answer = Exchange(Query("a.test."), wire, &udp_);
  EXPECT_TRUE(answer.authoritative);
  EXPECT_FALSE(answer.recursion_desired) << "the client's";
  EXPECT_FALSE(answer.checking_disabled) << "the client's";
  EXPECT_FALSE(answer.recursion_available) << "none is on offer";
  EXPECT_FALSE(answer.authentic_data) << "the client asked for neither AD nor DO";

  dns::Message query = Query("a.test.");
  query.recursion_desired = query.checking_disabled = query.authentic_data = true;
  answer = Exchange(query, wire, &udp_);
  EXPECT_TRUE(answer.recursion_desired);
  EXPECT_TRUE(answer.checking_disabled);
  EXPECT_TRUE(answer.authentic_data);
  EXPECT_TRUE(TheQuery().query.checking_disabled);

  query = EdnsQuery("a.test.", 1232);
  query.edns->dnssec_ok = true;
  EXPECT_TRUE(Exchange(query, wire, &udp_).authentic_data);

  backend.authoritative = backend.authentic_data = false;
  backend.rcode = rcode::kNXDomain;
  answer = Exchange(query, Wire(backend), &udp_);
  EXPECT_FALSE(answer.authoritative);
  EXPECT_FALSE(answer.authentic_data) << "AD is the backend's to set";
  EXPECT_EQ(answer.rcode, rcode::kNXDomain);
}

TEST_F(QueryHandlerTest, EdnsIsAnsweredWithEdns) {
  dns::Message query = EdnsQuery("a.test.", 4096);
  dns::Message answer = Exchange(query, AnswerTo("a.test."), &udp_);
  ASSERT_TRUE(answer.edns.has_value());
  EXPECT_EQ(answer.edns->version, 0);
  EXPECT_EQ(answer.edns->udp_payload_size, kDefaultMaxUdpSize);
  EXPECT_FALSE(answer.edns->dnssec_ok);
  EXPECT_THAT(answer.edns->options, IsEmpty());
  query.edns->dnssec_ok = true;
  answer = Exchange(query, AnswerTo("a.test."), &udp_);
  ASSERT_TRUE(answer.edns.has_value());
  EXPECT_TRUE(answer.edns->dnssec_ok);
}

TEST_F(QueryHandlerTest, MistakesOfTheClient) {
  dns::Message badvers = EdnsQuery("a.test.", 1232);
  badvers.edns->version = 1;
  EXPECT_TRUE(Udp(badvers));
  dns::Message answer = UdpAnswer();
  EXPECT_EQ(answer.rcode, rcode::kBadVers);
  EXPECT_EQ(answer.edns->version, 0);
  EXPECT_THAT(answer.answer, IsEmpty());

  dns::Message notify = Query("a.test.");
  notify.opcode = dns::opcode::kNotify;
  EXPECT_TRUE(Udp(notify));
  answer = UdpAnswer();
  EXPECT_EQ(answer.rcode, rcode::kNotImp);
  EXPECT_EQ(answer.opcode, dns::opcode::kNotify);

  dns::Message two = Query("a.test.");
  two.questions.push_back(two.questions[0]);
  EXPECT_TRUE(Udp(two));
  answer = UdpAnswer();
  EXPECT_EQ(answer.rcode, rcode::kFormErr);
  EXPECT_EQ(answer.id, 0x1234);

  dns::Message response = Query("a.test.");
  response.response = true;
  EXPECT_FALSE(Udp(response)) << "two servers must not answer each other for ever";
  EXPECT_FALSE(Send("short", &udp_));
  EXPECT_FALSE(Send("", &udp_));
  EXPECT_THAT(udp_.sent, IsEmpty());
  EXPECT_THAT(first_.submitted, IsEmpty());
  EXPECT_THAT(second_.submitted, IsEmpty());
}

TEST_F(QueryHandlerTest, WhatIsNoQuestionForAnAuthority) {
  dns::Message chaos = Query("version.bind.", rr::kTXT);
  chaos.questions[0].rr_class = dns::rr_class::kCH;
  EXPECT_TRUE(Udp(chaos));
  EXPECT_EQ(UdpAnswer().rcode, rcode::kRefused);

  const std::vector<std::pair<uint16_t, uint16_t>> cases = {{rr::kMAILA, rcode::kNotImp},
                                                            {rr::kMAILB, rcode::kNotImp},
                                                            {rr::kOPT, rcode::kFormErr},
                                                            {rr::kTSIG, rcode::kFormErr}};
  for (const auto& [type, expected] : cases) {
    EXPECT_TRUE(Udp(Query("a.test.", type)));
    EXPECT_EQ(UdpAnswer().rcode, expected) << type;
  }
  EXPECT_EQ(handler_->pending(), 0u);
}

TEST_F(QueryHandlerTest, ZonesAreNotTransferred) {
  EXPECT_TRUE(Tcp(EdnsQuery("a.test.", 1232, rr::kAXFR)));
  dns::Message answer = Answer(&tcp_);
  EXPECT_EQ(answer.rcode, rcode::kRefused);
  EXPECT_THAT(ExtendedErrors(answer), ElementsAre(ede::kNotSupported));
  EXPECT_TRUE(Udp(Query("A.test.", rr::kIXFR)));
  EXPECT_EQ(UdpAnswer().rcode, rcode::kRefused);
  for (const char* name : {"x.a.test.", "test.", "b.test."}) {
    EXPECT_TRUE(Udp(Query(name, rr::kIXFR)));
    EXPECT_EQ(UdpAnswer().rcode, rcode::kNotAuth) << name;
  }
  EXPECT_TRUE(Udp(Query("a.test.", rr::kAXFR)));
  EXPECT_EQ(UdpAnswer().rcode, rcode::kNotImp) << "RFC 5936 §4.2: not over UDP";
  zones_.Publish(Zones({}, /*complete=*/false));
  EXPECT_TRUE(Udp(Query("a.test.", rr::kIXFR)));
  EXPECT_EQ(UdpAnswer().rcode, rcode::kServFail) << "it may become one of ours";
  EXPECT_THAT(first_.submitted, IsEmpty());
}

TEST_F(QueryHandlerTest, BackendsLearnWhatFitsTheClient) {
  struct Case {
    dns::Message query;
    bool tcp;
    uint16_t max_size;
  };
  const uint16_t opt = dns::kOptFixedSize;
  const std::vector<Case> cases = {
      {Query("a.test."), false, 512},
      {EdnsQuery("a.test.", 100), false, static_cast<uint16_t>(512 - opt)},
      {EdnsQuery("a.test.", 1000), false, static_cast<uint16_t>(1000 - opt)},
      {EdnsQuery("a.test.", 65535), false, static_cast<uint16_t>(kDefaultMaxUdpSize - opt)},
      {Query("a.test."), true, 65535},
      {EdnsQuery("a.test.", 512), true, static_cast<uint16_t>(65535 - opt)},
  };
  for (const Case& c : cases) {
    first_.submitted.clear();
    second_.submitted.clear();
    EXPECT_TRUE(c.tcp ? Tcp(c.query) : Udp(c.query));
    EXPECT_EQ(TheQuery().query.max_size, c.max_size);
  }
}

TEST_F(QueryHandlerTest, TheZonesVersionReachesWhoAsksForIt) {
  std::string told;
  dns::AppendEdnsOption(dns::edns_option::kNsid, "not asked for", &told);
  const std::string version("\0\x13\0\6\2\0\0\0\1\2", 10);
  dns::Message query = EdnsQuery("a.test.", 1000);
  for (const bool wanted : {false, true}) {
    if (wanted) query.edns->options.push_back({dns::edns_option::kZoneVersion, ""});
    first_.submitted.clear();
    second_.submitted.clear();
    EXPECT_TRUE(Udp(query));
    EXPECT_EQ(TheQuery().query.want_zoneversion, wanted);
    EXPECT_EQ(TheQuery().query.max_size, 1000 - dns::kOptFixedSize - (wanted ? 10 : 0));
    const std::string wire = AnswerTo("a.test."), options = told + version;
    BackendAnswer answer;
    answer.id = TheQuery().query.id;
    answer.wire = wire;
    answer.options = options;
    Asked().Answer(answer);
    const std::vector<dns::EdnsOption> options_told = UdpAnswer().edns->options;
    ASSERT_EQ(options_told.size(), wanted ? 1u : 0u);
    if (wanted) {
      EXPECT_EQ(options_told[0].code, dns::edns_option::kZoneVersion);
      EXPECT_EQ(options_told[0].value, version.substr(4));
    }
  }
  // Errors of our own are of no zone.
  first_.submitted.clear();
  second_.submitted.clear();
  EXPECT_TRUE(Udp(query));
  first_.GoDown();
  second_.GoDown();
  const dns::Message failure = UdpAnswer();
  for (const dns::EdnsOption& option : failure.edns->options) {
    EXPECT_NE(option.code, dns::edns_option::kZoneVersion);
  }
}

TEST_F(QueryHandlerTest, TruncatesWhatDoesNotFitUdp) {
  struct Case {
    dns::Message query;
    size_t limit;
  };
  const std::vector<Case> cases = {{Query("a.test."), 512},
                                   {EdnsQuery("a.test.", 100), 512},
                                   {EdnsQuery("a.test.", 900), 900},
                                   {EdnsQuery("a.test.", 4096), kDefaultMaxUdpSize}};
  for (const Case& c : cases) {
    const size_t overhead = AnswerTo("a.test.", rr::kA, 1).size() - 1 + (c.query.edns ? dns::kOptFixedSize : 0);
    // Exactly what fits.
    dns::Message answer = Exchange(c.query, AnswerTo("a.test.", rr::kA, c.limit - overhead), &udp_);
    EXPECT_FALSE(answer.truncated) << c.limit;
    EXPECT_THAT(answer.answer, SizeIs(1));
    EXPECT_EQ(last_size_, c.limit);
    // One octet more.
    answer = Exchange(c.query, AnswerTo("a.test.", rr::kA, c.limit - overhead + 1), &udp_);
    EXPECT_TRUE(answer.truncated) << c.limit;
    EXPECT_THAT(answer.answer, IsEmpty());
    EXPECT_THAT(answer.questions, SizeIs(1));
    EXPECT_EQ(answer.edns.has_value(), c.query.edns.has_value());
  }
}

TEST_F(QueryHandlerTest, OperatorsMaximumHolds) {
  options_.sender.max_udp_size = 4096;
  Make();
  const dns::Message answer = Exchange(EdnsQuery("a.test.", 65535), AnswerTo("a.test.", rr::kA, 4000), &udp_);
  EXPECT_FALSE(answer.truncated);
  EXPECT_EQ(answer.edns->udp_payload_size, 4096);
}

TEST_F(QueryHandlerTest, NothingIsTruncatedOverTcp) {
  const dns::Message answer = Exchange(Query("a.test."), AnswerTo("a.test.", rr::kA, 60000), &tcp_);
  EXPECT_FALSE(answer.truncated);
  EXPECT_GT(last_size_, 60000u);
}

TEST_F(QueryHandlerTest, TruncationByTheBackendStands) {
  dns::Message backend = Parse(AnswerTo("a.test."));
  backend.truncated = true;
  EXPECT_TRUE(Exchange(Query("a.test."), Wire(backend), &udp_).truncated);
}

TEST_F(QueryHandlerTest, AnyPolicy) {
  struct Case {
    QueryHandler::AnyPolicy policy;
    bool udp, tcp;
  };
  for (const Case& c :
       {Case{QueryHandler::AnyPolicy::kMinimalUdp, true, false}, Case{QueryHandler::AnyPolicy::kMinimal, true, true},
        Case{QueryHandler::AnyPolicy::kFull, false, false}}) {
    options_.any = c.policy;
    Make();
    EXPECT_TRUE(Udp(Query("a.test.", rr::kANY)));
    EXPECT_EQ(TheQuery().query.minimal_any, c.udp);
    Make();
    EXPECT_TRUE(Tcp(Query("a.test.", rr::kANY)));
    EXPECT_EQ(TheQuery().query.minimal_any, c.tcp);
  }
}

TEST_F(QueryHandlerTest, CodesAndExtendedErrorsOfTheBackendReachTheClient) {
  EXPECT_TRUE(Udp(EdnsQuery("a.test.", 1232)));
  BackendAnswer answer;
  answer.id = TheQuery().query.id;
  answer.rcode = rcode::kServFail;
  answer.has_extended_error = true;
  answer.extended_error = ede::kInvalidData;
  answer.extended_error_text = "snapshot damaged";
  FakeBackend& one = Asked();
  FakeBackend& other = NotAsked();
  one.Answer(answer);
  // Another replica's copy may be sound.
  EXPECT_THAT(udp_.sent, IsEmpty());
  ASSERT_THAT(other.submitted, SizeIs(1));
  other.Answer(answer);
  const dns::Message sent = UdpAnswer();
  EXPECT_EQ(sent.rcode, rcode::kServFail);
  EXPECT_THAT(ExtendedErrors(sent), ElementsAre(ede::kInvalidData));
  EXPECT_EQ(sent.edns->options[0].value.substr(2), "snapshot damaged");
}

TEST_F(QueryHandlerTest, AnswerToAnotherQuestionIsNone) {
  EXPECT_TRUE(Udp(Query("a.test.")));
  FakeBackend& one = Asked();
  FakeBackend& other = NotAsked();
  one.Answer(one.submitted[0].query.id, AnswerTo("b.test."));
  EXPECT_THAT(udp_.sent, IsEmpty());
  ASSERT_THAT(other.submitted, SizeIs(1));
  EXPECT_EQ(other.submitted[0].name, WireName("a.test."));
  other.Answer(other.submitted[0].query.id, AnswerTo("a.test."));
  EXPECT_EQ(UdpAnswer().rcode, rcode::kNoError);
}

TEST_F(QueryHandlerTest, RefusalIsTriedElsewhereAndNeverTold) {
  EXPECT_TRUE(Udp(EdnsQuery("a.test.", 1232)));
  FakeBackend& one = Asked();
  FakeBackend& other = NotAsked();
  one.AnswerCode(one.submitted[0].query.id, rcode::kRefused);
  ASSERT_THAT(other.submitted, SizeIs(1));
  EXPECT_THAT(udp_.sent, IsEmpty());
  other.AnswerCode(other.submitted[0].query.id, rcode::kRefused);
  EXPECT_EQ(UdpAnswer().rcode, rcode::kServFail);
  EXPECT_EQ(handler_->pending(), 0u);
}

TEST_F(QueryHandlerTest, ReplicaThatDiesHandsItsQueriesToTheOther) {
  for (int i = 0; i < 10; ++i) handler_->OnMessage(Wire(Query("a.test.")), udp_.MakeClient(i));
  handler_->Flush();
  FakeBackend& dead = Asked();
  FakeBackend& alive = NotAsked();
  EXPECT_THAT(dead.submitted, SizeIs(10)) << "one batch, one replica";
  const int flushes = alive.flushes;
  dead.GoDown();
  EXPECT_THAT(alive.submitted, SizeIs(10));
  EXPECT_GT(alive.flushes, flushes) << "at once";
  for (const auto& submitted : alive.submitted) alive.Answer(submitted.query.id, AnswerTo("a.test."));
  EXPECT_THAT(udp_.sent, SizeIs(10));
  EXPECT_EQ(handler_->pending(), 0u);
}

TEST_F(QueryHandlerTest, LastReplicaThatDiesFailsItsQueries) {
  first_.GoDown();
  EXPECT_TRUE(Udp(EdnsQuery("a.test.", 1232)));
  second_.GoDown();
  const dns::Message answer = UdpAnswer();
  EXPECT_EQ(answer.rcode, rcode::kServFail);
  EXPECT_THAT(ExtendedErrors(answer), ElementsAre(ede::kNetworkError));
  // And who comes now hears it at once.
  EXPECT_TRUE(Udp(EdnsQuery("a.test.", 1232)));
  EXPECT_THAT(ExtendedErrors(UdpAnswer()), ElementsAre(ede::kNetworkError));
  EXPECT_EQ(handler_->pending(), 0u);
}

TEST_F(QueryHandlerTest, OnlyReplicasThatServeTheZoneAreAsked) {
  zones_.Publish(Zones({{"a.test.", 2}}));
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(Udp(Query("a.test.")));
  EXPECT_THAT(first_.submitted, IsEmpty());
  EXPECT_THAT(second_.submitted, SizeIs(4));
}

TEST_F(QueryHandlerTest, BatchesTakeTurns) {
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(Udp(Query("a.test.")));
  EXPECT_THAT(first_.submitted, SizeIs(5));
  EXPECT_THAT(second_.submitted, SizeIs(5));
}

TEST_F(QueryHandlerTest, LateAndSecondAnswersAreIgnored) {
  EXPECT_TRUE(Udp(Query("a.test.")));
  FakeBackend& one = Asked();
  FakeBackend& other = NotAsked();
  const uint32_t id = one.submitted[0].query.id;
  other.Answer(id, AnswerTo("a.test."));
  EXPECT_THAT(udp_.sent, IsEmpty()) << "from one that was not asked";
  one.Answer(id, AnswerTo("a.test."));
  one.Answer(id, AnswerTo("a.test."));
  EXPECT_THAT(udp_.sent, SizeIs(1));
  // The slot is used again; the old id is not its.
  EXPECT_TRUE(Udp(Query("b.a.test.")));
  one.Answer(id, AnswerTo("a.test."));
  other.Answer(id, AnswerTo("a.test."));
  EXPECT_THAT(udp_.sent, SizeIs(1));
  one.Answer(0, AnswerTo("a.test."));
  one.Answer(0xffffffff, AnswerTo("a.test."));
  EXPECT_THAT(udp_.sent, SizeIs(1));
}

TEST_F(QueryHandlerTest, HungReplicaIsGivenUp) {
  EXPECT_TRUE(Udp(Query("a.test.")));
  FakeBackend& hung = Asked();
  FakeBackend& other = NotAsked();
  for (int i = 0; i < 5; ++i) {
    clock_.Advance(absl::Milliseconds(100));
    handler_->OnTick();
  }
  EXPECT_EQ(hung.breaks, 0);
  clock_.Advance(absl::Milliseconds(100));
  handler_->OnTick();
  EXPECT_EQ(hung.breaks, 1);
  EXPECT_EQ(other.breaks, 0) << "it owes nothing";
  ASSERT_THAT(other.submitted, SizeIs(1));
  EXPECT_EQ(other.submitted[0].query.time_left, options_.deadline - absl::Milliseconds(600));
  other.Answer(other.submitted[0].query.id, AnswerTo("a.test."));
  EXPECT_EQ(UdpAnswer().rcode, rcode::kNoError);
}

TEST_F(QueryHandlerTest, ReplicaThatAnswersDoesNotHang) {
  second_.GoDown();
  for (int i = 0; i < 20; ++i) {
    // Two come, one is answered: it is slow, but alive.
    EXPECT_TRUE(Udp(Query("a.test.")));
    EXPECT_TRUE(Udp(Query("a.test.")));
    first_.Answer(first_.submitted.back().query.id, AnswerTo("a.test."));
    clock_.Advance(absl::Milliseconds(100));
    handler_->OnTick();
  }
  EXPECT_EQ(first_.breaks, 0);
}

TEST_F(QueryHandlerTest, IdleReplicaDoesNotHang) {
  clock_.Advance(absl::Seconds(100));
  EXPECT_TRUE(Udp(Query("a.test.")));
  handler_->OnTick();
  EXPECT_EQ(Asked().breaks, 0) << "the time counts from when it got work";
}

TEST_F(QueryHandlerTest, DeadlineFailsAQuery) {
  options_.hung_after = absl::Seconds(100);
  Make();
  EXPECT_TRUE(Udp(EdnsQuery("a.test.", 1232)));
  const uint32_t id = TheQuery().query.id;
  clock_.Advance(options_.deadline - absl::Milliseconds(1));
  handler_->OnTick();
  EXPECT_THAT(udp_.sent, IsEmpty());
  EXPECT_TRUE(Udp(EdnsQuery("a.test.", 1232)));
  clock_.Advance(absl::Milliseconds(1));
  handler_->OnTick();
  EXPECT_EQ(UdpAnswer().rcode, rcode::kServFail);
  EXPECT_EQ(handler_->pending(), 1u) << "the younger query has its own time";
  first_.Answer(id, AnswerTo("a.test."));
  second_.Answer(id, AnswerTo("a.test."));
  EXPECT_THAT(udp_.sent, IsEmpty());
}

TEST_F(QueryHandlerTest, NoRetryAfterTheDeadline) {
  EXPECT_TRUE(Udp(Query("a.test.")));
  FakeBackend& dead = Asked();
  clock_.Advance(options_.deadline);
  handler_->Flush();
  dead.GoDown();
  EXPECT_EQ(UdpAnswer().rcode, rcode::kServFail);
}

TEST_F(QueryHandlerTest, FullTableShedsAndRecovers) {
  options_.max_pending = 3;
  Make();
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(Udp(Query("a.test.")));
  EXPECT_FALSE(Udp(Query("a.test."))) << "UDP in silence: the client asks again";
  EXPECT_THAT(udp_.sent, IsEmpty());
  EXPECT_TRUE(Tcp(Query("a.test.")));
  EXPECT_EQ(Answer(&tcp_).rcode, rcode::kServFail);
  FakeBackend& backend = first_.submitted.empty() ? second_ : first_;
  backend.Answer(backend.submitted[0].query.id, AnswerTo("a.test."));
  udp_.sent.clear();
  EXPECT_TRUE(Udp(Query("a.test.")));
  EXPECT_EQ(handler_->pending(), 3u);
}

TEST_F(QueryHandlerTest, BackendMayAnswerDuringSubmit) {
  for (FakeBackend* backend : {&first_, &second_}) {
    backend->on_submit = [backend](const BackendQuery& query) { backend->Answer(query.id, AnswerTo("a.test.")); };
  }
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(Udp(Query("a.test.")));
  EXPECT_THAT(udp_.sent, SizeIs(100));
  EXPECT_EQ(handler_->pending(), 0u);
}

TEST_F(QueryHandlerTest, RefusalDuringSubmitIsTriedElsewhere) {
  first_.on_submit = [this](const BackendQuery& query) { first_.AnswerCode(query.id, rcode::kRefused); };
  second_.on_submit = [this](const BackendQuery& query) { second_.Answer(query.id, AnswerTo("a.test.")); };
  for (int i = 0; i < 10; ++i) {
    EXPECT_TRUE(Udp(Query("a.test.")));
    EXPECT_EQ(UdpAnswer().rcode, rcode::kNoError);
  }
}

// However queries end, the table is empty in the end and each client was answered once.
TEST_F(QueryHandlerTest, TableLeaksNothing) {
  options_.max_pending = 8;
  options_.hung_after = absl::Seconds(100);
  Make();
  for (int round = 0; round < 200; ++round) {
    udp_.sent.clear();
    first_.submitted.clear();
    second_.submitted.clear();
    for (int i = 0; i < 8; ++i) {
      ASSERT_TRUE(handler_->OnMessage(Wire(Query("a.test.")), udp_.MakeClient(i))) << "round " << round;
    }
    handler_->Flush();
    FakeBackend& asked = Asked();
    FakeBackend& other = NotAsked();
    const auto sent = asked.submitted;
    asked.Answer(sent[0].query.id, AnswerTo("a.test."));
    asked.Answer(sent[1].query.id, "nonsense");
    asked.AnswerCode(sent[2].query.id, rcode::kRefused);
    asked.AnswerCode(sent[3].query.id, rcode::kServFail);
    if (round % 3 == 0) asked.GoDown();
    if (round % 3 == 1) other.GoDown();
    clock_.Advance(options_.deadline);
    handler_->OnTick();
    ASSERT_EQ(handler_->pending(), 0u) << "round " << round;
    std::vector<int> answers(8);
    for (const auto& answer : udp_.sent) ++answers[answer.connection];
    ASSERT_THAT(answers, ::testing::Each(1)) << "round " << round;
    if (!first_.up()) first_.GoUp();
    if (!second_.up()) second_.GoUp();
  }
}

}  // namespace
}  // namespace strata::frontend
