// Tests of the whole resolver, over sockets, against name servers of the tests' making.
//
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <fstream>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "dns/edns.h"
#include "dns/header.h"
#include "dns/message.h"
#include "dns/name.h"
#include "dns/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "recursor/core/testing/messages.h"
#include "recursor/core/testing/recording_client.h"
#include "recursor/resolver.h"
#include "recursor/testing/threaded_server.h"

namespace strata::recursor {
namespace {

using testing::FakeQuery;
using testing::FakeServer;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::MakeReply;
using testing::MessageSummary;
using testing::RecordedAnswer;
using testing::RecordingClient;
using testing::ReplyText;
using testing::ThreadedServer;
using testing::WireName;

// An address that only this name has.
std::string AddressOf(absl::string_view wire_name) {
  uint32_t hash = 0;
  for (char c : dns::ToLowerAscii(wire_name)) hash = hash * 31 + static_cast<uint8_t>(c);
  return absl::StrCat("10.", hash >> 16 & 255, ".", hash >> 8 & 255, ".", hash & 255);
}

std::string GoodReply(absl::string_view query) {
  const dns::Name name = dns::ParseMessage(query)->questions[0].name;
  const std::string line = absl::StrCat(name.ToText(), " 300 A ", AddressOf(name.wire()));
  return MakeReply(query, {.answer = {line}});
}

void AnswerWell(FakeServer* server, const FakeQuery& query) { server->Reply(query, GoodReply(query.message)); }
void SayNothing(FakeServer*, const FakeQuery&) {}

std::string GoodSummary(absl::string_view name) {
  return absl::StrCat("NOERROR\nanswer:\n", name, " 300 IN A ", AddressOf(WireName(name)));
}

class ForwardingResolverTest : public ::testing::Test {
 protected:
  void Start(std::vector<base::SocketAddress> servers) {
    options_.forward = std::move(servers);
    absl::StatusOr<std::unique_ptr<Resolver>> resolver = Resolver::Start(options_);
    ASSERT_THAT(resolver, IsOk());
    resolver_ = *std::move(resolver);
  }

  void Ask(const std::vector<std::string>& names) {
    std::vector<std::string> wires;
    wires.reserve(names.size());
    std::vector<ResolverQuestion> questions;
    for (const std::string& name : names) {
      wires.push_back(WireName(name));
      ResolverQuestion question;
      question.id = next_id_++;
      question.name = wires.back();
      question.type = dns::rr_type::kA;
      question.rr_class = dns::rr_class::kIN;
      questions.push_back(question);
    }
    resolver_->Resolve(client_, questions);
  }

  RecordedAnswer AnswerTo(const std::string& name) {
    const size_t before = client_->count();
    Ask({name});
    EXPECT_TRUE(client_->WaitFor(before + 1));
    return client_->answers().back();
  }

