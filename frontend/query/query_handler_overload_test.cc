// Tests of queries that authorities are too slow for.
//
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "absl/strings/str_cat.h"
#include "base/testing/fake_clock.h"
#include "dns/edns.h"
#include "dns/header.h"
#include "frontend/query/query_handler.h"
#include "frontend/testing/fake_backend.h"
#include "frontend/testing/fake_transport.h"
#include "frontend/testing/messages.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace strata::frontend {
namespace {

using testing::AnswerTo;
using testing::EdnsQuery;
using ::testing::ElementsAre;
using testing::ExtendedErrors;
using testing::FakeBackend;
using testing::FakeTransport;
using ::testing::IsEmpty;
using testing::Parse;
using ::testing::SizeIs;
using testing::Wire;
using testing::WireName;
using testing::Zones;

constexpr size_t kRoom = InFlightLimit::kLeast;

// Replica 0 has a.test, replica 1 has b.test, and both have c.test.
class QueryHandlerOverloadTest : public ::testing::Test {
 protected:
  QueryHandlerOverloadTest() {
    zones_.Publish(Zones({{"a.test.", 1}, {"b.test.", 2}, {"c.test.", 3}}));
    for (FakeBackend* backend : {&first_, &second_}) {
      backend->set_events(handler_.replica_events());
      handler_.AddReplica(backend);
      backend->GoUp();
    }
  }

  static QueryHandler::Options Options() {
    QueryHandler::Options options;
    options.max_pending = 2 * kRoom;
    return options;
  }

  void Send(FakeTransport* transport, const std::string& name) {
    handler_.OnMessage(Wire(EdnsQuery(name, 1232)), transport->MakeClient());
    handler_.Flush();
  }
  // The first replica then owes as much as it may.
  void FillFirst() {
    for (size_t i = 0; i < kRoom; ++i) Send(&udp_, "a.test.");
    EXPECT_THAT(first_.submitted, SizeIs(kRoom));
  }
  void Wait(absl::Duration time) {
    clock_.Advance(time);
    handler_.Flush();
  }
  // The first `count` of what the first replica owes.
  void AnswerFirst(size_t count) {
    for (size_t i = 0; i < count; ++i) {
      const FakeBackend::Submitted query = first_.submitted[answered_++];
      first_.Answer(query.query.id, AnswerTo("a.test."));
    }
    handler_.Flush();
  }
  uint64_t Dropped(absl::string_view reason) const {
    base::MetricsWriter page;
    const QueryMetrics* const metrics = &handler_.metrics();
    QueryMetrics::Write({&metrics, 1}, &page);
    const std::string sample = absl::StrCat("dropped_total{reason=\"", reason, "\"} ");
    return std::stoull(page.text().substr(page.text().find(sample) + sample.size()));
  }

