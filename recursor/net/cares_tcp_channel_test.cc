// Tests of a connection to one server: how queries on it end.
//
// SPDX-License-Identifier: Apache-2.0
#include "recursor/net/cares_tcp_channel.h"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "dns/header.h"
#include "gtest/gtest.h"
#include "recursor/net/testing/fake_server.h"

namespace strata::recursor {
namespace {

using testing::FakeQuery;
using testing::FakeServer;
using testing::QueryFor;
using testing::ReplyTo;

struct Query final : TcpQuery {
  Query() { query = QueryFor("example."); }
  void OnEnded(End its_end, absl::string_view its_message) override {
    EXPECT_FALSE(end) << "once only";
    end = its_end;
    message = std::string(its_message);
  }
  std::optional<End> end;
  std::string message;
};

class CaresTcpChannelTest : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    ASSERT_TRUE(InitCares().ok());
    channel_ = *CaresTcpChannel::Create(&loop_, &random_, server_.address());
  }
  void RunUntilEnded(const Query& query) {
    while (!query.end) loop_.RunOnce(absl::InfiniteDuration());
  }

  base::EventLoop loop_;
  RandomBits random_;
  FakeServer server_{&loop_, GetParam()};
  std::vector<Query> queries_{50};
  std::unique_ptr<CaresTcpChannel> channel_;
};

TEST_P(CaresTcpChannelTest, EachGetsItsOwnReply) {
  server_.set_behaviour([this](const FakeQuery& query) { server_.Reply(query, ReplyTo(query.message)); });
  for (Query& query : queries_) channel_->Send(&query);
  EXPECT_EQ(channel_->in_flight(), queries_.size());
  std::set<uint16_t> ids;
  for (const Query& query : queries_) {
    RunUntilEnded(query);
    EXPECT_EQ(query.end, TcpQuery::End::kReply);
    EXPECT_EQ(query.message, ReplyTo(query.query));
    EXPECT_EQ(query.channel, nullptr);
    ids.insert(dns::GetU16(query.query, 0));
  }
  EXPECT_EQ(ids.size(), queries_.size());
  EXPECT_EQ(channel_->in_flight(), 0u);
  EXPECT_EQ(server_.connections(), 1u);
}

TEST_P(CaresTcpChannelTest, ClosedTwiceIsBroken) {
  server_.set_behaviour([this](const FakeQuery& query) { server_.Close(query); });
  channel_->Send(&queries_[0]);
  RunUntilEnded(queries_[0]);
  EXPECT_EQ(queries_[0].end, TcpQuery::End::kBroken);
  EXPECT_EQ(server_.connections(), 2u);
}

TEST_P(CaresTcpChannelTest, RefusedIsUnreachable) {
  base::SocketAddress nobody;
  {
    base::EventLoop loop;
    nobody = FakeServer(&loop, GetParam()).address();
  }
  channel_ = *CaresTcpChannel::Create(&loop_, &random_, nobody);
  channel_->Send(&queries_[0]);
  RunUntilEnded(queries_[0]);
  EXPECT_EQ(queries_[0].end, TcpQuery::End::kUnreachable);
}

TEST_P(CaresTcpChannelTest, GoingAwayEndsThem) {
  for (Query& query : queries_) channel_->Send(&query);
  loop_.RunOnce(absl::InfiniteDuration());
  channel_.reset();
  for (const Query& query : queries_) EXPECT_EQ(query.end, TcpQuery::End::kDestroyed);
}

INSTANTIATE_TEST_SUITE_P(Families, CaresTcpChannelTest, ::testing::Values("127.0.0.1", "::1"));

}  // namespace
}  // namespace strata::recursor
