// Tests with real servers on loopback: starting, refusing to start, health, reflection, limits, draining.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/grpc_server.h"

#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/testing/echo.grpc.pb.h"
#include "gmock/gmock.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/support/byte_buffer.h"
#include "gtest/gtest.h"

namespace strata::base {
namespace {

using testing::EchoMessage;
using testing::EchoService;
using ::testing::HasSubstr;

// Echoes; a call with the payload "hold" says that it is held, and stays so until Release or its cancellation.
class CallbackEcho final : public EchoService::CallbackService {
 public:
  grpc::ServerUnaryReactor* Echo(grpc::CallbackServerContext* context, const EchoMessage* request,
                                 EchoMessage* reply) override {
    *reply = *request;
    if (request->payload() == "hold") {
      held_.set_value();
      // Held calls are few: a thread each does not hurt.
      return new HeldCall(release_);
    }
    auto* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

  std::future<void> Held() { return held_.get_future(); }
  void Release() { releaser_.set_value(); }

 private:
  class HeldCall final : public grpc::ServerUnaryReactor {
   public:
    explicit HeldCall(std::shared_future<void> release)
        : waiter_([this, release = std::move(release)] {
            while (release.wait_for(std::chrono::milliseconds(1)) != std::future_status::ready) {
              if (cancelled_) return Finish(grpc::Status::CANCELLED);
            }
            Finish(grpc::Status::OK);
          }) {}
    void OnCancel() override { cancelled_ = true; }
    void OnDone() override {
      waiter_.detach();
      delete this;
    }

   private:
    std::atomic<bool> cancelled_{false};
    std::thread waiter_;
  };

  std::promise<void> held_;
  std::promise<void> releaser_;
  std::shared_future<void> release_ = releaser_.get_future().share();
};

GrpcServerOptions OptionsFor(grpc::Service* service, const std::string& address = "127.0.0.1:0") {
  GrpcServerOptions options;
  options.address = address;
  options.services = {service};
  return options;
}

std::unique_ptr<GrpcServer> StartOrDie(const GrpcServerOptions& options) {
  auto server = GrpcServer::Start(options);
  EXPECT_TRUE(server.ok()) << server.status();
  return server.ok() ? *std::move(server) : nullptr;
}

// A channel of its own, so that a test sees this server and not a shared connection.
std::shared_ptr<grpc::Channel> ChannelTo(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

grpc::Status Echo(const std::string& address, const std::string& payload) {
  grpc::ClientContext context;
  EchoMessage request, reply;
  request.set_payload(payload);
  const grpc::Status status = EchoService::NewStub(ChannelTo(address))->Echo(&context, request, &reply);
  EXPECT_EQ(reply.payload(), status.ok() ? payload : "");
  return status;
}

// Calls a unary method, or one message each way of a stream, with messages in wire form: health and reflection
// have no stubs in Debian's packages.
std::string RawCall(const std::string& address, const std::string& method, const std::string& request) {
  grpc::GenericStub stub(ChannelTo(address));
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  const auto finished = [&queue] {
    void* tag;
    bool ok = false;
    return queue.Next(&tag, &ok) && ok;
  };
  auto call = stub.PrepareCall(&context, method, &queue);
  call->StartCall(nullptr);
  EXPECT_TRUE(finished());
  const grpc::Slice slice(request);
  call->WriteLast(grpc::ByteBuffer(&slice, 1), grpc::WriteOptions(), nullptr);
  EXPECT_TRUE(finished());
  grpc::ByteBuffer reply;
  call->Read(&reply, nullptr);
  const bool read = finished();
  grpc::Status status;
  call->Finish(&status, nullptr);
  EXPECT_TRUE(finished());
  if (!read) return absl::StrCat("failed: ", status.error_code());
  grpc::Slice whole;
  EXPECT_TRUE(reply.DumpToSingleSlice(&whole).ok());
  return std::string(reinterpret_cast<const char*>(whole.begin()), whole.size());
}

constexpr char kHealthCheck[] = "/grpc.health.v1.Health/Check";
constexpr char kServing[] = "\x08\x01";
constexpr char kNotServing[] = "\x08\x02";

TEST(GrpcServer, ServesOnAPortThatTheKernelChose) {
  CallbackEcho echo;
  const auto server = StartOrDie(OptionsFor(&echo));
  EXPECT_THAT(server->address(), ::testing::StartsWith("127.0.0.1:"));
  EXPECT_FALSE(absl::EndsWith(server->address(), ":0"));
  EXPECT_TRUE(Echo(server->address(), "hello").ok());
}

TEST(GrpcServer, ServesOnIpv6) {
  CallbackEcho echo;
  const auto server = StartOrDie(OptionsFor(&echo, "[::1]:0"));
  EXPECT_THAT(server->address(), ::testing::StartsWith("[::1]:"));
  EXPECT_TRUE(Echo(server->address(), "hello").ok());
}

TEST(GrpcServer, ServesAsynchronousServicesOnTheCallersQueues) {
  EchoService::AsyncService echo;
  std::unique_ptr<grpc::ServerCompletionQueue> queue;
  GrpcServerOptions options = OptionsFor(&echo);
  options.configure = [&queue](grpc::ServerBuilder& builder) { queue = builder.AddCompletionQueue(); };
  auto server = StartOrDie(options);

  grpc::ServerContext context;
  EchoMessage message;
  grpc::ServerAsyncResponseWriter<EchoMessage> responder(&context);
  echo.RequestEcho(&context, &message, &responder, queue.get(), queue.get(), nullptr);
  std::thread poller([&] {
    void* tag;
    bool ok;
    if (queue->Next(&tag, &ok) && ok) responder.Finish(message, grpc::Status::OK, nullptr);
    while (queue->Next(&tag, &ok)) continue;
  });
  EXPECT_TRUE(Echo(server->address(), "hello").ok());
  server->Drain(absl::Seconds(10));
  queue->Shutdown();
  poller.join();
}

TEST(GrpcServer, ASecondServerOnThePortIsRefused) {
  CallbackEcho first, second;
  const auto server = StartOrDie(OptionsFor(&first));
  const absl::Status status = GrpcServer::Start(OptionsFor(&second, server->address())).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kAlreadyExists);
  EXPECT_THAT(std::string(status.message()), HasSubstr(server->address()));
}

TEST(GrpcServer, RestartsOnItsPortAtOnce) {
  CallbackEcho first, second;
  auto server = StartOrDie(OptionsFor(&first));
  const std::string address = server->address();
  EXPECT_TRUE(Echo(address, "hello").ok());
  server = nullptr;
  server = StartOrDie(OptionsFor(&second, address));
  EXPECT_TRUE(Echo(address, "hello").ok());
}

TEST(GrpcServer, OtherAddressesNeedToBeAskedForInPlainText) {
  CallbackEcho echo;
  GrpcServerOptions options = OptionsFor(&echo, "0.0.0.0:0");
  const absl::Status status = GrpcServer::Start(options).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied);
  EXPECT_THAT(std::string(status.message()), HasSubstr("--insecure"));
  options.insecure = true;
  EXPECT_NE(StartOrDie(options), nullptr);
}

TEST(GrpcServer, RefusesWhatIsNoAddress) {
  CallbackEcho echo;
  EXPECT_EQ(GrpcServer::Start(OptionsFor(&echo, "localhost")).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(GrpcServer, AnswersHealthChecks) {
  CallbackEcho echo;
  const auto server = StartOrDie(OptionsFor(&echo));
  EXPECT_EQ(RawCall(server->address(), kHealthCheck, ""), kServing);
  server->SetServing(false);
  EXPECT_EQ(RawCall(server->address(), kHealthCheck, ""), kNotServing);
  server->SetServing(true);
  EXPECT_EQ(RawCall(server->address(), kHealthCheck, ""), kServing);
}

TEST(GrpcServer, AnswersReflection) {
  CallbackEcho echo;
  const auto server = StartOrDie(OptionsFor(&echo));
  constexpr char kListServices[] = "\x3a\x01*";  // field 7 of ServerReflectionRequest
  EXPECT_THAT(
      RawCall(server->address(), "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", kListServices),
      HasSubstr("strata.base.testing.EchoService"));
}

TEST(GrpcServer, RefusesMessagesThatAreTooLarge) {
  CallbackEcho echo;
  GrpcServerOptions options = OptionsFor(&echo);
  options.max_receive_bytes = 1000;
  const auto server = StartOrDie(options);
  EXPECT_TRUE(Echo(server->address(), std::string(900, 'x')).ok());
  EXPECT_EQ(Echo(server->address(), std::string(1001, 'x')).error_code(), grpc::RESOURCE_EXHAUSTED);
}

TEST(GrpcServerDrain, LetsCallsFinish) {
  CallbackEcho echo;
  const auto server = StartOrDie(OptionsFor(&echo));
  auto held = echo.Held();
  auto call = std::async(std::launch::async, [&] { return Echo(server->address(), "hold"); });
  held.wait();
  auto drain = std::async(std::launch::async, [&] { server->Drain(absl::InfiniteDuration()); });
  echo.Release();
  EXPECT_TRUE(call.get().ok());
  drain.wait();
  EXPECT_FALSE(Echo(server->address(), "hello").ok());  // nobody listens
}

TEST(GrpcServerDrain, CancelsCallsThatTakeTooLong) {
  CallbackEcho echo;
  const auto server = StartOrDie(OptionsFor(&echo));
  auto held = echo.Held();
  auto call = std::async(std::launch::async, [&] { return Echo(server->address(), "hold"); });
  held.wait();
  server->Drain(absl::Milliseconds(10));
  EXPECT_FALSE(call.get().ok());
  server->Drain(absl::Milliseconds(10));  // again: nothing happens
}

class UnixGrpcServerTest : public ::testing::Test {
 protected:
  // Short, since a socket's path has 107 bytes at most.
  UnixGrpcServerTest() {
    EXPECT_NE(mkdtemp(folder_), nullptr);
    path_ = absl::StrCat(folder_, "/s");
    address_ = absl::StrCat("unix:", path_);
  }
  ~UnixGrpcServerTest() override {
    unlink(path_.c_str());
    rmdir(folder_);
  }

  char folder_[32] = "/tmp/grpc_server.XXXXXX";
  std::string path_;
  std::string address_;
};

TEST_F(UnixGrpcServerTest, ServesAndLeavesNoFileBehind) {
  CallbackEcho echo;
  auto server = StartOrDie(OptionsFor(&echo, address_));
  EXPECT_EQ(server->address(), address_);
  EXPECT_TRUE(Echo(address_, "hello").ok());
  server = nullptr;
  EXPECT_NE(access(path_.c_str(), F_OK), 0);
}

TEST_F(UnixGrpcServerTest, ASecondServerIsRefusedAndTheFirstServesOn) {
  CallbackEcho first, second;
  const auto server = StartOrDie(OptionsFor(&first, address_));
  EXPECT_EQ(GrpcServer::Start(OptionsFor(&second, address_)).status().code(), absl::StatusCode::kAlreadyExists);
  EXPECT_TRUE(Echo(address_, "hello").ok());
}

TEST_F(UnixGrpcServerTest, TheSocketFileHasTheModeAskedFor) {
  CallbackEcho echo;
  GrpcServerOptions options = OptionsFor(&echo, address_);
  options.unix_socket_mode = 0640;
  const mode_t before = umask(022);
  const auto server = StartOrDie(options);
  struct stat file;
  ASSERT_EQ(stat(path_.c_str(), &file), 0);
  EXPECT_EQ(file.st_mode & 0777, 0640u);
  EXPECT_EQ(umask(before), 022u);  // as it was
}

}  // namespace
}  // namespace strata::base