  base::testing::FakeClock clock_;
  PublishedZones zones_;
  QueryHandler handler_{Options(), zones_, clock_};
  FakeTransport udp_{true}, tcp_{false};
  FakeBackend first_, second_;
  size_t answered_ = 0;
};

TEST_F(QueryHandlerOverloadTest, AReplicaIsAskedNoMoreThanItMayOwe) {
  FillFirst();
  Send(&udp_, "x.a.test.");
  Send(&udp_, "y.a.test.");
  EXPECT_THAT(first_.submitted, SizeIs(kRoom));
  EXPECT_EQ(handler_.metrics().waiting.value(), 2);
  AnswerFirst(1);
  ASSERT_THAT(first_.submitted, SizeIs(kRoom + 1));
  EXPECT_EQ(first_.submitted.back().name, WireName("x.a.test.")) << "first come, first served";
  AnswerFirst(1);
  EXPECT_EQ(first_.submitted.back().name, WireName("y.a.test."));
  EXPECT_EQ(handler_.metrics().waiting.value(), 0);
  EXPECT_EQ(Dropped("too_old"), 0u);
}

TEST_F(QueryHandlerOverloadTest, WhoComesDoesNotOvertakeWhoWaits) {
  FillFirst();
  Send(&udp_, "waits.a.test.");
  // Within one turn: an answer makes room, and somebody comes.
  first_.Answer(first_.submitted[answered_++].query.id, AnswerTo("a.test."));
  Send(&udp_, "comes.a.test.");
  EXPECT_EQ(first_.submitted.back().name, WireName("waits.a.test."));
  EXPECT_EQ(handler_.metrics().waiting.value(), 1);
}

TEST_F(QueryHandlerOverloadTest, OnesTroubleIsNotTheOthers) {
  FillFirst();
  Send(&udp_, "a.test.");
  Send(&udp_, "b.test.");
  Send(&udp_, "c.test.");
  EXPECT_THAT(first_.submitted, SizeIs(kRoom));
  EXPECT_THAT(second_.submitted, SizeIs(2));
}

TEST_F(QueryHandlerOverloadTest, WhoHasWaitedTooLongGoesFirst) {
  FillFirst();
  Send(&udp_, "late.a.test.");
  Send(&tcp_, "late.a.test.");
  Wait(WaitingLine::kPatience);
  EXPECT_EQ(handler_.metrics().waiting.value(), 2);
  Send(&udp_, "fresh.a.test.");
  Wait(absl::Milliseconds(1));
  EXPECT_EQ(handler_.metrics().waiting.value(), 1);
  EXPECT_THAT(udp_.sent, IsEmpty());
  ASSERT_THAT(tcp_.sent, SizeIs(1));
  const dns::Message answer = Parse(tcp_.sent[0].message);
  EXPECT_EQ(answer.rcode, dns::rcode::kServFail);
  EXPECT_THAT(ExtendedErrors(answer), ElementsAre(dns::extended_error::kOther));
  EXPECT_EQ(Dropped("too_old"), 2u);
  AnswerFirst(1);
  EXPECT_EQ(first_.submitted.back().name, WireName("fresh.a.test."));
  AnswerFirst(kRoom);
  EXPECT_EQ(handler_.pending(), 0u);
}

TEST_F(QueryHandlerOverloadTest, NewOnesAreRefusedWhenEverythingIsTaken) {
  for (size_t i = 0; i < 2 * kRoom; ++i) Send(&udp_, "a.test.");
  EXPECT_EQ(Dropped("too_many_pending"), 0u);
  Send(&udp_, "a.test.");
  EXPECT_EQ(Dropped("too_many_pending"), 1u);
  EXPECT_EQ(handler_.metrics().waiting.value(), static_cast<int64_t>(kRoom));
}

TEST_F(QueryHandlerOverloadTest, WhoWaitsForTheOnlyReplicaHearsThatItHasGone) {
  FillFirst();
  Send(&udp_, "a.test.");
  first_.GoDown();
  handler_.Flush();
  EXPECT_THAT(udp_.sent, SizeIs(kRoom + 1));
  EXPECT_EQ(Parse(udp_.sent.back().message).rcode, dns::rcode::kServFail);
  EXPECT_EQ(handler_.pending(), 0u);
  EXPECT_EQ(handler_.metrics().waiting.value(), 0);
}

TEST_F(QueryHandlerOverloadTest, AFasterReplicaMayOweMore) {
  FillFirst();
  AnswerFirst(kRoom);
  for (int tick = 0; tick < 2; ++tick) {
    for (size_t i = 0; i < kRoom; ++i) Send(&udp_, "a.test.");
    AnswerFirst(kRoom);
  }
  clock_.Advance(SilenceWatch::kTick);
  handler_.OnTick();
  for (size_t i = 0; i < 2 * kRoom; ++i) Send(&udp_, "a.test.");
  EXPECT_EQ(handler_.metrics().waiting.value(), 0);
}

}  // namespace
}  // namespace strata::frontend
