// The cache as a process, spoken to over gRPC as a frontend does.
//
// SPDX-License-Identifier: Apache-2.0
#include <grpcpp/grpcpp.h>
#include <signal.h>

#include <memory>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "proto/cache/v1/cache.grpc.pb.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/files.h"
#include "tests/cluster/process.h"

namespace strata::tests {
namespace {

using cache::v1::Reply;
using cache::v1::Request;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string kName("\3www\4test\0", 10);
const std::string kOtherName("\5other\4test\0", 12);
// The address of www.test., for an hour.
const std::string kAnswer = std::string("\0\0\x81\x80\0\1\0\1\0\0\0\0", 12) + kName + std::string("\0\1\0\1", 4) +
                            std::string("\xc0\x0c\0\1\0\1\0\0\x0e\x10\0\4\xc0\0\2\1", 16);

// One stream. Replies are awaited for a minute, which no stream here should outlive.
class Client {
 public:
  explicit Client(const std::string& address)
      : stub_(cache::v1::CacheService::NewStub(grpc::CreateChannel(address, grpc::InsecureChannelCredentials()))) {
    context_.set_deadline(std::chrono::system_clock::now() + std::chrono::minutes(1));
    stream_ = stub_->Exchange(&context_);
  }

  bool Send(Request::Kind kind, const std::string& token = "", const std::string& wire = "",
            const std::string& name = kName) {
    cache::v1::RequestBatch batch;
    Request* request = batch.add_requests();
    request->set_kind(kind);
    request->set_id(++id_);
    if (kind == Request::LOOKUP) {
      request->set_name(name);
      request->set_type(1);
      request->set_rr_class(1);
    }
    request->set_token(token);
    request->set_wire(wire);
    return stream_->Write(batch);
  }
  std::optional<Reply> Next() {
    cache::v1::ReplyBatch batch;
    while (batch.replies().empty()) {  // a heartbeat
      if (!stream_->Read(&batch)) return std::nullopt;
    }
    EXPECT_EQ(batch.replies_size(), 1);
    return batch.replies(0);
  }
  Reply LookUp() {
    EXPECT_TRUE(Send(Request::LOOKUP));
    const std::optional<Reply> reply = Next();
    EXPECT_TRUE(reply);
    return reply.value_or(Reply());
  }
  grpc::Status Finish() { return stream_->Finish(); }

 private:
  const std::unique_ptr<cache::v1::CacheService::Stub> stub_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReaderWriter<cache::v1::RequestBatch, cache::v1::ReplyBatch>> stream_;
  uint32_t id_ = 0;
};

class CacheTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(cache_.WaitUntilReady()) << cache_.Describe(); }

  const TemporaryFolder folder_;
  const std::string address_ = "unix:" + folder_.Path("s");
  Process cache_{{Runfile("cache/cache"), "--listen=" + address_, "--memory=1MiB", "--workers=2"}, folder_.Path("log")};
};

TEST_F(CacheTest, OneResolvesForAll) {
  Client one(address_), two(address_);
  const Reply miss = one.LookUp();
  EXPECT_EQ(miss.kind(), Reply::MISS);
  EXPECT_EQ(two.LookUp().kind(), Reply::PARKED);
  ASSERT_TRUE(one.Send(Request::FILL, miss.token(), kAnswer));
  const std::optional<Reply> hit = two.Next();
  ASSERT_TRUE(hit);
  EXPECT_EQ(hit->kind(), Reply::HIT);
  EXPECT_EQ(hit->wire().size(), kAnswer.size());
  EXPECT_EQ(Client(address_).LookUp().kind(), Reply::HIT);
}

// Its holder is there, and hangs.
TEST_F(CacheTest, LeaseThatIsNotRenewedGoesToAnother) {
  Client one(address_), two(address_);
  const std::string token = one.LookUp().token();
  EXPECT_EQ(two.LookUp().kind(), Reply::PARKED);
  const std::optional<Reply> turn = two.Next();
  ASSERT_TRUE(turn);
  EXPECT_EQ(turn->kind(), Reply::MISS);
  EXPECT_EQ(turn->token().size(), 16u);
  EXPECT_NE(turn->token(), token);
}

// Whoever can reach the cache can put into it only what it was told to find.
TEST_F(CacheTest, FillsNeedTheTokenOfTheirLease) {
  Client holder(address_), other(address_);
  const std::string token = holder.LookUp().token();
  ASSERT_TRUE(other.Send(Request::LOOKUP, "", "", kOtherName));
  const std::optional<Reply> miss = other.Next();
  ASSERT_TRUE(miss && miss->token().size() == 16u);
  for (const std::string& wrong : {std::string(), std::string(16, 'x'), token.substr(1), miss->token(), token}) {
    // Even the right token is the holder's alone.
    ASSERT_TRUE(other.Send(Request::FILL, wrong, kAnswer));
    const std::optional<Reply> refused = other.Next();
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->kind(), Reply::REFUSED);
    Client asker(address_);
    EXPECT_EQ(asker.LookUp().kind(), Reply::PARKED) << "It is still to be found.";
  }
  ASSERT_TRUE(holder.Send(Request::FILL, token, kAnswer));
  EXPECT_EQ(holder.LookUp().kind(), Reply::HIT);
  // A lease is for one fill.
  ASSERT_TRUE(holder.Send(Request::FILL, token, kAnswer));
  EXPECT_EQ(holder.Next()->kind(), Reply::REFUSED);
}

// Streams that are idle, lease and wait: none of them holds the end up.
TEST_F(CacheTest, EndsInOrderUnderOpenStreams) {
  Client idle(address_), leasing(address_), waiting(address_);
  leasing.LookUp();
  EXPECT_EQ(waiting.LookUp().kind(), Reply::PARKED);
  cache_.Signal(SIGTERM);
  EXPECT_EQ(cache_.WaitForExit(absl::Seconds(30)), 0) << cache_.Describe();
  EXPECT_THAT(cache_.Stderr(), HasSubstr("draining"));
  EXPECT_THAT(cache_.Stderr(), Not(HasSubstr("level=error")));
  while (waiting.Next()) continue;
  EXPECT_FALSE(waiting.Finish().ok());
}

}  // namespace
}  // namespace strata::tests
