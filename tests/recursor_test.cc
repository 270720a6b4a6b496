// The recursor as a process, spoken to over gRPC as a frontend does; strata is the server that it forwards to.
//
// SPDX-License-Identifier: Apache-2.0
#include <arpa/inet.h>
#include <grpcpp/grpcpp.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "dns/rr_type.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "proto/resolve/v1/resolve.grpc.pb.h"
#include "tests/cluster/cluster.h"
#include "tests/cluster/files.h"
#include "tests/cluster/process.h"

namespace strata::tests {
namespace {

using resolve::v1::Answer;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kZone[] =
    "$ORIGIN forward.net.\n"
    "$TTL 60\n"
    "@ SOA ns root 1 3600 600 86400 60\n"
    "@ NS ns\n"
    "ns A 192.0.2.1\n"
    "www A 192.0.2.2\n";
const std::string kName("\3www\7forward\3net\0", 17);

// One stream. Replies are awaited for a minute, which no stream here should outlive.
class Client {
 public:
  explicit Client(const std::string& address)
      : stub_(resolve::v1::ResolveService::NewStub(grpc::CreateChannel(address, grpc::InsecureChannelCredentials()))) {
    context_.set_deadline(std::chrono::system_clock::now() + std::chrono::minutes(1));
    stream_ = stub_->Resolve(&context_);
  }

  void Ask() {
    resolve::v1::QueryBatch batch;
    auto* query = batch.add_queries();
    query->set_id(7);
    query->set_name(kName);
    query->set_type(1);
    query->set_rr_class(1);
    query->set_recursion_desired(true);
    EXPECT_TRUE(stream_->Write(batch));
  }
  // The next answer; heartbeats are counted.
  std::optional<Answer> Next() {
    resolve::v1::AnswerBatch batch;
    while (stream_->Read(&batch)) {
      if (batch.answers_size() != 0) return batch.answers(0);
      ++heartbeats;
    }
    return std::nullopt;
  }

  int heartbeats = 0;

 private:
  const std::unique_ptr<resolve::v1::ResolveService::Stub> stub_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReaderWriter<resolve::v1::QueryBatch, resolve::v1::AnswerBatch>> stream_;
};

// Takes queries, and never answers.
class SilentServer {
 public:
  SilentServer() {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    EXPECT_EQ(bind(fd_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    port_ = ntohs(address.sin_port);
  }
  ~SilentServer() { close(fd_); }
  std::string address() const { return absl::StrCat("127.0.0.1:", port_); }

 private:
  const int fd_ = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  uint16_t port_ = 0;
};

class RecursorTest : public testing::Test {
 protected:
  void Start(const std::string& flag) {
    recursor_ = std::make_unique<Process>(
        std::vector<std::string>{Runfile("recursor/recursor"), "--listen=" + address_, "--workers=2", flag},
        folder_.Path("recursor"));
    ASSERT_TRUE(recursor_->WaitUntilReady()) << recursor_->Describe();
  }

  const TemporaryFolder folder_;
  const std::string address_ = "unix:" + folder_.Path("s");
  std::unique_ptr<Process> recursor_;
};

TEST_F(RecursorTest, ForwardsAndAnswers) {
  const std::string zone = folder_.Path("forward.net.zone");
  WriteFile(zone, kZone);
  Cluster cluster;
  Process& strata = cluster.StartStrata({"--zone=" + zone});
  ASSERT_TRUE(strata.WaitUntilReady()) << strata.Describe();
  Start(absl::StrCat("--forward=127.0.0.1:", cluster.port()));
  Client client(address_);
  client.Ask();
  const std::optional<Answer> answer = client.Next();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->id(), 7u);
  EXPECT_THAT(answer->wire().substr(12), HasSubstr(kName));
  EXPECT_THAT(answer->wire(), EndsWith(std::string("\0\4\xc0\0\2\2", 6))) << recursor_->Describe();
}

// Nobody answers: it says so in the end, and until then that it is at it.
TEST_F(RecursorTest, SaysThatItIsSlowAndThenThatItFailed) {
  const SilentServer server;
  Start("--forward=" + server.address());
  Client client(address_);
  client.Ask();
  const std::optional<Answer> answer = client.Next();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->wire(), "");
  EXPECT_EQ(answer->rcode(), dns::rcode::kServFail);
  EXPECT_GE(client.heartbeats, 5);
}

TEST_F(RecursorTest, EndsInOrderWhileItOwesAnswers) {
  const SilentServer server;
  Start("--forward=" + server.address());
  Client idle(address_), waiting(address_);
  waiting.Ask();
  recursor_->Signal(SIGTERM);
  EXPECT_EQ(recursor_->WaitForExit(absl::Seconds(30)), 0) << recursor_->Describe();
  EXPECT_THAT(recursor_->Stderr(), HasSubstr("draining"));
  EXPECT_THAT(recursor_->Stderr(), Not(HasSubstr("level=error")));
}

TEST_F(RecursorTest, NeedsServersToAsk) {
  const Finished finished = RunToEnd({Runfile("recursor/recursor"), "--listen=" + address_}, folder_.Path("run"));
  EXPECT_EQ(finished.exit_code, 78);
  EXPECT_THAT(finished.err, AllOf(HasSubstr("--forward"), HasSubstr("--resolv_conf")));
}

}  // namespace
}  // namespace strata::tests
