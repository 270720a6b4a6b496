// Tests with real servers and connections on loopback.
//
// SPDX-License-Identifier: Apache-2.0
#include "base/tls_credentials.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <memory>

#include "absl/time/clock.h"
#include "base/grpc_server.h"
#include "base/testing/echo.grpc.pb.h"
#include "base/testing/test_certificates.h"

// gRPC 1.51 now and then loses the SSL object of a handshake that fails. Nothing here makes one but gRPC; what we own
// of OpenSSL's is in tls_certificates_test.
extern "C" const char* __lsan_default_suppressions() { return "leak:CRYPTO_zalloc\n"; }

namespace strata::base {
namespace {

using testing::EchoMessage;
using testing::EchoService;
using ::testing::HasSubstr;

class SynchronousEcho final : public EchoService::Service {
 public:
  grpc::Status Echo(grpc::ServerContext*, const EchoMessage* request, EchoMessage* reply) override {
    *reply = *request;
    return grpc::Status::OK;
  }
};

const TestSubject kServer = {.dns = {"backend.test"}, .ip = {"127.0.0.1"}, .extended_key_usage = "serverAuth"};
const TestSubject kFrontend = {.dns = {"frontend"}, .extended_key_usage = "clientAuth"};

class TlsCredentialsTest : public ::testing::Test {
 protected:
  // Files of one process, made anew.
  TlsFiles Write(const std::string& name, const TestPair& pair, const std::string& ca) const {
    const std::string path = ::testing::TempDir() + "/" + name;
    const TlsFiles files = {path + ".pem", path + ".key", path + ".ca"};
    std::ofstream(files.certificate) << pair.certificate;
    std::ofstream(files.key) << pair.key;
    std::ofstream(files.ca) << ca;
    return files;
  }

  void Serve(const TestSubject& subject = kServer, std::vector<std::string> allowed = {"frontend"}) {
    GrpcServerOptions options;
    options.address = "127.0.0.1:0";
    options.services = {&echo_};
    options.tls = {Write("server", ca_.Issue(subject), ca_.certificate()), std::move(allowed)};
    auto server = GrpcServer::Start(options);
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
  }

  grpc::Status CallWith(const std::shared_ptr<grpc::ChannelCredentials>& credentials,
                        const std::string& server_name = "") {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    if (!server_name.empty()) arguments.SetSslTargetNameOverride(server_name);
    const auto stub = EchoService::NewStub(grpc::CreateCustomChannel(server_->address(), credentials, arguments));
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    EchoMessage reply;
    return stub->Echo(&context, EchoMessage(), &reply);
  }

  grpc::Status CallAs(const TestPair& pair, const std::string& ca, const std::string& server_name = "") {
    const auto certificates = TlsCertificates::Open(Write("client", pair, ca), TlsSide::kClient, /*watch=*/false);
    EXPECT_TRUE(certificates.ok()) << certificates.status();
    return CallWith(MakeTlsChannelCredentials(**certificates), server_name);
  }

  const TestAuthority ca_{"CA"};
  SynchronousEcho echo_;
  std::unique_ptr<GrpcServer> server_;
};

TEST_F(TlsCredentialsTest, AnAllowedClientIsServed) {
  Serve();
  const grpc::Status status = CallAs(ca_.Issue(kFrontend), ca_.certificate());
  EXPECT_TRUE(status.ok()) << status.error_message();
  EXPECT_TRUE(CallAs(ca_.Issue(kFrontend), ca_.certificate(), "backend.test").ok());
  EXPECT_TRUE(CallAs(ca_.Issue({.common_name = "frontend"}), ca_.certificate()).ok()) << "Its only name.";
}

TEST_F(TlsCredentialsTest, OtherNamesAreRefused) {
  Serve();
  ::testing::internal::CaptureStderr();
  // A common name does not count beside DNS names.
  const grpc::Status status =
      CallAs(ca_.Issue({.common_name = "frontend", .dns = {"cache", "other"}}), ca_.certificate());
  const std::string log = ::testing::internal::GetCapturedStderr();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_THAT(status.error_message(), HasSubstr("\"cache,other\""));
  EXPECT_THAT(log, HasSubstr("certificate=cache,other"));
}

TEST_F(TlsCredentialsTest, AnyNameIsServedIfAsked) {
  Serve(kServer, {"any"});
  EXPECT_TRUE(CallAs(ca_.Issue({.dns = {"cache"}}), ca_.certificate()).ok());
}

TEST_F(TlsCredentialsTest, NobodyComesInWithoutACertificateOfTheCa) {
  Serve(kServer, {"any"});
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = ca_.certificate();
  EXPECT_EQ(CallWith(grpc::SslCredentials(options)).error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(CallWith(grpc::InsecureChannelCredentials()).error_code(), grpc::StatusCode::UNAVAILABLE);
  const TestAuthority other("other CA");
  EXPECT_EQ(CallAs(other.Issue(kFrontend), ca_.certificate()).error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(TlsCredentialsTest, ServersMustBeWhoTheyAreTakenFor) {
  Serve();
  const TestAuthority other("other CA");
  EXPECT_EQ(CallAs(ca_.Issue(kFrontend), other.certificate()).error_code(), grpc::StatusCode::UNAVAILABLE);
  ::testing::internal::CaptureStderr();
  EXPECT_EQ(CallAs(ca_.Issue(kFrontend), ca_.certificate(), "elsewhere.test").error_code(),
            grpc::StatusCode::UNAVAILABLE);
  EXPECT_THAT(::testing::internal::GetCapturedStderr(),
              HasSubstr("its certificate has another name\" expected=elsewhere.test dns_names=backend.test"));
  server_ = nullptr;
  Serve({.dns = {"backend.test"}});
  EXPECT_EQ(CallAs(ca_.Issue(kFrontend), ca_.certificate()).error_code(), grpc::StatusCode::UNAVAILABLE)
      << "Its address is not in its certificate.";
  EXPECT_TRUE(CallAs(ca_.Issue(kFrontend), ca_.certificate(), "backend.test").ok());
}

TEST_F(TlsCredentialsTest, NewFilesAreUsedByNewConnections) {
  Serve();
  const TestPair frontend = ca_.Issue(kFrontend);
  const TestAuthority next("next CA");
  ASSERT_TRUE(CallAs(frontend, ca_.certificate()).ok());
  EXPECT_FALSE(CallAs(frontend, next.certificate()).ok());
  Write("server", next.Issue(kServer), ca_.certificate());
  const absl::Time end = absl::Now() + absl::Seconds(30);
  bool served = false;
  while (!served && absl::Now() < end) served = CallAs(frontend, next.certificate()).ok();
  EXPECT_TRUE(served);
  EXPECT_FALSE(CallAs(frontend, ca_.certificate()).ok());
}

}  // namespace
}  // namespace strata::base