  ResolverOptions options_;
  std::unique_ptr<Resolver> resolver_;
  std::shared_ptr<RecordingClient> client_ = std::make_shared<RecordingClient>();
  uint32_t next_id_ = 0;
};

TEST_F(ForwardingResolverTest, ForwardsAQuestion) {
  ThreadedServer server(AnswerWell);
  Start({server.address()});
  const RecordedAnswer answer = AnswerTo("www.example.");
  EXPECT_EQ(MessageSummary(answer.wire), GoodSummary("www.example."));
  EXPECT_EQ(answer.id, 0u);
  EXPECT_EQ(server.queries(), 1u);
}

TEST_F(ForwardingResolverTest, AServerWithoutAProcessCostsNothing) {
  ThreadedServer server(AnswerWell);
  base::SocketAddress closed;
  { closed = ThreadedServer(SayNothing).address(); }
  Start({closed, server.address()});
  for (int i = 0; i < 20; ++i) {
    const std::string name = absl::StrCat("n", i, ".example.");
    EXPECT_EQ(MessageSummary(AnswerTo(name).wire), GoodSummary(name));
  }
  EXPECT_EQ(server.queries(), 20u);
}

TEST_F(ForwardingResolverTest, ASilentServerIsLeftForTheOther) {
  ThreadedServer silent(SayNothing);
  ThreadedServer server(AnswerWell);
  Start({silent.address(), server.address()});
  for (int i = 0; i < 200; ++i) {
    const std::string name = absl::StrCat("n", i, ".example.");
    EXPECT_EQ(MessageSummary(AnswerTo(name).wire), GoodSummary(name));
  }
  // But for the first question, it is asked in passing only.
  EXPECT_GE(silent.queries(), 1u);
  EXPECT_LT(silent.queries(), 20u);
}

TEST_F(ForwardingResolverTest, AServerThatIsKilledLosesNobodysQuestion) {
  auto first = std::make_unique<ThreadedServer>(AnswerWell);
  ThreadedServer second(AnswerWell);
  Start({first->address(), second.address()});
  std::vector<std::string> names;
  for (int i = 0; i < 2000; ++i) names.push_back(absl::StrCat("n", i, ".example."));
  for (size_t i = 0; i < names.size(); i += 100) {
    if (i == 1000) first.reset();
    Ask({names.begin() + i, names.begin() + i + 100});
  }
  ASSERT_TRUE(client_->WaitFor(names.size()));
  for (const RecordedAnswer& answer : client_->answers()) {
    EXPECT_EQ(MessageSummary(answer.wire), GoodSummary(names[answer.id]));
  }
}

TEST_F(ForwardingResolverTest, NobodyReplies) {
  base::SocketAddress closed;
  { closed = ThreadedServer(SayNothing).address(); }
  Start({closed});
  const RecordedAnswer answer = AnswerTo("www.example.");
  EXPECT_EQ(answer.rcode, dns::rcode::kServFail);
  EXPECT_EQ(answer.extended_error, dns::extended_error::kNetworkError);
  EXPECT_EQ(answer.extended_error_text, absl::StrCat(closed.ToText(), " is unreachable"));
}

TEST_F(ForwardingResolverTest, ALargeAnswerComesOverTcp) {
  ThreadedServer server([](FakeServer* fake, const FakeQuery& query) {
    if (!query.tcp()) return fake->Reply(query, MakeReply(query.message, {.truncated = true}));
    std::vector<std::string> lines;
    for (int i = 0; i < 1500; ++i) lines.push_back(absl::StrCat("big.example. 60 A 10.9.", i / 250, ".", i % 250));
    ReplyText text;
    text.answer.assign(lines.begin(), lines.end());
    fake->Reply(query, MakeReply(query.message, text));
  });
  Start({server.address()});
  const RecordedAnswer answer = AnswerTo("big.example.");
  EXPECT_EQ(dns::ParseMessage(answer.wire)->answer.size(), 1500u);
  EXPECT_EQ(server.queries(), 2u);
}

TEST_F(ForwardingResolverTest, IdenticalQuestionsReachTheServerOnce) {
  std::mutex mutex;
  std::condition_variable all_asked;
  bool go = false;
  ThreadedServer server([&](FakeServer* fake, const FakeQuery& query) {
    std::unique_lock<std::mutex> lock(mutex);
    all_asked.wait(lock, [&] { return go; });
    fake->Reply(query, GoodReply(query.message));
  });
  options_.limits.packets = 1;  // nothing is sent again, however slow this machine is
  options_.loops = 2;
  Start({server.address()});
  std::vector<std::thread> askers;
  for (int i = 0; i < 4; ++i) {
    auto client = client_;
    askers.emplace_back([this, client] {
      const std::string wire = WireName("www.example.");
      ResolverQuestion question;
      question.name = wire;
      question.type = dns::rr_type::kA;
      question.rr_class = dns::rr_class::kIN;
      for (int j = 0; j < 250; ++j) resolver_->Resolve(client, {question});
    });
  }
  for (std::thread& asker : askers) asker.join();
  // Answered at once, and behind all the others: they have joined the first by then.
  const auto last = std::make_shared<RecordingClient>();
  const std::string wire = WireName("www.example.");
  ResolverQuestion transfer;
  transfer.name = wire;
  transfer.type = dns::rr_type::kAXFR;
  transfer.rr_class = dns::rr_class::kIN;
  resolver_->Resolve(last, {transfer});
  ASSERT_TRUE(last->WaitFor(1));
  {
    const std::lock_guard<std::mutex> lock(mutex);
    go = true;
  }
  all_asked.notify_all();
  ASSERT_TRUE(client_->WaitFor(1000));
  for (const RecordedAnswer& answer : client_->answers()) {
    EXPECT_EQ(MessageSummary(answer.wire), GoodSummary("www.example."));
  }
  EXPECT_EQ(server.queries(), 1u);
}

TEST_F(ForwardingResolverTest, ForgedRepliesAreNotTaken) {
  ThreadedServer server([](FakeServer* fake, const FakeQuery& query) {
    const std::string forged = MakeReply(query.message, {.answer = {"www.example. 300 A 192.0.2.66"}});
    std::string bad = forged;
    bad[0] = static_cast<char>(bad[0] ^ 1);  // ID
    fake->Reply(query, bad);
    bad = forged;
    for (size_t i = dns::kHeaderSize; i < dns::kHeaderSize + 13; ++i) bad[i] = dns::ToLowerAscii(bad[i]);
    if (bad != forged) fake->Reply(query, bad);  // letter case
    bad = forged;
    bad[dns::kHeaderSize + 14] = 28;  // question's type
    fake->Reply(query, bad);
    fake->ReplyFromElsewhere(query, forged);
    fake->Reply(query, GoodReply(query.message));
  });
  Start({server.address()});
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(MessageSummary(AnswerTo("www.example.").wire), GoodSummary("www.example."));
  }
}

TEST_F(ForwardingResolverTest, WhenOnlyNearlyMatchingRepliesComeTcpIsAsked) {
  ThreadedServer server([](FakeServer* fake, const FakeQuery& query) {
    std::string reply = GoodReply(query.message);
    if (!query.tcp()) reply[0] = static_cast<char>(reply[0] ^ 1);
    fake->Reply(query, reply);
  });
  Start({server.address()});
  EXPECT_EQ(MessageSummary(AnswerTo("www.example.").wire), GoodSummary("www.example."));
}

TEST_F(ForwardingResolverTest, ManyThousands) {
  ThreadedServer first(AnswerWell);
  ThreadedServer second(AnswerWell);
  options_.loops = 2;
  std::ofstream(::testing::TempDir() + "/resolv.conf") << "options rotate attempts:5\n";
  options_.resolv_conf = ::testing::TempDir() + "/resolv.conf";
  Start({first.address(), second.address()});
  std::vector<std::string> names;
  for (int i = 0; i < 20000; ++i) names.push_back(absl::StrCat("n", i, ".example."));
  // Some hundreds in flight: as many as the servers' sockets have room for.
  constexpr size_t kStep = 100;
  for (size_t i = 0; i < names.size(); i += kStep) {
    Ask({names.begin() + i, names.begin() + i + kStep});
    if (i >= 2 * kStep) {
      ASSERT_TRUE(client_->WaitFor(i - 2 * kStep));
    }
    // While the loops count on.
    base::MetricsWriter metrics;
    resolver_->WriteMetrics(&metrics);
    EXPECT_THAT(resolver_->GetReadiness().reasons, IsEmpty());
  }
  ASSERT_TRUE(client_->WaitFor(names.size()));
  std::vector<bool> seen(names.size());
  for (const RecordedAnswer& answer : client_->answers()) {
    EXPECT_FALSE(seen[answer.id]);
    seen[answer.id] = true;
    EXPECT_EQ(MessageSummary(answer.wire), GoodSummary(names[answer.id])) << answer.extended_error_text;
  }
  base::MetricsWriter metrics;
  resolver_->WriteMetrics(&metrics);
  EXPECT_THAT(metrics.status(), IsOk());
  EXPECT_THAT(metrics.text(), HasSubstr("\nstrata_recursor_queries_total{type=\"A\"} 20000\n"));
  EXPECT_THAT(metrics.text(), HasSubstr("\nstrata_recursor_answers_total{rcode=\"NOERROR\"} 20000\n"));
}

// Far more than fits anywhere: what gets no answer gets a failure, each question one of the two.
TEST_F(ForwardingResolverTest, ManyThousandsAtOnce) {
  ThreadedServer server(AnswerWell);
  options_.limits.time = absl::Seconds(2);
  Start({server.address()});
  std::vector<std::string> names;
  for (int i = 0; i < 20000; ++i) names.push_back(absl::StrCat("n", i, ".example."));
  Ask(names);
  ASSERT_TRUE(client_->WaitFor(names.size()));
  std::vector<bool> seen(names.size());
  for (const RecordedAnswer& answer : client_->answers()) {
    EXPECT_FALSE(seen[answer.id]);
    seen[answer.id] = true;
    if (answer.wire.empty()) {
      EXPECT_EQ(answer.rcode, dns::rcode::kServFail);
    } else {
      EXPECT_EQ(MessageSummary(answer.wire), GoodSummary(names[answer.id]));
    }
  }
}

TEST_F(ForwardingResolverTest, WhoIsInFlightAtTheEndIsAnswered) {
  ThreadedServer server(SayNothing);
  options_.loops = 2;
  Start({server.address()});
  std::vector<std::string> names;
  for (int i = 0; i < 500; ++i) names.push_back(absl::StrCat("n", i, ".example."));
  Ask(names);
  resolver_.reset();
  EXPECT_EQ(client_->count(), names.size());
  EXPECT_EQ(client_->answers()[0].rcode, dns::rcode::kServFail);
}

TEST_F(ForwardingResolverTest, TheHostsFileIsReadAgain) {
  ThreadedServer server(AnswerWell);
  const std::string path = ::testing::TempDir() + "/hosts";
  std::ofstream(path) << "192.0.2.1 www.example\n";
  options_.hosts_file = path;
  options_.file_interval = absl::Milliseconds(10);
  Start({server.address()});
  EXPECT_THAT(MessageSummary(AnswerTo("www.example.").wire), HasSubstr("0 IN A 192.0.2.1"));
  std::ofstream(path) << "192.0.2.22 www.example\n";
  while (MessageSummary(AnswerTo("www.example.").wire).find("192.0.2.22") == std::string::npos) {
    absl::SleepFor(absl::Milliseconds(5));
  }
  std::remove(path.c_str());
  absl::SleepFor(absl::Milliseconds(50));
  EXPECT_THAT(MessageSummary(AnswerTo("www.example.").wire), HasSubstr("192.0.2.22"));
  std::ofstream(path) << "# nothing\n";
  while (MessageSummary(AnswerTo("www.example.").wire) != GoodSummary("www.example.")) {
    absl::SleepFor(absl::Milliseconds(5));
  }
}

TEST_F(ForwardingResolverTest, ALoopThatIsHungIsTold) {
  // Hangs whoever answers it.
  class HangingClient final : public ResolverClient {
   public:
    void OnAnswer(const ResolverAnswer&) override {
      std::unique_lock<std::mutex> lock(mutex_);
      go_.wait(lock, [this] { return released_; });
    }
    void Release() {
      const std::lock_guard<std::mutex> lock(mutex_);
      released_ = true;
      go_.notify_all();
    }

   private:
    std::mutex mutex_;  // guards released_
    std::condition_variable go_;
    bool released_ = false;
  };

  ThreadedServer server(SayNothing);
  Start({server.address()});
  EXPECT_EQ(resolver_->silence(), absl::ZeroDuration());
  Ask({"waiting.example."});
  absl::SleepFor(absl::Milliseconds(300));
  // It waits for a server, and turns: this would be 300 ms otherwise. No bound that a busy machine could break.
  while (resolver_->silence() > absl::Milliseconds(200)) absl::SleepFor(absl::Milliseconds(1));

  const auto hanging = std::make_shared<HangingClient>();
  const std::string wire = WireName("localhost.");
  ResolverQuestion question;
  question.name = wire;
  question.type = dns::rr_type::kA;
  question.rr_class = dns::rr_class::kIN;
  resolver_->Resolve(hanging, {question});
  while (resolver_->silence() < absl::Milliseconds(500)) absl::SleepFor(absl::Milliseconds(1));
  hanging->Release();
  while (resolver_->silence() > absl::Milliseconds(200)) absl::SleepFor(absl::Milliseconds(1));
}

TEST(ResolverStartTest, SaysWhatIsMissing) {
  EXPECT_THAT(Resolver::Start({}),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("--forward or --resolv_conf")));
  ResolverOptions options;
  options.resolv_conf = "/nonexistent/resolv.conf";
  EXPECT_THAT(Resolver::Start(options),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("--resolv_conf: /nonexistent/resolv.conf")));
  options.resolv_conf.clear();
  options.forward = {*base::SocketAddress::FromText("127.0.0.1:53")};
  options.hosts_file = "/";
  EXPECT_THAT(Resolver::Start(options),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("--hosts_file: /: not a regular file")));
  options.hosts_file.clear();
  options.loops = 0;
  EXPECT_THAT(Resolver::Start(options), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("loop")));
}

}  // namespace
}  // namespace strata::recursor
